import { useMemo, useRef, useState } from 'react'
import { Button, Loader, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconGitBranch, IconPlus, IconSearch, IconUpload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { flowsApi } from '../api/documents.ts'
import { queries } from '../api/queries.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { tellFailure } from '../ui/failure-notice.ts'
import { PageFrame } from '../ui/PageFrame.tsx'
import { t as shell } from '../ui/messages.ts'
import { FlowTable } from './FlowTable.tsx'
import { NewFlowDialog } from './NewFlowDialog.tsx'
import { readFlowFile } from './read-flow-file.ts'
import { TemplateGallery } from './TemplateGallery.tsx'
import { t } from './messages.ts'
import styles from './FlowsPage.module.css'

/** The flows there are, and the templates to start from. */
export function FlowsPage() {
  const flows = useQuery(queries.flows())
  const templates = useQuery(queries.templates())
  const client = useQueryClient()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [creating, setCreating] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const shown = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    return (flows.data ?? []).filter((flow) =>
      words.every((word) =>
        `${flow.name} ${flow.id} ${flow.description}`.toLowerCase().includes(word),
      ),
    )
  }, [flows.data, query])
  const open = (id: string): void => void navigate({ to: '/flows/$flowId', params: { flowId: id } })
  const take = async (chosen: File): Promise<void> => {
    try {
      const flow = await readFlowFile(chosen)
      const { id } = await flowsApi.save(flow)
      await client.invalidateQueries({ queryKey: ['flows'] })
      notifications.show({ message: t('imported', { name: flow.name }), color: 'green' })
      open(id)
    } catch (error) {
      tellFailure(error, t('importFailed'))
    }
  }
  const [firstTemplate] = templates.data ?? []
  const actions = (
    <>
      <TextInput
        w={240}
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={14} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Button
        variant="default"
        leftSection={<IconUpload size={14} />}
        onClick={() => file.current?.click()}
      >
        {t('importFlow')}
      </Button>
      <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
        {t('newFlow')}
      </Button>
    </>
  )
  return (
    <PageFrame title={shell('flows')} actions={actions}>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (chosen !== undefined) void take(chosen)
        }}
      />
      <div className={styles['page']}>
        {flows.error !== null && (
          <ErrorNotice error={flows.error} onRetry={() => void flows.refetch()} />
        )}
        {flows.isPending && <Loader size="sm" aria-label={shell('loading')} />}
        {flows.data?.length === 0 && (
          <EmptyNote
            icon={IconGitBranch}
            title={t('emptyTitle')}
            text={
              firstTemplate === undefined
                ? t('emptyTextPlain')
                : t('emptyText', { template: firstTemplate.name })
            }
          >
            <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
              {t('newFlow')}
            </Button>
          </EmptyNote>
        )}
        {shown.length > 0 && <FlowTable flows={shown} onOpen={open} />}
        {flows.data !== undefined && flows.data.length > 0 && shown.length === 0 && (
          <p className={styles['none']}>{t('noneFits', { query })}</p>
        )}
        {templates.data !== undefined && templates.data.length > 0 && (
          <TemplateGallery templates={templates.data} onOpen={open} />
        )}
      </div>
      <NewFlowDialog
        opened={creating}
        taken={(flows.data ?? []).map(({ id }) => id)}
        onClose={() => setCreating(false)}
        onCreated={open}
      />
    </PageFrame>
  )
}

import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronRight,
  IconCircleCheck,
  IconLoader2,
  IconPencil,
  type Icon,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DocumentView } from '#core/api/views.ts'
import type { Finding } from '#core/graph/finding.ts'
import { decisionsApi } from '../api/documents.ts'
import { VersionMenu } from './compare/VersionMenu.tsx'
import { ExportMenu } from './exchange/ExportMenu.tsx'
import type { OtherDecisions } from './other-decisions.ts'
import { t } from './messages.ts'
import type { DecisionEditing } from './use-decision-editor.ts'
import styles from './DecisionEditor.module.css'

export interface DecisionBarProps {
  readonly view: DocumentView
  readonly editing: DecisionEditing
}

const looks: Record<DecisionEditing['state'], { readonly icon: Icon; readonly tone: string }> = {
  saved: { icon: IconCircleCheck, tone: 'text-3' },
  dirty: { icon: IconPencil, tone: 'text-3' },
  saving: { icon: IconLoader2, tone: 'text-3' },
  conflict: { icon: IconAlertTriangle, tone: 'waiting' },
  failed: { icon: IconAlertTriangle, tone: 'failed' },
}

export function DecisionTitle({ view, editing }: DecisionBarProps) {
  const { icon: Sign, tone } = looks[editing.state]
  return (
    <span className={styles['crumbs']}>
      <Link to="/decisions" className={styles['crumb']}>
        {t('decisions')}
      </Link>
      <IconChevronRight size={14} aria-hidden />
      <TextInput
        variant="unstyled"
        size="md"
        aria-label={t('name')}
        value={editing.decision.name}
        onChange={(event) => {
          const name = event.currentTarget.value
          if (name !== '') editing.change((decision) => ({ ...decision, name }), 'name')
        }}
        className={styles['nameBox'] ?? ''}
        styles={{ input: { fontWeight: 600, fontSize: 16, fieldSizing: 'content', minWidth: 80 } }}
      />
      {view.version === null ? (
        <span className={styles['state']}>{t('unpublished')}</span>
      ) : (
        <VersionMenu view={view} version={view.version} decision={editing.decision} />
      )}
      <span className={styles['state']} style={{ color: `var(--${tone})` }} role="status">
        <Sign size={14} aria-hidden /> {t(editing.state)}
      </span>
    </span>
  )
}

export function DecisionActions({
  view,
  editing,
  findings,
  others,
}: DecisionBarProps & {
  readonly findings: readonly Finding[]
  readonly others: OtherDecisions
}) {
  const client = useQueryClient()
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const publish = useMutation({
    mutationFn: () => decisionsApi.publish(view.id),
    onSuccess: async ({ version }) => {
      notifications.show({ message: t('publishedAs', { version }), color: 'green' })
      await client.invalidateQueries({ queryKey: ['decisions'] })
    },
    onError: (error) => notifications.show({ message: error.message, color: 'red' }),
  })
  return (
    <Group gap={4}>
      <Tooltip label={t('undo')}>
        <ActionIcon
          size={28}
          bg="transparent"
          aria-label={t('undo')}
          disabled={!editing.canUndo}
          onClick={editing.undo}
        >
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('redo')}>
        <ActionIcon
          size={28}
          bg="transparent"
          aria-label={t('redo')}
          disabled={!editing.canRedo}
          onClick={editing.redo}
        >
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
      <ExportMenu decision={editing.decision} others={others} />
      <Tooltip label={t('publishBlocked', { count: errors })} disabled={errors === 0}>
        <Button
          ml={8}
          loading={publish.isPending}
          disabled={errors > 0 || editing.state !== 'saved'}
          onClick={() => publish.mutate()}
        >
          {t('publish')}
        </Button>
      </Tooltip>
    </Group>
  )
}

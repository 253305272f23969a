import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ConnectionView } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { ConnectionDrawer } from './ConnectionDrawer.tsx'
import { ConnectionTable } from './ConnectionTable.tsx'
import { t } from './messages.ts'

/** The systems that nodes reach, with write-only credentials. */
export function ConnectionsPage() {
  const { data, error, isPending, refetch } = useQuery({
    ...queries.connections(),
    // Their health changes by itself.
    refetchInterval: 5_000,
  })
  const suspensions = useQuery(queries.suspensions())
  const suspended = new Set(
    suspensions.data?.flatMap(({ kind, name }) => (kind === 'connection' ? [name] : [])),
  )
  const [edited, setEdited] = useState<ConnectionView | 'new' | null>(null)
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <PageFrame
      title={t('connections')}
      subtitle={t('subtitle')}
      actions={data !== undefined && add}
    >
      {isPending && <PagePending />}
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyNote icon={IconPlugConnected} title={t('emptyTitle')} text={t('emptyText')}>
          {add}
        </EmptyNote>
      )}
      {data !== undefined && data.length > 0 && (
        <ConnectionTable connections={data} suspended={suspended} onEdit={setEdited} />
      )}
      {edited !== null && (
        <ConnectionDrawer
          connection={edited === 'new' ? null : edited}
          taken={data?.map((each) => each.name) ?? []}
          onClose={() => setEdited(null)}
        />
      )}
    </PageFrame>
  )
}

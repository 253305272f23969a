import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconStack2 } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { notifications } from '@mantine/notifications'
import { operationsApi } from '../api/operations.ts'
import { queries } from '../api/queries.ts'
import { Notice } from '../ui/Notice.tsx'
import { BulkDialog } from './bulk/BulkDialog.tsx'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import type { ListFilter } from './run-filter.ts'

/** What can be done with all runs that the list is narrowed to, and with the flow it is narrowed to. */
export function ListActions({
  filter,
  total,
}: {
  readonly filter: ListFilter
  readonly total: number
}) {
  const [asking, setAsking] = useState<'bulk' | 'flow' | null>(null)
  const suspensions = useQuery(queries.suspensions())
  const { flow } = filter
  const suspended = suspensions.data?.some((each) => each.kind === 'flow' && each.name === flow)
  const close = (): void => setAsking(null)
  return (
    <>
      {flow !== undefined && (
        <Button
          variant="default"
          leftSection={suspended ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setAsking('flow')}
        >
          {suspended ? t('resumeFlow') : t('suspendFlow')}
        </Button>
      )}
      {total > 0 && (
        <Button leftSection={<IconStack2 size={14} />} onClick={() => setAsking('bulk')}>
          {t('bulkAct', { count: total.toLocaleString('en-IN') })}
        </Button>
      )}
      {asking === 'bulk' && (
        <BulkDialog query={filter} from={filter.version} total={total} onClose={close} />
      )}
      {asking === 'flow' && flow !== undefined && (
        <FlowDialog flow={flow} suspended={suspended === true} onClose={close} />
      )}
    </>
  )
}

function FlowDialog({
  flow,
  suspended,
  onClose,
}: {
  readonly flow: string
  readonly suspended: boolean
  readonly onClose: () => void
}) {
  const client = useQueryClient()
  const verb = useMutation({
    mutationFn: (reason: string) =>
      operationsApi.suspend({ kind: 'flow', name: flow, suspended: !suspended, reason }),
    onSuccess: async () => {
      notifications.show({
        message: suspended ? t('done_resumeFlow') : t('done_suspendFlow'),
        color: 'green',
      })
      await Promise.all([
        client.invalidateQueries({ queryKey: ['suspensions'] }),
        client.invalidateQueries({ queryKey: ['runs'] }),
      ])
    },
  })
  return (
    <ReasonDialog
      title={t(suspended ? 'resumeFlowTitle' : 'suspendFlowTitle', { flow })}
      text={t(suspended ? 'resumeFlowText' : 'suspendFlowText')}
      confirm={t(suspended ? 'resumeFlow' : 'suspendFlow')}
      verb={verb}
      onClose={onClose}
    />
  )
}

/** Says that the flow whose runs are listed is suspended, by whom and why. */
export function SuspendedFlow({ flow }: { readonly flow: string | undefined }) {
  const suspensions = useQuery(queries.suspensions())
  const found = suspensions.data?.find((each) => each.kind === 'flow' && each.name === flow)
  if (found === undefined) return null
  return (
    <div style={{ padding: '12px 24px 0' }}>
      <Notice tone="waiting" icon={IconPlayerPause} title={t('suspendedFlow')}>
        <div>{t('suspendedFlowText', { by: found.by, reason: found.reason ?? '–' })}</div>
      </Notice>
    </div>
  )
}

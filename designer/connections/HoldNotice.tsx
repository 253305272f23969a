import { useState } from 'react'
import { Box, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { operationsApi } from '../api/operations.ts'
import { queries } from '../api/queries.ts'
import { ReasonDialog } from '../runs/ReasonDialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { t } from './messages.ts'

/** Whether an operator holds the connection, why, and how to change that. */
export function HoldNotice({ name }: { readonly name: string }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(queries.suspensions())
  const held = data?.find((each) => each.kind === 'connection' && each.name === name)
  const verb = held === undefined ? 'suspend' : 'resume'
  const change = useMutation({
    mutationFn: (reason: string) =>
      operationsApi.suspend({ kind: 'connection', name, suspended: verb === 'suspend', reason }),
    onSuccess: async () => {
      notifications.show({ message: t(`done_${verb}`), color: 'green' })
      await client.invalidateQueries({ queryKey: ['suspensions'] })
    },
  })
  if (data === undefined) return null
  const button = (
    <Button
      variant="default"
      leftSection={held ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
      onClick={() => setAsking(true)}
    >
      {t(verb)}
    </Button>
  )
  return (
    <Box mb="sm">
      {held === undefined ? (
        button
      ) : (
        <Notice tone="waiting" icon={IconPlayerPause} title={t('suspended')}>
          <p style={{ margin: '0 0 8px' }}>
            {t('suspendedText', { by: held.by, reason: held.reason ?? '–' })}
          </p>
          {button}
        </Notice>
      )}
      {asking && (
        <ReasonDialog
          title={t(`${verb}Title`, { name })}
          text={t(`${verb}Text`)}
          confirm={t(`${verb}Confirm`)}
          verb={change}
          onClose={() => setAsking(false)}
        />
      )}
    </Box>
  )
}

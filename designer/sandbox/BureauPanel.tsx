import { useState } from 'react'
import { Alert, Button, NumberInput, Radio, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { bureauSwitches, type BureauSwitches } from '#core/api/sandbox-views.ts'
import { sandboxApi } from '../api/sandbox.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t, type sandboxMessages } from './messages.ts'
import { ReservedPans } from './ReservedPans.tsx'
import { sandboxQueries } from './sandbox-queries.ts'
import styles from './SandboxPage.module.css'

const order: readonly BureauSwitches['failure'][] = [
  'none',
  'no-hit',
  'server-error',
  'malformed',
  'drop',
]
const normal: BureauSwitches = { latencyMs: 0, failure: 'none' }

type Words = keyof typeof sandboxMessages
const word = (failure: string, rest = ''): Words =>
  `failure_${failure.replaceAll('-', '_')}${rest}` as Words

export function BureauPanel() {
  const { data, error, refetch } = useQuery(sandboxQueries.bureau())
  return (
    <aside className={styles['side']} aria-label={t('bureau')}>
      <h2 className={styles['title']}>{t('bureau')}</h2>
      <p className={styles['quiet']}>{t('bureauText')}</p>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <PagePending />}
      {data !== undefined && <Switches key={JSON.stringify(data)} now={data} />}
      <ReservedPans />
    </aside>
  )
}

function Switches({ now }: { readonly now: BureauSwitches }) {
  const client = useQueryClient()
  const [wanted, setWanted] = useState(now)
  const put = useMutation({
    mutationFn: sandboxApi.setBureau,
    onSuccess: (set) => {
      client.setQueryData(sandboxQueries.bureau().queryKey, set)
      notifications.show({ message: t('applied'), color: 'green' })
    },
  })
  const changed = wanted.failure !== now.failure || wanted.latencyMs !== now.latencyMs
  const troubled = now.failure !== 'none' || now.latencyMs > 0
  return (
    <Stack gap="sm">
      {troubled && (
        <Notice tone="waiting" icon={IconAlertTriangle}>
          {t('troubled')}{' '}
          <Button variant="transparent" size="compact-xs" onClick={() => put.mutate(normal)}>
            {t('backToNormal')}
          </Button>
        </Notice>
      )}
      <Radio.Group
        label={t('failure')}
        value={wanted.failure}
        onChange={(next) =>
          setWanted({ ...wanted, failure: bureauSwitches.shape.failure.parse(next) })
        }
      >
        <Stack gap={8} mt={4}>
          {order.map((failure) => (
            <Radio
              key={failure}
              size="xs"
              value={failure}
              label={t(word(failure))}
              description={t(word(failure, '_text'))}
            />
          ))}
        </Stack>
      </Radio.Group>
      <NumberInput
        label={t('latency')}
        value={wanted.latencyMs}
        onChange={(next) => setWanted({ ...wanted, latencyMs: Number(next) || 0 })}
        min={0}
        max={60_000}
        step={500}
        suffix={t('latencyUnit')}
        allowDecimal={false}
      />
      {put.error !== null && <Alert color="red">{put.error.message}</Alert>}
      <Button
        disabled={!changed}
        loading={put.isPending}
        onClick={() => put.mutate(wanted)}
        style={{ alignSelf: 'start' }}
      >
        {t('apply')}
      </Button>
    </Stack>
  )
}

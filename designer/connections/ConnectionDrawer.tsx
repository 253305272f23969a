import { useState } from 'react'
import {
  Alert,
  Button,
  Drawer,
  Group,
  PasswordInput,
  Select,
  Stack,
  TextInput,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFlask2 } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { connectionView, type ConnectionView } from '#core/api/views.ts'
import { connectionsApi } from '../api/connections.ts'
import { queries } from '../api/queries.ts'
import { t as shell } from '../ui/messages.ts'
import { Notice } from '../ui/Notice.tsx'
import { AuthFields } from './AuthFields.tsx'
import {
  connectionOf,
  emptyForm,
  formOf,
  problemsOf,
  type ConnectionForm,
} from './connection-form.ts'
import { HealthNotice } from './HealthNotice.tsx'
import { HoldNotice } from './HoldNotice.tsx'
import { LimitFields } from './LimitFields.tsx'
import { t } from './messages.ts'

export interface ConnectionDrawerProps {
  /** Null for a new one. */
  readonly connection: ConnectionView | null
  readonly taken: readonly string[]
  readonly onClose: () => void
}

export function ConnectionDrawer({ connection, taken, onClose }: ConnectionDrawerProps) {
  const client = useQueryClient()
  const [form, setForm] = useState<ConnectionForm>(
    connection === null ? emptyForm : formOf(connection),
  )
  const [tried, setTried] = useState(false)
  const [touched, setTouched] = useState(false)
  const problems = problemsOf(form, connection === null ? taken : [])
  const save = useMutation({
    mutationFn: async () => {
      const next = connectionOf(form, connection)
      if (form.secret !== '' && next.secret !== null)
        await connectionsApi.putSecret(next.secret, form.secret)
      return connectionsApi.put(next)
    },
    onSuccess: async () => {
      notifications.show({ message: t('saved'), color: 'green' })
      await client.invalidateQueries(queries.connections())
      onClose()
    },
  })
  const change = (part: Partial<ConnectionForm>): void => {
    setForm({ ...form, ...part })
    setTouched(true)
  }
  const submit = (): void => {
    setTried(true)
    if (Object.keys(problems).length === 0) save.mutate()
  }
  const protocol = form.kind === 'smtp' ? 'smtp' : 'http'
  const secret = connection?.secret ?? null
  const isSandbox = connection?.source === 'sandbox'

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={440}
      title={connection === null ? t('newTitle') : connection.name}
      closeOnClickOutside={!touched}
    >
      {connection !== null && <HoldNotice name={connection.name} />}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          {isSandbox && (
            <Notice tone="waiting" icon={IconFlask2}>
              {t('sandboxNote')}
            </Notice>
          )}
          <HealthNotice health={connection?.health} />
          {connection === null && (
            <TextInput
              label={t('name')}
              description={t('nameHint')}
              value={form.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              error={tried && problems.name !== undefined ? t(problems.name) : null}
              required
              data-autofocus
            />
          )}
          <Select
            label={t('kind')}
            data={connectionView.shape.kind.options.map((kind) => ({
              value: kind,
              label: t(`kind_${kind}`),
            }))}
            value={form.kind}
            onChange={(kind) =>
              change({ kind: connectionView.shape.kind.catch('http').parse(kind) })
            }
            allowDeselect={false}
            disabled={connection !== null}
          />
          <TextInput
            label={t('address')}
            description={t(`addressHint_${protocol}`)}
            value={form.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
            error={tried && problems.address !== undefined ? t(problems.address) : null}
            required
          />
          <AuthFields form={form} onChange={change} />
          <LimitFields
            form={form}
            perError={tried && problems.ratePer !== undefined ? t(problems.ratePer) : null}
            onChange={change}
          />
          <PasswordInput
            size="xs"
            label={secret === null ? t('secretNew') : t('secretReplace')}
            description={
              secret === null ? t('secretHint') : `${t('secretHint')} ${t('secretKeep')}`
            }
            value={form.secret}
            onChange={(event) => change({ secret: event.currentTarget.value })}
            autoComplete="new-password"
          />
          {save.error !== null && <Alert color="red">{save.error.message}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {isSandbox ? t('replace') : t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}

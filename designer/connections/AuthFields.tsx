import { Select, TextInput } from '@mantine/core'
import type { Auth, ConnectionForm } from './connection-form.ts'
import { t } from './messages.ts'

export interface AuthFieldsProps {
  readonly form: ConnectionForm
  readonly onChange: (part: Partial<ConnectionForm>) => void
}

/** Who we are to the other system: what goes with the secret. */
export function AuthFields({ form, onChange }: AuthFieldsProps) {
  const user = (
    <TextInput
      label={t('user')}
      value={form.user}
      onChange={(event) => onChange({ user: event.currentTarget.value })}
      autoComplete="off"
    />
  )
  if (form.kind === 'smtp')
    return (
      <>
        <TextInput
          label={t('from')}
          description={t('fromHint')}
          value={form.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        {user}
      </>
    )
  return (
    <>
      <Select
        label={t('auth')}
        data={(['bearer', 'basic', 'header'] as const).map((auth) => ({
          value: auth,
          label: t(`auth_${auth}`),
        }))}
        value={form.auth}
        onChange={(auth) => onChange({ auth: (auth ?? 'bearer') as Auth })}
        allowDeselect={false}
      />
      {form.auth === 'basic' && user}
      {form.auth === 'header' && (
        <TextInput
          label={t('header')}
          placeholder="x-api-key"
          value={form.header}
          onChange={(event) => onChange({ header: event.currentTarget.value })}
        />
      )}
    </>
  )
}

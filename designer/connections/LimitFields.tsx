import { Group, NumberInput, TextInput } from '@mantine/core'
import type { ConnectionForm } from './connection-form.ts'
import { t } from './messages.ts'

export interface LimitFieldsProps {
  readonly form: ConnectionForm
  readonly perError: string | null
  readonly onChange: (part: Partial<ConnectionForm>) => void
}

const countOf = (value: string | number): number | '' =>
  typeof value === 'number' && value >= 1 ? Math.round(value) : ''

/** How much may be asked of the other system. */
export function LimitFields({ form, perError, onChange }: LimitFieldsProps) {
  return (
    <>
      <Group gap="xs" grow align="flex-start">
        <NumberInput
          label={t('rateCalls')}
          description={t('rateHint')}
          placeholder={t('noLimit')}
          min={1}
          hideControls
          value={form.rateCalls}
          onChange={(value) => onChange({ rateCalls: countOf(value) })}
        />
        <TextInput
          label={t('ratePer')}
          description={t('ratePerHint')}
          value={form.ratePer}
          disabled={form.rateCalls === ''}
          error={perError}
          onChange={(event) => onChange({ ratePer: event.currentTarget.value.trim() })}
        />
      </Group>
      <NumberInput
        label={t('concurrency')}
        placeholder={t('noLimit')}
        min={1}
        hideControls
        value={form.concurrency}
        onChange={(value) => onChange({ concurrency: countOf(value) })}
      />
    </>
  )
}

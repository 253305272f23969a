import { TextInput } from '@mantine/core'
import { t } from './messages.ts'

interface Reason {
  readonly code: string
  readonly text: string
}

export interface ReasonFieldsProps {
  /** What it is the reason of. */
  readonly label: string
  readonly reason: Reason | undefined
  /** Undefined where both are empty. */
  readonly onChange: (reason: Reason | undefined, key: 'code' | 'text') => void
}

/** Code and words of the reason that lost points give. */
export function ReasonFields({ label, reason, onChange }: ReasonFieldsProps) {
  const set = (key: 'code' | 'text', text: string): void => {
    const next = { code: '', text: '', ...reason, [key]: text }
    onChange(next.code === '' && next.text === '' ? undefined : next, key)
  }
  return (
    <>
      <TextInput
        aria-label={`${t('reasonCode')}: ${label}`}
        data-column="code"
        value={reason?.code ?? ''}
        onChange={(event) => set('code', event.currentTarget.value)}
      />
      <TextInput
        aria-label={`${t('reasonText')}: ${label}`}
        data-column="text"
        value={reason?.text ?? ''}
        onChange={(event) => set('text', event.currentTarget.value)}
      />
    </>
  )
}

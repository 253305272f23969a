import { useState } from 'react'
import { CloseButton, TextInput } from '@mantine/core'
import type { Logic } from '#core/graph/flow.ts'
import { describe } from '#core/logic/describe.ts'
import { listsAmong } from '../inspector/condition-builder/scope-field.ts'
import { useEditor } from './editor-context.ts'
import { outputText, parseOutput } from './table/cell-value.ts'
import { t } from './messages.ts'

export interface LogicInputProps {
  readonly label: string
  readonly value: Logic
  readonly onChange: (value: Logic) => void
}

/** A literal or a field as text; a longer expression is described and can be cleared. */
export function LogicInput({ label, value, onChange }: LogicInputProps) {
  const stored = outputText(value)
  const { fields } = useEditor()
  const options = { isList: listsAmong(fields) }
  const [draft, setDraft] = useState<string | null>(null)
  const parsed = draft === null ? null : parseOutput(draft, options)
  if (stored === null)
    return (
      <TextInput
        aria-label={label}
        value={describe(value)}
        readOnly
        title={t('cellLogic')}
        rightSection={
          <CloseButton size="xs" aria-label={t('cellClear')} onClick={() => onChange(null)} />
        }
        style={{ flex: 1 }}
      />
    )
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={draft ?? (stored === '-' ? '' : stored)}
      error={parsed !== null && 'problem' in parsed ? parsed.problem : null}
      onChange={(event) => {
        const text = event.currentTarget.value
        setDraft(text)
        const next = parseOutput(text, options)
        if ('logic' in next) onChange(next.logic)
      }}
      onBlur={() => {
        if (parsed !== null && 'logic' in parsed) setDraft(null)
      }}
      style={{ flex: 1 }}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}

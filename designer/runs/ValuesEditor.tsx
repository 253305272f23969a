import { useState } from 'react'
import { CloseButton, Group, JsonInput, Select, Stack } from '@mantine/core'
import type { RunView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { t } from './messages.ts'
import type { StepFacts } from './step-facts.ts'

export interface ValuesEditorProps {
  readonly run: RunView
  readonly facts: StepFacts
  /** Told of the edited values by name, or null while one of them is no JSON. */
  readonly onChange: (values: Readonly<Record<string, Json>> | null) => void
}

const parsed = (text: string): { readonly json: Json } | null => {
  try {
    return { json: JSON.parse(text) as Json }
  } catch {
    return null
  }
}

/** What the run was given and what its nodes have left with, edited one by one. */
export function ValuesEditor({ run, facts, onChange }: ValuesEditorProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const left = run.steps.filter((step) => step.port !== null && step.endedAt !== null)
  const known = new Map<string, Json>([
    ['input', run.input],
    ...left.map((step): [string, Json] => [step.node, step.output]),
  ])
  const nameOf = (id: string): string => (id === 'input' ? t('runInput') : facts.nameOf(id))
  const change = (next: Readonly<Record<string, string>>): void => {
    setTexts(next)
    const entries = Object.entries(next).map(([id, text]) => [id, parsed(text)] as const)
    const values = entries.flatMap(([id, value]) => (value === null ? [] : [[id, value.json]]))
    onChange(
      values.length < entries.length
        ? null
        : (Object.fromEntries(values) as Readonly<Record<string, Json>>),
    )
  }
  const free = [...known.keys()].filter((id) => texts[id] === undefined)
  return (
    <Stack gap="xs">
      {Object.entries(texts).map(([id, text]) => (
        <Group key={id} align="start" gap="xs" wrap="nowrap">
          <JsonInput
            style={{ flex: 1 }}
            label={nameOf(id)}
            value={text}
            onChange={(next) => change({ ...texts, [id]: next })}
            error={parsed(text) === null ? t('notJson') : null}
            formatOnBlur
            autosize
            minRows={3}
            maxRows={10}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <CloseButton
            mt={24}
            aria-label={t('valueKeep', { name: nameOf(id) })}
            onClick={() => {
              const { [id]: _kept, ...rest } = texts
              change(rest)
            }}
          />
        </Group>
      ))}
      {free.length > 0 && (
        <Select
          label={t('valueEdit')}
          description={t('valueEditHint')}
          placeholder={t('valueChoose')}
          data={free.map((id) => ({ value: id, label: nameOf(id) }))}
          value={null}
          searchable={free.length > 8}
          onChange={(id) => {
            if (id !== null)
              change({ ...texts, [id]: JSON.stringify(known.get(id) ?? null, null, 2) })
          }}
        />
      )}
    </Stack>
  )
}

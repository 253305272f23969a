import { useState } from 'react'
import { Group, Input, JsonInput, SegmentedControl } from '@mantine/core'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { uploadBlob } from '../api/blobs.ts'
import { FormContext, type FormServices } from '../ui/form/form-context.ts'
import { SchemaForm } from '../ui/form/SchemaForm.tsx'
import { t } from './messages.ts'

export interface CompleteValueProps {
  /** Of the value that leaves by the port. */
  readonly schema: JsonSchema
  /** Called with null while the text is no JSON. */
  readonly onChange: (value: { readonly json: Json } | null) => void
}

const services: FormServices = {
  choices: () => [],
  fields: [],
  upload: async (file) => ({ ...(await uploadBlob(file)) }),
}

const problemOf = (text: string): string | null => {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return t('completeBadJson', { detail: error instanceof Error ? error.message : '' })
  }
}

/** The value that a step is completed with: a form where the port says what it wants, else JSON. */
export function CompleteValue({ schema, onChange }: CompleteValueProps) {
  const { properties } = schema
  const hasForm = isObject(properties) && Object.keys(properties).length > 0
  const [mode, setMode] = useState<'form' | 'json'>(hasForm ? 'form' : 'json')
  const [text, setText] = useState('{}')
  const problem = problemOf(text)
  const change = (next: string): void => {
    setText(next)
    onChange(problemOf(next) === null ? { json: JSON.parse(next) as Json } : null)
  }
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Input.Label>{t('completeValue')}</Input.Label>
        {hasForm && (
          <SegmentedControl
            size="xs"
            aria-label={t('completeValue')}
            value={mode}
            onChange={(next) => setMode(next as typeof mode)}
            data={[
              { value: 'form', label: t('completeAsForm') },
              { value: 'json', label: t('completeAsJson') },
            ]}
          />
        )}
      </Group>
      {mode === 'form' && problem === null ? (
        <FormContext value={services}>
          <SchemaForm
            schema={schema}
            value={JSON.parse(text) as Json}
            onChange={(next) => change(JSON.stringify(next, null, 2))}
          />
        </FormContext>
      ) : (
        <JsonInput
          aria-label={t('completeValue')}
          value={text}
          onChange={change}
          error={problem}
          autosize
          minRows={4}
          maxRows={14}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      )}
    </div>
  )
}

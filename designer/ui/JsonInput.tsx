import { lazy, Suspense, useState } from 'react'
import { Skeleton, Text } from '@mantine/core'
import type { Json } from '#core/json.ts'

const CodeEditor = lazy(() =>
  import('./CodeEditor.tsx').then(({ CodeEditor: component }) => ({ default: component })),
)

export interface JsonInputProps {
  readonly value: Json
  /** Called with every text that is JSON. */
  readonly onChange: (value: Json) => void
  /** @default 10 */
  readonly lines?: number
  /** The JSON Schema that the text is checked against while typing. */
  readonly schema?: unknown
}

const pretty = (value: Json): string => JSON.stringify(value, null, 2)

/** A JSON value as text; while the text is no JSON it stays, and nothing is reported. */
export function JsonInput({ value, onChange, lines = 10, schema }: JsonInputProps) {
  const [draft, setDraft] = useState<{ text: string; of: string } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stored = pretty(value)
  const text = draft !== null && draft.of === stored ? draft.text : stored
  return (
    <div>
      <Suspense fallback={<Skeleton height={lines * 18 + 12} />}>
        <CodeEditor
          value={text}
          language="json"
          height={lines * 18 + 12}
          schema={schema}
          onChange={(next) => {
            try {
              const parsed = JSON.parse(next) as Json
              setProblem(null)
              setDraft({ text: next, of: pretty(parsed) })
              onChange(parsed)
            } catch (error) {
              setDraft({ text: next, of: stored })
              setProblem(error instanceof Error ? error.message : String(error))
            }
          }}
        />
      </Suspense>
      {problem !== null && (
        <Text size="xs" c="var(--failed)" mt={4} role="alert">
          {problem}
        </Text>
      )}
    </div>
  )
}

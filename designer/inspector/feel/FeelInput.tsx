import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import type { Logic } from '#core/graph/flow.ts'
import { canonicalJson, type Json, type JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { listsAmong, type ScopeField } from '../condition-builder/scope-field.ts'
import { advise, mended } from './advise.ts'
import { FeelEditor } from './FeelEditor.tsx'
import { t } from './messages.ts'
import styles from './Feel.module.css'

export interface FeelInputProps {
  readonly label: string
  readonly value: Logic
  readonly fields: readonly ScopeField[]
  /** What the names are for the chosen sample. @default null */
  readonly sample?: JsonObject | null
  readonly onChange: (value: Logic) => void
}

/** Null where the text is no logic. */
function parse(text: string, isList: (path: string) => boolean): { readonly logic: Logic } | null {
  if (text.trim() === '') return { logic: null }
  const result = parseFeel(text, { isList })
  return 'logic' in result ? result : null
}

const linesOf = (text: string): number => Math.min(12, Math.max(3, text.split('\n').length + 1))

/** An expression as FEEL text; load it lazily, for it brings the editor. What does not parse stays as it was typed, and what was stored stays stored. */
export function FeelInput({ label, value, fields, sample = null, onChange }: FeelInputProps) {
  const stored = useMemo(() => (value === null ? '' : (printFeel(value) ?? '')), [value])
  const [draft, setDraft] = useState<{ text: string; of: string } | null>(null)
  const key = canonicalJson(value as Json)
  const text = draft !== null && draft.of === key ? draft.text : stored
  const isList = useMemo(() => listsAmong(fields), [fields])
  const parsed = useMemo(() => parse(text, isList), [text, isList])
  const worth = useMemo(() => worthOf(parsed, sample), [parsed, sample])
  const advice = useMemo(() => advise(text, fields), [text, fields])
  const [first] = advice
  const type = (next: string): void => {
    const result = parse(next, isList)
    const of = result === null ? key : canonicalJson(result.logic as Json)
    setDraft({ text: next, of })
    if (result !== null && of !== key) onChange(result.logic)
  }
  return (
    <div className={styles['feel']}>
      <FeelEditor
        label={label}
        text={text}
        fields={fields}
        sample={sample}
        advice={advice}
        lines={linesOf(text)}
        onChange={type}
      />
      {first !== undefined && (
        <div className={styles['advice']} data-severity={first.severity} role="alert">
          <span>{first.message}</span>
          {first.fixes.map((fix) => (
            <Button
              key={fix.title}
              variant="light"
              size="compact-xs"
              onClick={() => type(mended(text, fix))}
            >
              {fix.title}
            </Button>
          ))}
        </div>
      )}
      {worth !== null && (
        <p className={styles['worth']}>
          {t('worth')} <code>{worth}</code>
        </p>
      )}
    </div>
  )
}

/** What the text comes to for the sample; null where there is none, or no logic. */
function worthOf(parsed: ReturnType<typeof parse>, sample: JsonObject | null): string | null {
  if (sample === null || parsed === null || parsed.logic === null) return null
  try {
    return JSON.stringify(compileLogic(parsed.logic)(sample, { at: Date.now() }))
  } catch {
    // Logic that does not compile is a finding elsewhere.
    return null
  }
}

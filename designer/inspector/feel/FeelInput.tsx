import { useMemo, useState } from 'react'
import type { Logic } from '#core/graph/flow.ts'
import { canonicalJson, type Json, type JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'
import type { ScopeField } from '../condition-builder/scope-field.ts'
import { FeelEditor, type FeelProblem } from './FeelEditor.tsx'
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

type Parsed = { readonly logic: Logic } | { readonly problems: readonly FeelProblem[] }

function parse(text: string): Parsed {
  if (text.trim() === '') return { logic: null }
  const result = parseFeel(text)
  if ('logic' in result) return result
  return {
    problems: result.problems.map(({ code, params, from, to }) => ({
      from,
      to,
      message: isMessageCode(code) ? sentence(code, params) : code,
    })),
  }
}

const linesOf = (text: string): number => Math.min(12, Math.max(3, text.split('\n').length + 1))

/** An expression as FEEL text; load it lazily, for it brings the editor. What does not parse stays as it was typed, and what was stored stays stored. */
export function FeelInput({ label, value, fields, sample = null, onChange }: FeelInputProps) {
  const stored = useMemo(() => (value === null ? '' : (printFeel(value) ?? '')), [value])
  const [draft, setDraft] = useState<{ text: string; of: string } | null>(null)
  const key = canonicalJson(value as Json)
  const text = draft !== null && draft.of === key ? draft.text : stored
  const parsed = useMemo(() => parse(text), [text])
  const worth = useMemo(() => worthOf(parsed, sample), [parsed, sample])
  const problems = 'problems' in parsed ? parsed.problems : none
  return (
    <div className={styles['feel']}>
      <FeelEditor
        label={label}
        text={text}
        fields={fields}
        sample={sample}
        problems={problems}
        lines={linesOf(text)}
        onChange={(next) => {
          const result = parse(next)
          const of = 'logic' in result ? canonicalJson(result.logic as Json) : key
          setDraft({ text: next, of })
          if ('logic' in result && of !== key) onChange(result.logic)
        }}
      />
      {problems[0] !== undefined && (
        <p className={styles['problem']} role="alert">
          {problems[0].message}
        </p>
      )}
      {worth !== null && (
        <p className={styles['worth']}>
          {t('worth')} <code>{worth}</code>
        </p>
      )}
    </div>
  )
}

const none: readonly FeelProblem[] = []

/** What the text comes to for the sample; null where there is none, or no logic. */
function worthOf(parsed: Parsed, sample: JsonObject | null): string | null {
  if (sample === null || !('logic' in parsed) || parsed.logic === null) return null
  try {
    return JSON.stringify(compileLogic(parsed.logic)(sample, { at: Date.now() }))
  } catch {
    // Logic that does not compile is a finding elsewhere.
    return null
  }
}

import type { DecisionResult, Fired, Outcome, Reason } from '#core/decision/result.ts'
import { moreSevere } from '#core/decision/severity.ts'
import type { Json, JsonObject } from '#core/json.ts'

/** A result that is being put together. Plain data, so that a state machine can keep it too. */
export interface Draft {
  outcome: Outcome | null
  readonly reasons: Reason[]
  readonly conditions: string[]
  readonly flags: string[]
  limit: number
  rate: number
  readonly fields: Record<string, Json>
  readonly fired: Fired[]
  readonly unknown: { part: string; rule: string; missing: readonly string[] }[]
  /** Of the part at hand. */
  part: { outcome: Outcome | null; fields: Record<string, Json>; hits: number[] }
}

export const newDraft = (): Draft => ({
  outcome: null,
  reasons: [],
  conditions: [],
  flags: [],
  limit: 0,
  rate: 0,
  fields: {},
  fired: [],
  unknown: [],
  part: { outcome: null, fields: {}, hits: [] },
})

export function beginPart(draft: Draft): void {
  draft.part = { outcome: null, fields: {}, hits: [] }
}

/** The first to set a field wins: it has the higher priority. Names were checked when the decision was compiled. */
export function setField(draft: Draft, field: string, value: Json): void {
  if (!Object.hasOwn(draft.part.fields, field)) draft.part.fields[field] = value
  if (!Object.hasOwn(draft.fields, field)) draft.fields[field] = value
}

export function giveOutcome(draft: Draft, outcome: Outcome): void {
  // Most rules of a part give the same one.
  if (draft.part.outcome === outcome) return
  draft.part.outcome = moreSevere(draft.part.outcome, outcome)
  draft.outcome = moreSevere(draft.outcome, outcome)
}

interface Concluded {
  readonly decision: NonNullable<DecisionResult['decision']>
  /** The part whose value is the output. */
  readonly output: string | null
}

/** `values`: the fields that were set, and the parts' values. */
export function toResult(
  draft: Draft,
  { decision, output }: Concluded,
  values: JsonObject,
): DecisionResult {
  const { outcome, reasons, conditions, flags, limit, rate, fired, unknown } = draft
  const result: Writable<DecisionResult> = {
    decision,
    outcome,
    reasons,
    conditions,
    flags,
    adjust: { limit, rate },
    values,
    fired,
    unknown,
  }
  if (output !== null) result.output = values[output] ?? null
  return result
}
type Writable<T> = { -readonly [K in keyof T]: T[K] }

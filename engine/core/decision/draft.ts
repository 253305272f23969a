import type { DecisionResult, Outcome, Reason } from '#core/decision/result.ts'
import { moreSevere } from '#core/decision/severity.ts'
import type { Json } from '#core/json.ts'

/** A result that is being put together. Plain data, so that a state machine can keep it too. */
export interface Draft {
  outcome: Outcome | null
  reasons: Reason[]
  conditions: string[]
  flags: string[]
  limit: number
  rate: number
  fields: Record<string, Json>
  fired: { part: string; rule: string; name: string }[]
  unknown: { part: string; rule: string; missing: readonly string[] }[]
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
  draft.part.outcome = moreSevere(draft.part.outcome, outcome)
  draft.outcome = moreSevere(draft.outcome, outcome)
}

export const toResult = (
  draft: Draft,
  decision: NonNullable<DecisionResult['decision']>,
  parts: Readonly<Record<string, Json>>,
  output: string | null = null,
): DecisionResult => ({
  decision,
  outcome: draft.outcome,
  reasons: draft.reasons,
  conditions: draft.conditions,
  flags: draft.flags,
  adjust: { limit: draft.limit, rate: draft.rate },
  values: { ...draft.fields, ...parts },
  fired: draft.fired,
  unknown: draft.unknown,
  ...(output === null ? {} : { output: parts[output] ?? null }),
})

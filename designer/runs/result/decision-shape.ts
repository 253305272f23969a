import { isObject } from '#core/json.ts'
import type { Outcome } from '#core/decision/result.ts'

interface ShownReason {
  readonly code: string
  readonly text: string
  readonly source: string
  readonly contribution: number | null
}
export interface Factor {
  readonly label: string
  /** The value that the applicant has, as text; empty where it is not known. */
  readonly value: string
  /** Points against the average applicant. */
  readonly contribution: number
}
export interface Offer {
  readonly amount: number | null
  readonly tenureMonths: number | null
  /** Per cent a year. */
  readonly rate: number | null
  readonly emi: number | null
}
/** A decision as people read it, whichever node it came from. */
export interface ShownDecision {
  readonly outcome: Outcome | null
  /** 0…1 */
  readonly confidence: number | null
  readonly reasons: readonly ShownReason[]
  readonly conditions: readonly string[]
  readonly flags: readonly string[]
  readonly offer: Offer | null
  readonly factors: readonly Factor[]
  readonly score: number | null
  readonly category: string | null
  readonly policyVersion: string | null
  readonly modelVersion: string | null
}

const outcomes: readonly string[] = ['approve', 'approve_with_conditions', 'refer', 'decline']

const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const textOr = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === 'string')

const factorOf = (value: unknown): Factor[] =>
  isObject(value) &&
  typeof value['feature'] === 'string' &&
  typeof value['contribution'] === 'number'
    ? [
        {
          label: textOr(value['text']) ?? value['feature'],
          value: textOr(value['value']) ?? '',
          contribution: value['contribution'],
        },
      ]
    : []

const reasonOf = (value: unknown): ShownReason[] =>
  isObject(value) && typeof value['code'] === 'string'
    ? [
        {
          code: value['code'],
          text: textOr(value['text']) ?? value['code'],
          source: textOr(value['source']) ?? '',
          contribution: numberOr(value['contribution']),
        },
      ]
    : []

const offerOf = (value: unknown): Offer | null =>
  isObject(value)
    ? {
        amount: numberOr(value['amount']),
        tenureMonths: numberOr(value['tenureMonths']),
        rate: numberOr(value['rate']),
        emi: numberOr(value['emi']),
      }
    : null

const versionOf = (value: unknown): string | null =>
  isObject(value)
    ? [textOr(value['name']), textOr(value['version'])].filter((part) => part !== null).join(' ') ||
      null
    : textOr(value)

const byWeight = (a: Factor, b: Factor): number =>
  Math.abs(b.contribution) - Math.abs(a.contribution)

/** Reads a credit decision, a decision's result or a model's score; null where the value is none of them. */
export function shownDecision(value: unknown): ShownDecision | null {
  if (!isObject(value)) return null
  const decided =
    Array.isArray(value['reasons']) &&
    (value['outcome'] === null || outcomes.includes(value['outcome'] as string))
  const scored = Array.isArray(value['factors']) && typeof value['score'] === 'number'
  if (!decided && !scored) return null
  const reasons = list(value['reasons']).flatMap(reasonOf)
  const ownFactors = list(value['factors']).flatMap(factorOf)
  const model = isObject(value['model']) ? value['model'] : {}
  const factors = ownFactors.length > 0 ? ownFactors : list(model['factors']).flatMap(factorOf)
  const fromReasons = reasons.flatMap((reason) =>
    reason.contribution === null
      ? []
      : [{ label: reason.text, value: '', contribution: reason.contribution }],
  )
  return {
    outcome: decided ? (value['outcome'] as Outcome | null) : null,
    confidence: numberOr(value['confidence']),
    reasons,
    conditions: texts(value['conditions']),
    flags: texts(value['flags']),
    offer: offerOf(value['offer']),
    factors: (factors.length > 0 ? factors : fromReasons).toSorted(byWeight),
    score: numberOr(value['score']),
    category: textOr(value['category']),
    policyVersion: versionOf(value['policyVersion']),
    modelVersion: versionOf(value['modelVersion']) ?? (scored ? versionOf(value['model']) : null),
  }
}

import type { Outcome } from '#core/decision/result.ts'

/** From the mildest to the most severe. Where several rules give an outcome, the most severe one stands. */
export const outcomes = [
  'approve',
  'approve_with_conditions',
  'refer',
  'decline',
] as const satisfies Outcome[]

export const isOutcome = (value: unknown): value is Outcome =>
  (outcomes as readonly unknown[]).includes(value)

export const severity = (outcome: Outcome | null): number =>
  outcome === null ? -1 : outcomes.indexOf(outcome)

export const moreSevere = (a: Outcome | null, b: Outcome | null): Outcome | null =>
  severity(b) > severity(a) ? b : a

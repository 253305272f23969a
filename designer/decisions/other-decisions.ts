import type { NestedDecisions } from '#core/decision/compile.ts'
import type { Decision } from '#core/graph/decision.ts'

/** The decisions that a draft asks, however far down, by their ids: plain data, as a worker can be sent. */
export type OtherDecisions = Readonly<Record<string, Decision>>

export const findIn =
  (others: OtherDecisions): NestedDecisions =>
  (id) =>
    Object.hasOwn(others, id) ? others[id] : undefined

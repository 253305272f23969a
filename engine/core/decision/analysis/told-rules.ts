import type { ConditionAnalysis } from '#core/decision/analysis/analyse-conditions.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import type { Rule } from '#core/graph/decision.ts'
import type { Fix } from '#core/graph/finding.ts'

// zod's JSON type is mutable, ours is not.
export type Patched = Fix['patch'][number]['value']

/** The rules that are on, in the order in which they are tried, with what is told of them. */
export interface Told {
  readonly part: RulesPart
  readonly rules: readonly Rule[]
  readonly analysis: ConditionAnalysis
  readonly path: string
  readonly pathOf: (number: number) => string
  readonly nameOf: (number: number) => string
}

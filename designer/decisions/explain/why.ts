import type { NestedDecisions } from '#core/decision/compile.ts'
import { counterfactual, type Counterfactual } from '#core/decision/explain/counterfactual.ts'
import { explainDecision, type Explanation } from '#core/decision/explain/explain.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'

/** Evaluations of the search for what would change the outcome; it runs as one types. */
const searchBudget = 4_000
/** Decisions with more rules and rows are explained only in part. */
const mostUnits = 1_000

/** Why an applicant gets what they get, and what would change it; null where there is nothing to say. */
export type Why = { readonly why: Explanation; readonly other: Counterfactual } | null

export function whyOf(decision: Decision, sample: JsonObject, nested: NestedDecisions): Why {
  const units = decision.parts.reduce((sum, part) => sum + unitsIn(part), 0)
  if (units > mostUnits) return null
  try {
    const at = Date.now()
    return {
      why: explainDecision(decision, sample, { at, nested }),
      other: counterfactual(decision, sample, { at, nested, budget: searchBudget }),
    }
  } catch {
    // A draft that does not compile says so above.
    return null
  }
}

const unitsIn = (part: DecisionPart): number =>
  part.kind === 'table' ? part.rows.length : part.kind === 'rules' ? part.rules.length : 1

import {
  checkAffordability,
  checkHistory,
  checkModel,
  checkPolicy,
  checkUnknown,
  type Check,
} from '#core/decision/credit-checks.ts'
import type { CreditDecision, CreditInputs, CreditSettings } from '#core/decision/credit-schema.ts'
import type { Outcome, Reason } from '#core/decision/result.ts'
import { moreSevere, severity } from '#core/decision/severity.ts'
import { hashJson } from '#core/hash.ts'
import type { Json } from '#core/json.ts'
import { roundTo } from '#core/logic/math.ts'

/**
 * Rules, model and affordability in the order of a credit decision. A decline by the policy ends it. Otherwise the
 * most severe of the checks stands, and affordability shapes the offer. Without bureau history nothing but the policy
 * declines: a decline by model or affordability becomes a referral.
 *
 * Confidence, 0.5…1: a check is sure (1) where a rule or a missing fact decides, and 0.5 at a threshold, rising to 1
 * at `scoreBand` points from a cut-off or 10 percentage points from the FOIR cap. An approval needs every check, so
 * the least sure counts; a decline or referral needs one, so the surest of those that gave it counts.
 *
 * Reasons are ranked: first those of checks that gave the outcome, in the order above, a model's factors by how far
 * they moved the score.
 * @param at ms since the epoch
 */
export function decideCredit(
  inputs: CreditInputs,
  settings: CreditSettings,
  at: number,
): CreditDecision {
  const checks = runChecks(inputs, settings)
  const outcome = checks.reduce<Outcome>(
    (worst, check) => moreSevere(worst, check.outcome) ?? worst,
    'approve',
  )
  const approved = outcome === 'approve' || outcome === 'approve_with_conditions'
  const affordability = checks.find((check) => check.affordability)?.affordability
  return {
    outcome,
    confidence: confidence(checks, outcome, approved),
    reasons: rank(checks, outcome, approved),
    conditions: approved ? [...new Set(checks.flatMap((check) => check.conditions ?? []))] : [],
    offer: approved ? (affordability?.offer ?? null) : null,
    // Against an income of nearly nothing the share has no number.
    foir: Number.isFinite(affordability?.foir) ? (affordability?.foir ?? null) : null,
    policyVersion: inputs.policy?.decision
      ? `${inputs.policy.decision.id}@${inputs.policy.decision.version}`
      : null,
    modelVersion: inputs.model ? `${inputs.model.model.name}@${inputs.model.model.version}` : null,
    // Parsed inputs are JSON but for members that are undefined, which the canonical form leaves out.
    inputsHash: `sha256:${hashJson({ inputs, settings } as unknown as Json)}`,
    timestamp: new Date(at).toISOString(),
  }
}

function runChecks(inputs: CreditInputs, settings: CreditSettings): readonly Check[] {
  const policy = checkPolicy(inputs)
  if (policy?.outcome === 'decline') return [policy]
  const history = checkHistory(inputs)
  const measured = [checkModel(inputs, settings), checkAffordability(inputs, settings)]
  const softened = history ? measured.map(referInstead) : measured
  return [policy, history, checkUnknown(inputs, settings), ...softened].filter(
    (check) => check !== null,
  )
}

const referInstead = (check: Check): Check =>
  check.outcome === 'decline' ? { ...check, outcome: 'refer' } : check

function confidence(checks: readonly Check[], outcome: Outcome, approved: boolean): number {
  const certainties = checks
    .filter((check) => approved || check.outcome === outcome)
    .map(({ certainty }) => certainty)
  return roundTo(approved ? Math.min(...certainties) : Math.max(...certainties), 4)
}

/** What speaks for an approval is no reason for anything else. */
function rank(checks: readonly Check[], outcome: Outcome, approved: boolean): readonly Reason[] {
  return checks
    .filter((check) => approved || severity(check.outcome) >= severity('refer'))
    .toSorted((a, b) => Number(b.outcome === outcome) - Number(a.outcome === outcome))
    .flatMap((check) => check.reasons)
}

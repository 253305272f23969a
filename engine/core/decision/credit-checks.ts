import { afford, type Affordability } from '#core/decision/affordability.ts'
import type { CreditInputs, CreditSettings } from '#core/decision/credit-schema.ts'
import type { Outcome, Reason } from '#core/decision/result.ts'
import { sentence, type MessageCode, type MessageParams } from '#core/messages/catalogue.ts'

/** What one consideration would decide by itself. */
export interface Check {
  readonly outcome: Outcome
  readonly reasons: readonly Reason[]
  readonly conditions?: readonly string[]
  /** 0.5 at a threshold … 1 far from it, or where a rule or a missing fact decides. */
  readonly certainty: number
  readonly affordability?: Affordability
}

/** How many factors of the model are named. */
const principalFactors = 4

const reason = (code: MessageCode, source: string, params: MessageParams = {}): Reason => ({
  code,
  text: sentence(code, params),
  source,
})

const margin = (distance: number, band: number): number =>
  0.5 + 0.5 * Math.min(1, Math.abs(distance) / band)

/** Outcome and reasons of the policy rules; null where they have nothing to say. */
export function checkPolicy({ policy }: CreditInputs): Check | null {
  if (!policy?.outcome) return null
  const { outcome, conditions } = policy
  const reasons = policy.reasons as readonly Reason[]
  const adverse = outcome === 'decline' || outcome === 'refer'
  const given =
    reasons.length > 0 || !adverse ? reasons : [reason('CREDIT_POLICY', 'policy', { outcome })]
  return { outcome, reasons: given, conditions, certainty: 1 }
}

/** Rules that a missing value kept from being checked need a person. */
export function checkUnknown(
  { policy }: CreditInputs,
  { unknownPolicy }: CreditSettings,
): Check | null {
  const unknown = policy?.unknown ?? []
  if (unknown.length === 0 || unknownPolicy === 'ignore') return null
  const reasons = unknown.map(({ part, rule, missing }) =>
    reason('CREDIT_POLICY_UNKNOWN', `${part}.${rule}`, {
      rule,
      missing: missing.join(', ') || '–',
    }),
  )
  return { outcome: 'refer', reasons, certainty: 1 }
}

/** No hit at the bureau is no fault: it goes to a person. */
export const checkHistory = ({ bureauScore }: CreditInputs): Check | null =>
  bureauScore === null || bureauScore === undefined
    ? { outcome: 'refer', reasons: [reason('CREDIT_NO_HISTORY', 'bureau')], certainty: 1 }
    : null

export function checkModel({ model }: CreditInputs, settings: CreditSettings): Check {
  if (!model)
    return { outcome: 'refer', reasons: [reason('CREDIT_NO_MODEL', 'model')], certainty: 1 }
  const { approveFrom, declineBelow, scoreBand } = settings
  const { score } = model
  const source = `model.${model.model.name}`
  const params = { score: Math.round(score), approveFrom, declineBelow }
  const nearest = Math.min(Math.abs(score - approveFrom), Math.abs(score - declineBelow))
  const certainty = margin(nearest, scoreBand)
  if (score >= approveFrom) {
    return { outcome: 'approve', reasons: [reason('CREDIT_SCORE_GOOD', source, params)], certainty }
  }
  const outcome = score < declineBelow ? 'decline' : 'refer'
  const code = outcome === 'decline' ? 'CREDIT_SCORE_LOW' : 'CREDIT_SCORE_GREY'
  return { outcome, reasons: [reason(code, source, params), ...lowering(model, source)], certainty }
}

/** What pulled the score down, the strongest first. */
const lowering = (model: NonNullable<CreditInputs['model']>, source: string): readonly Reason[] =>
  model.factors
    .filter(({ contribution }) => contribution < 0)
    .toSorted((a, b) => a.contribution - b.contribution)
    .slice(0, principalFactors)
    .map(({ feature, text, contribution }) => ({
      code: `MODEL_${feature.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase()}`,
      text,
      source,
      contribution,
    }))

export function checkAffordability(inputs: CreditInputs, settings: CreditSettings): Check {
  const {
    netMonthlyIncome: income,
    monthlyObligations: obligations,
    amount,
    tenureMonths,
    policy,
  } = inputs
  const source = 'affordability'
  if (!income || obligations === null || obligations === undefined) {
    return { outcome: 'refer', reasons: [reason('CREDIT_INCOME_MISSING', source)], certainty: 1 }
  }
  const adjust = policy?.adjust ?? { limit: 0, rate: 0 }
  const { foirCap } = settings
  const affordability = afford(
    { amount, tenureMonths },
    { netMonthlyIncome: income, monthlyObligations: obligations },
    {
      ...settings,
      rate: Math.max(0, settings.rate + adjust.rate),
      maxAmount: limitOf(amount, settings, adjust.limit),
    },
  )
  const { kind, offer, foir } = affordability
  const certainty = margin(foir - foirCap, 10)
  const params = { foir, foirCap, ...offer }
  if (kind === 'none') {
    return {
      outcome: 'decline',
      reasons: [reason('CREDIT_FOIR_HIGH', source, params)],
      certainty,
      affordability,
    }
  }
  if (kind === 'as_asked') {
    return {
      outcome: 'approve',
      reasons: [reason('CREDIT_AFFORDABLE', source, params)],
      certainty,
      affordability,
    }
  }
  const counter = reason(counterCodes[kind], source, params)
  return {
    outcome: 'approve_with_conditions',
    reasons: [counter],
    conditions: [counter.text],
    certainty,
    affordability,
  }
}

const counterCodes = {
  longer: 'CREDIT_TENURE_LONGER',
  shorter: 'CREDIT_TENURE_SHORTER',
  reduced: 'CREDIT_AMOUNT_REDUCED',
} as const

/** The largest loan, moved by the policy; without a largest one a policy can only lower what was asked for. */
const limitOf = (asked: number, { maxAmount }: CreditSettings, by: number): number =>
  maxAmount === undefined
    ? by < 0
      ? Math.max(0, asked + by)
      : Infinity
    : Math.max(0, maxAmount + by)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideCredit } from '#core/decision/credit.ts'
import {
  creditDecisionSchema,
  creditSettings,
  type CreditInputs,
} from '#core/decision/credit-schema.ts'
import type { DecisionResult, Outcome } from '#core/decision/result.ts'
import { outcomes } from '#core/decision/severity.ts'

const at = Date.UTC(2026, 10, 23, 12)
const settings = creditSettings.parse({
  approveFrom: 600,
  declineBelow: 540,
  rate: 14,
  minAmount: 50_000,
})

const policy = (
  outcome: Outcome | null,
  given: Partial<DecisionResult> = {},
): NonNullable<CreditInputs['policy']> => ({
  decision: { id: 'policy', version: 'abc' },
  outcome,
  reasons: outcome ? [{ code: 'P', text: 'By policy', source: 'hard.r' }] : [],
  conditions: [],
  flags: [],
  adjust: { limit: 0, rate: 0 },
  values: {},
  fired: [],
  unknown: [],
  ...given,
})
const scored = (score: number): NonNullable<CreditInputs['model']> => ({
  model: { name: 'risk', version: '1.0.0', hash: 'h' },
  score,
  probability: 0.05,
  category: 'medium',
  factors: [
    { feature: 'tenure', value: 1, contribution: 9, text: 'Long at the employer' },
    { feature: 'maxDpd12m', value: 40, contribution: -12, text: 'Late payments' },
    { feature: 'enquiries', value: 8, contribution: -20, text: 'Many enquiries' },
  ],
})
const sound: CreditInputs = {
  policy: policy(null),
  model: scored(660),
  bureauScore: 760,
  netMonthlyIncome: 80_000,
  monthlyObligations: 5_000,
  amount: 500_000,
  tenureMonths: 36,
}
const decide = (given: Partial<CreditInputs>, more: Partial<typeof settings> = {}) =>
  decideCredit({ ...sound, ...given }, { ...settings, ...more }, at)

describe('decideCredit', () => {
  it('approves what every check approves, with the offer', () => {
    expect(decide({})).toEqual({
      outcome: 'approve',
      confidence: 1,
      reasons: [
        { code: 'CREDIT_SCORE_GOOD', text: 'The risk score 660 reaches 600', source: 'model.risk' },
        {
          code: 'CREDIT_AFFORDABLE',
          text: 'With this loan 27.61 % of the income goes to instalments, at most 50 % may',
          source: 'affordability',
        },
      ],
      conditions: [],
      offer: { amount: 500_000, tenureMonths: 36, rate: 14, emi: 17_088.81 },
      foir: 27.61,
      policyVersion: 'policy@abc',
      modelVersion: 'risk@1.0.0',
      inputsHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      timestamp: '2026-11-23T12:00:00.000Z',
    })
  })
  it('never overrides a decline by the policy', () => {
    expect(decide({ policy: policy('decline'), model: scored(900) })).toMatchObject({
      outcome: 'decline',
      confidence: 1,
      reasons: [{ code: 'P' }],
      offer: null,
    })
  })
  it('[R29] refers without bureau history, and does not decline for the score or the income', () => {
    const noHistory = { bureauScore: null, model: scored(400), netMonthlyIncome: 10_000 }
    const decision = decide(noHistory)
    expect(decision.outcome).toBe('refer')
    expect(decision.reasons[0]?.code).toBe('CREDIT_NO_HISTORY')
    const unknown = policy(null, {
      unknown: [{ part: 'hard', rule: 'low', missing: ['bureau.score'] }],
    })
    expect(decide({ ...noHistory, policy: unknown }).reasons.map(({ code }) => code)).toEqual([
      'CREDIT_NO_HISTORY',
      'CREDIT_POLICY_UNKNOWN',
      'CREDIT_SCORE_LOW',
      'MODEL_ENQUIRIES',
      'MODEL_MAX_DPD12M',
      'CREDIT_FOIR_HIGH',
    ])
    expect(decide({ ...noHistory, policy: policy('decline') }).outcome).toBe('decline')
  })
  it.each<[number, Outcome, string]>([
    [600, 'approve', 'CREDIT_SCORE_GOOD'],
    [599.9, 'refer', 'CREDIT_SCORE_GREY'],
    [540, 'refer', 'CREDIT_SCORE_GREY'],
    [539.9, 'decline', 'CREDIT_SCORE_LOW'],
  ])('at a score of %d: %s', (score, outcome, code) => {
    const decision = decide({ model: scored(score) })
    expect(decision.outcome).toBe(outcome)
    expect(decision.reasons[0]?.code).toBe(code)
    expect(decision.confidence).toBeLessThan(0.51)
  })
  it('names what lowered the score, the strongest first', () => {
    expect(decide({ model: scored(500) }).reasons.slice(1)).toEqual([
      { code: 'MODEL_ENQUIRIES', text: 'Many enquiries', source: 'model.risk', contribution: -20 },
      { code: 'MODEL_MAX_DPD12M', text: 'Late payments', source: 'model.risk', contribution: -12 },
    ])
  })
  it('makes a counter-offer where the loan asked for does not fit', () => {
    const longer = decide({ netMonthlyIncome: 42_000 })
    expect(longer.outcome).toBe('approve_with_conditions')
    expect(longer.offer).toMatchObject({ amount: 500_000 })
    expect(longer.conditions).toEqual([longer.reasons[0]?.text])
    expect(decide({ netMonthlyIncome: 30_000 }).reasons[0]?.code).toBe('CREDIT_AMOUNT_REDUCED')
    expect(decide({ netMonthlyIncome: 11_000 })).toMatchObject({ outcome: 'decline', offer: null })
  })
  it('moves limit and rate as the policy says', () => {
    const adjusted = policy('approve_with_conditions', {
      adjust: { limit: -100_000, rate: 2 },
      conditions: ['Salary account'],
    })
    const decision = decide({ policy: adjusted })
    expect(decision.offer).toMatchObject({ amount: 400_000, rate: 16 })
    expect(decision.conditions[0]).toBe('Salary account')
  })
  it('refers what it cannot know, and says what is missing', () => {
    const unknown = policy(null, {
      unknown: [{ part: 'hard', rule: 'dpd', missing: ['bureau.dpd'] }],
    })
    expect(decide({ policy: unknown })).toMatchObject({
      outcome: 'refer',
      reasons: [{ text: 'The policy rule "dpd" could not be checked; missing: bureau.dpd' }],
    })
    expect(decide({ policy: unknown }, { unknownPolicy: 'ignore' }).outcome).toBe('approve')
    expect(decide({ model: null }).reasons[0]?.code).toBe('CREDIT_NO_MODEL')
    expect(decide({ netMonthlyIncome: null }).reasons[0]?.code).toBe('CREDIT_INCOME_MISSING')
    expect(decide({ policy: null }).outcome).toBe('approve')
  })
  it('[R31] has one hash for one input', () => {
    expect(decide({}).inputsHash).toBe(decideCredit({ ...sound }, settings, at + 1).inputsHash)
    expect(decide({ amount: 499_999 }).inputsHash).not.toBe(decide({}).inputsHash)
  })
  it('[R28] keeps its promises for any applicant', () => {
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
    const applicant: fc.Arbitrary<CreditInputs> = fc.record({
      policy: maybe(fc.constantFrom(...outcomes, null).map((outcome) => policy(outcome))),
      model: maybe(fc.integer({ min: 400, max: 750 }).map(scored)),
      bureauScore: maybe(fc.integer({ min: 300, max: 900 })),
      netMonthlyIncome: maybe(fc.integer({ min: 0, max: 200_000 })),
      monthlyObligations: maybe(fc.integer({ min: 0, max: 100_000 })),
      amount: fc.integer({ min: 1_000, max: 2_000_000 }),
      tenureMonths: fc.integer({ min: 1, max: 84 }),
    })
    fc.assert(
      fc.property(applicant, (inputs) => {
        const decision = decideCredit(inputs, settings, at)
        const hard = inputs.policy?.outcome === 'decline'
        const forced = hard ? 'decline' : inputs.bureauScore === null ? 'refer' : decision.outcome
        expect(decision.outcome).toBe(forced)
        expect(decision.reasons.length).toBeGreaterThan(0)
        expect(decision.confidence).toBeGreaterThanOrEqual(0.5)
        expect(decision.offer !== null).toBe(decision.outcome.startsWith('approve'))
        expect(creditDecisionSchema.safeParse(decision).success).toBe(true)
      }),
    )
  })

  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
  const extreme = fc.oneof(
    fc.constantFrom(0, 1e-300, 1, 40_000, 1e15, 1e308),
    fc.double({ min: 0, max: 500_000, noNaN: true }),
  )
  const anyone: fc.Arbitrary<CreditInputs> = fc.record({
    policy: maybe(
      fc.record({
        outcome: fc.constantFrom(...outcomes, null),
        limit: fc.constantFrom(0, -100_000, -1e9, 1e9),
        rate: fc.constantFrom(0, -50, 3, 500),
        unknown: fc.boolean(),
      }),
    ).map(
      (given) =>
        given &&
        policy(given.outcome, {
          adjust: { limit: given.limit, rate: given.rate },
          unknown: given.unknown ? [{ part: 'hard', rule: 'r', missing: ['bureau.score'] }] : [],
        } as Partial<DecisionResult>),
    ),
    model: maybe(fc.oneof(fc.integer({ min: 400, max: 750 }), extreme).map(scored)),
    bureauScore: maybe(fc.integer({ min: -1, max: 900 })),
    netMonthlyIncome: maybe(extreme),
    monthlyObligations: maybe(extreme),
    amount: extreme.map((amount) => amount || 1),
    tenureMonths: fc.integer({ min: 1, max: 600 }),
  })
  const anySettings = fc
    .record({
      declineBelow: fc.integer({ min: 0, max: 900 }),
      grey: fc.integer({ min: 0, max: 200 }),
      rate: fc.constantFrom(0, 0.01, 14, 100),
      foirCap: fc.constantFrom(0.5, 50, 100),
      minAmount: fc.constantFrom(0, 50_000, 1e9),
      maxAmount: fc.constantFrom(undefined, 0, 300_000, 1e300),
      maxTenureMonths: fc.integer({ min: 1, max: 600 }),
      unknownPolicy: fc.constantFrom('refer' as const, 'ignore' as const),
    })
    .map(({ grey, maxAmount, ...given }) =>
      creditSettings.parse({
        ...given,
        approveFrom: given.declineBelow + grey,
        ...(maxAmount === undefined ? {} : { maxAmount }),
      }),
    )

  it('[R819] decides in its order for any applicant and settings, also at the ends of numbers', () => {
    fc.assert(
      fc.property(anyone, anySettings, (inputs, given) => {
        const decision = decideCredit(inputs, given, at)
        expect(creditDecisionSchema.safeParse(decision).error).toBeUndefined()
        const { outcome, reasons, confidence, offer } = decision
        const hard = inputs.policy?.outcome === 'decline'
        const score = inputs.model?.score ?? null
        const withoutHistory = inputs.bureauScore === null
        const low = score !== null && score < given.declineBelow
        // Nothing overrides the policy; then history, then the score, then affordability.
        const unsure = inputs.policy?.outcome === 'refer' || score === null
        const possible: readonly string[] = hard
          ? ['decline']
          : withoutHistory
            ? ['refer']
            : low
              ? ['decline']
              : unsure
                ? ['refer', 'decline']
                : outcomes
        expect(possible).toContain(outcome)
        const approved = outcome === 'approve' || outcome === 'approve_with_conditions'
        expect(offer !== null).toBe(approved)
        expect(confidence >= (hard ? 1 : 0.5) && confidence <= 1).toBe(true)
        // The first reason is of what gave the outcome.
        const [first] = reasons
        const source = first?.source ?? ''
        const gave = hard ? 'hard.r' : low ? 'model.' : 'affordability'
        expect(outcome !== 'decline' || withoutHistory || source.startsWith(gave)).toBe(true)
        expect(!hard || reasons.length === 1).toBe(true)
        const asAsked =
          offer?.amount === inputs.amount && offer.tenureMonths === inputs.tenureMonths
        expect(outcome !== 'approve' || asAsked).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

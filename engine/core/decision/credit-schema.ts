import { z } from 'zod'
import { decisionResultSchema, outcomeSchema, reasonSchema } from '#core/decision/result-schema.ts'
import { jsonValue } from '#core/graph/flow.ts'

const rupees = z.number().nonnegative()

/** What the lender sets. Amounts in rupees, rates and shares in percent. */
export const creditSettings = z
  .strictObject({
    approveFrom: z.number().meta({ title: 'Approve from', description: 'Model score' }),
    declineBelow: z.number().meta({
      title: 'Decline below',
      description: 'Model score; from here to “approve from” a person decides',
    }),
    rate: z.number().min(0).max(100).meta({ title: 'Interest', description: '% a year' }),
    foirCap: z
      .number()
      .positive()
      .max(100)
      .default(50)
      .meta({ title: 'FOIR cap', description: '% of net income for all instalments' }),
    minAmount: rupees.default(0).meta({ title: 'Smallest counter-offer' }),
    maxAmount: rupees.optional().meta({ title: 'Largest loan' }),
    maxTenureMonths: z.int().min(1).max(600).default(60).meta({ title: 'Longest term, months' }),
    amountStep: z.number().positive().default(1000).meta({ title: 'Round offers down to' }),
    scoreBand: z.number().positive().default(40).meta({
      title: 'Sure from',
      description:
        'Points away from a cut-off at which the model counts as sure; twice the points that double the odds',
    }),
    unknownPolicy: z
      .enum(['refer', 'ignore'])
      .default('refer')
      .meta({ title: 'Policy rules that could not be checked' }),
  })
  .refine((settings) => settings.declineBelow <= settings.approveFrom, {
    path: ['declineBelow'],
    message: '“decline below” must not be above “approve from”',
  })
export type CreditSettings = z.output<typeof creditSettings>

const modelScoreSchema = z.object({
  model: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
  score: z.number(),
  probability: z.number(),
  category: z.string(),
  factors: z
    .array(
      z.object({
        feature: z.string(),
        value: jsonValue,
        contribution: z.number(),
        text: z.string(),
      }),
    )
    .readonly(),
})

/** What the decision is taken on. */
export const creditInputs = {
  policy: decisionResultSchema.nullish().meta({ title: 'Result of the policy rules' }),
  model: modelScoreSchema.nullish().meta({ title: 'Model score' }),
  bureauScore: z
    .number()
    .nullish()
    .meta({ title: 'Bureau score', description: 'Empty without history', 'x-personal': true }),
  netMonthlyIncome: rupees.nullish().meta({ title: 'Net monthly income', 'x-personal': true }),
  monthlyObligations: rupees
    .nullish()
    .meta({ title: 'Monthly obligations', description: 'Running instalments', 'x-personal': true }),
  amount: z.number().positive().meta({ title: 'Amount asked for' }),
  tenureMonths: z.int().min(1).max(600).meta({ title: 'Months asked for' }),
}
const inputsObject = z.object(creditInputs)
export type CreditInputs = z.output<typeof inputsObject>

export const creditDecisionSchema = z.object({
  outcome: outcomeSchema,
  confidence: z.number().min(0).max(1),
  reasons: z.array(reasonSchema).readonly(),
  conditions: z.array(z.string()).readonly(),
  offer: z
    .object({
      amount: z.number(),
      tenureMonths: z.number(),
      rate: z.number(),
      emi: z.number(),
    })
    .nullable(),
  /** Of the loan that was asked for, percent. */
  foir: z.number().nullable(),
  policyVersion: z.string().nullable(),
  modelVersion: z.string().nullable(),
  inputsHash: z.string(),
  timestamp: z.string(),
})
export type CreditDecision = z.output<typeof creditDecisionSchema>

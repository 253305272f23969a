import { decisionSchema } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'

/** What a policy is asked about. */
export interface Applicant {
  readonly score: number
  readonly income: number
  readonly age: number
  readonly foir: number
  readonly overdue: number
  readonly enquiries: number
  readonly amount: number
  readonly months: number
  readonly vintage: number
  readonly employment: string
}
type Field = keyof Applicant

/** mulberry32: the same numbers from the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const employments = ['SALARIED', 'SELF', 'RETIRED', 'STUDENT']

export function applicant(random: () => number): Applicant {
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  return {
    score: whole(300, 900),
    income: whole(10, 250) * 1_000,
    age: whole(18, 70),
    foir: Math.round(random() * 100) / 100,
    overdue: whole(0, 4),
    enquiries: whole(0, 10),
    amount: whole(5, 200) * 10_000,
    months: whole(6, 84),
    vintage: whole(0, 120),
    employment: employments[whole(0, 3)] as string,
  }
}

export const applicants = (count: number, seed = 1): Applicant[] => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => applicant(random))
}

type Operator = 'lt' | 'lte' | 'gt' | 'gte' | 'in_list'
type Condition = readonly [field: Field, operator: Operator, value: number | readonly string[]]
export interface PolicyRule {
  readonly id: string
  readonly conditions: readonly Condition[]
}

const written: readonly (readonly Condition[])[] = [
  [
    ['score', 'lt', 550],
    ['amount', 'gt', 200_000],
    ['vintage', 'lt', 36],
  ],
  [
    ['score', 'lt', 600],
    ['foir', 'gt', 0.5],
    ['overdue', 'gte', 1],
  ],
  [
    ['score', 'lt', 650],
    ['enquiries', 'gt', 6],
    ['income', 'lt', 40_000],
  ],
  [
    ['age', 'lt', 21],
    ['amount', 'gt', 500_000],
    ['vintage', 'lt', 6],
  ],
  [
    ['age', 'gt', 60],
    ['months', 'gt', 60],
    ['employment', 'in_list', ['RETIRED']],
  ],
  [
    ['income', 'lt', 15_000],
    ['amount', 'gt', 100_000],
    ['months', 'lt', 24],
  ],
  [
    ['income', 'lt', 25_000],
    ['foir', 'gte', 0.6],
    ['score', 'lt', 700],
  ],
  [
    ['overdue', 'gte', 3],
    ['score', 'lt', 720],
    ['enquiries', 'gte', 3],
  ],
  [
    ['overdue', 'gte', 2],
    ['amount', 'gt', 1_000_000],
    ['foir', 'gt', 0.4],
  ],
  [
    ['enquiries', 'gte', 9],
    ['vintage', 'lt', 24],
    ['score', 'lte', 680],
  ],
  [
    ['employment', 'in_list', ['STUDENT']],
    ['amount', 'gt', 400_000],
    ['income', 'lt', 50_000],
  ],
  [
    ['employment', 'in_list', ['SELF', 'RETIRED']],
    ['vintage', 'lt', 12],
    ['amount', 'gt', 750_000],
  ],
  [
    ['foir', 'gt', 0.75],
    ['income', 'lt', 100_000],
    ['amount', 'gt', 50_000],
  ],
  [
    ['foir', 'gt', 0.65],
    ['age', 'gte', 55],
    ['months', 'gt', 36],
  ],
  [
    ['months', 'gt', 72],
    ['age', 'gt', 50],
    ['score', 'lt', 750],
  ],
  [
    ['vintage', 'lt', 3],
    ['income', 'lt', 80_000],
    ['amount', 'gte', 300_000],
  ],
  [
    ['amount', 'gt', 1_500_000],
    ['income', 'lt', 120_000],
    ['score', 'lt', 780],
  ],
  [
    ['amount', 'gt', 1_200_000],
    ['months', 'lt', 18],
    ['foir', 'gt', 0.3],
  ],
  [
    ['score', 'lt', 480],
    ['enquiries', 'gte', 2],
    ['months', 'gte', 12],
  ],
  [
    ['age', 'lt', 23],
    ['employment', 'in_list', ['SELF', 'STUDENT']],
    ['overdue', 'gte', 1],
  ],
]

export const rules: readonly PolicyRule[] = written.map((conditions, index) => ({
  id: `r${index + 1}`,
  conditions,
}))

/** The same twice, the second time with stricter numbers. */
export const fortyRules: readonly PolicyRule[] = [
  ...rules,
  ...rules.map(({ id, conditions }) => ({
    id: `${id}s`,
    conditions: conditions.map(([field, operator, value]): Condition =>
      typeof value === 'number' ? [field, operator, value * 1.05] : [field, operator, value],
    ),
  })),
]

/** As an analyst's document: each rule refers, with its reason. */
export const policyDocument = (list: readonly PolicyRule[]) =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {},
    parts: [
      {
        kind: 'rules',
        id: 'checks',
        name: 'Checks',
        rules: list.map(({ id, conditions }) => ({
          id,
          name: id,
          when: {
            all_of: conditions.map(([field, operator, value]): Json => ({
              [operator]: [{ var: field }, value as Json],
            })),
          },
          then: [
            { do: 'outcome', outcome: 'refer' },
            { do: 'reason', code: id.toUpperCase(), text: id },
          ],
        })),
      },
    ],
  })

export interface Answer {
  outcome: string | null
  reasons: { code: string; text: string; source: string }[]
  fired: string[]
}

const retired = new Set(['RETIRED'])
const student = new Set(['STUDENT'])
const selfOrRetired = new Set(['SELF', 'RETIRED'])
const selfOrStudent = new Set(['SELF', 'STUDENT'])

/** What a person would write: the limit. It asks nothing of missing values. */
export const byHand: readonly ((a: Applicant) => boolean)[] = [
  (a) => a.score < 550 && a.amount > 200_000 && a.vintage < 36,
  (a) => a.score < 600 && a.foir > 0.5 && a.overdue >= 1,
  (a) => a.score < 650 && a.enquiries > 6 && a.income < 40_000,
  (a) => a.age < 21 && a.amount > 500_000 && a.vintage < 6,
  (a) => a.age > 60 && a.months > 60 && retired.has(a.employment),
  (a) => a.income < 15_000 && a.amount > 100_000 && a.months < 24,
  (a) => a.income < 25_000 && a.foir >= 0.6 && a.score < 700,
  (a) => a.overdue >= 3 && a.score < 720 && a.enquiries >= 3,
  (a) => a.overdue >= 2 && a.amount > 1_000_000 && a.foir > 0.4,
  (a) => a.enquiries >= 9 && a.vintage < 24 && a.score <= 680,
  (a) => student.has(a.employment) && a.amount > 400_000 && a.income < 50_000,
  (a) => selfOrRetired.has(a.employment) && a.vintage < 12 && a.amount > 750_000,
  (a) => a.foir > 0.75 && a.income < 100_000 && a.amount > 50_000,
  (a) => a.foir > 0.65 && a.age >= 55 && a.months > 36,
  (a) => a.months > 72 && a.age > 50 && a.score < 750,
  (a) => a.vintage < 3 && a.income < 80_000 && a.amount >= 300_000,
  (a) => a.amount > 1_500_000 && a.income < 120_000 && a.score < 780,
  (a) => a.amount > 1_200_000 && a.months < 18 && a.foir > 0.3,
  (a) => a.score < 480 && a.enquiries >= 2 && a.months >= 12,
  (a) => a.age < 23 && selfOrStudent.has(a.employment) && a.overdue >= 1,
]

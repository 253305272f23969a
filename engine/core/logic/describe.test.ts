import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { describe as sentence } from '#core/logic/describe.ts'

const score: Json = { lt: [{ var: 'bureau.score' }, 670] }
const income: Json = { gte: [{ var: 'input.applicant.monthlyIncome' }, 25000] }

it.each<[Json, string]>([
  [score, 'Bureau score is below 670'],
  [
    { all_of: [score, income] },
    'Bureau score is below 670 and applicant monthly income is at least 25,000',
  ],
  [
    { all_of: [score, { any_of: [income, { is_missing: { var: 'pan' } }] }] },
    'Bureau score is below 670 and (applicant monthly income is at least 25,000 or pan is missing)',
  ],
  [{ not: [score] }, 'Not (bureau score is below 670)'],
  [
    { between: [{ var: 'loan.amount' }, 100000, 1000000] },
    'Loan amount is between 1,00,000 and 10,00,000',
  ],
  [{ in_list: [{ var: 'type' }, ['SALARIED', 'SELF']] }, 'Type is one of “SALARIED” or “SELF”'],
  [
    { gt: [{ divide: [{ plus: [{ var: 'emi' }, 1.5] }, { var: 'income' }] }, 0.5] },
    '(emi + 1.5) ÷ income is above 0.5',
  ],
  [{ all_of: [] }, 'Always'],
  [{ '<': [{ var: 'a' }, 12345678] }, 'A < 1,23,45,678'],
  [{ gte: [{ var: '?' }, 5] }, 'The value is at least 5'],
  [{ nope: 1 }, '{"nope":1}'],
])('%j', (logic, words) => expect(sentence(logic)).toBe(words))

it('takes names that are better than the path', () => {
  expect(sentence(score, (path) => (path === 'bureau.score' ? 'CIBIL score' : undefined))).toBe(
    'CIBIL score is below 670',
  )
})

import { describe, expect, it } from 'vitest'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { fieldsOfSchema, listsAmong } from '../condition-builder/scope-field.ts'
import { advise } from './advise.ts'

const fields = fieldsOfSchema(
  {
    type: 'object',
    properties: {
      income: { type: 'number' },
      name: { type: 'string' },
      employment: { enum: ['SALARIED', 'SELF'] },
      bureau: { type: 'object', properties: { score: { type: 'integer' } } },
      loans: {
        type: 'array',
        items: { type: 'object', properties: { amount: { type: 'number' } } },
      },
    },
  },
  '',
)
const marked = (text: string): string[] =>
  advise(text, fields).map(({ from, to, message }) => `${text.slice(from, to)}: ${message}`)

describe('types within a FEEL text', () => {
  it('[R695] are marked at the name whose value is of another type than is needed, each where it stands', () => {
    expect(marked('income > 3 and name > 5')).toEqual([
      expect.stringMatching(/^name: name is a text where a number is needed/),
    ])
    expect(advise('name * 2 + income + name * 3', fields).map(({ from }) => from)).toEqual([0, 20])
    expect(marked('bureau.score = "high"')).toEqual([expect.stringMatching(/^bureau\.score: /)])
    expect(marked('employment = "FREELANCE"')).toEqual([
      expect.stringMatching(/^employment: “FREELANCE” is none of .*SALARIED, SELF/),
    ])
  })

  it('[R695] are not doubted where they fit, or are not known', () => {
    for (const text of [
      'income > 3',
      'employment in ("SALARIED", "SELF")',
      'upper case(name) = "A"',
      'sum(loans.amount) > income',
      'count(loans[amount > 3]) > 1',
      'if bureau.score > 700 then "a" else "b"',
    ])
      expect(marked(text)).toEqual([])
  })

  it('[R695] of a list make its field the list of its elements’ fields', () => {
    expect(parseFeel('loans.amount', { isList: listsAmong(fields) })).toEqual({
      logic: { field_of: [{ var: 'loans' }, 'amount'] },
    })
    expect(listsAmong(fields)('bureau')).toBe(false)
  })
})

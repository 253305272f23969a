import { expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { partFields } from './part-fields.ts'

const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    { kind: 'expression', id: 'age', name: 'Age', value: 30 },
    {
      kind: 'rules',
      id: 'hard',
      name: 'Hard policy',
      rules: [
        {
          id: 'a',
          name: 'A',
          when: true,
          then: [
            { do: 'set', field: 'cap', value: 5 },
            { do: 'outcome', outcome: 'refer' },
          ],
        },
      ],
    },
    {
      kind: 'table',
      id: 'rates',
      name: 'Rates',
      hitPolicy: 'first',
      inputs: [{ id: 'i', name: 'Age', expression: { var: 'age' } }],
      outputs: [{ id: 'o', name: 'Rate', expression: 'rate', type: 'number' }],
      rows: [{ id: 'r', when: [null], then: [12] }],
    },
    { kind: 'expression', id: 'last', name: 'Last', value: null },
  ],
})

it('names every value that an earlier part gives, where the engine puts it', () => {
  const { values } = compileDecision(decision)({}, 0)
  const found = partFields(decision, 'last').map(({ path }) => [
    path,
    compileLogic({ var: path })(values, { at: 0 }),
  ])
  expect(found).toEqual([
    ['age', 30],
    ['hard.outcome', 'refer'],
    ['hard.cap', 5],
    ['rates.rate', 12],
  ])
})

it('offers a part nothing of itself or of later ones', () =>
  expect(partFields(decision, 'hard').map(({ path }) => path)).toEqual(['age']))

it('[R517] offers what a part gives with its type, and the values that it lists', () => {
  const found = partFields(decision, 'last').map(({ path, type, options }) => [path, type, options])
  expect(found).toEqual([
    ['age', 'number', [30]],
    ['hard.outcome', 'text', ['approve', 'approve_with_conditions', 'refer', 'decline']],
    ['hard.cap', 'number', [5]],
    ['rates.rate', 'number', [12]],
  ])
})

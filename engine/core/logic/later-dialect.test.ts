import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { evaluateTraced } from '#core/logic/evaluate-traced.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { references, renameRoot } from '#core/logic/references.ts'

const env = { at: 0 }
const value = (logic: Json, data: JsonObject = {}): Json => compileLogic(logic)(data, env)
const codes = (logic: Json) => checkLogic(logic).map(({ code }) => code)

const loans = { loans: [{ amount: 5 }, { amount: 9 }], limit: 6, rates: [1, 2] }
const over: Json = {
  filter: [{ val: 'loans' }, { '>': [{ val: 'amount' }, { val: [[2], 'limit'] }] }],
}
/** For each loan each rate, with what both iterations and the scope around them say. */
const nested: Json = {
  map: [
    { val: 'loans' },
    {
      map: [
        { val: [[2], 'rates'] },
        {
          cat: [
            { val: [] },
            { val: [[1], 'index'] },
            { val: [[2], 'amount'] },
            { val: [[3], 'index'] },
            { val: [[-4], 'limit'] },
            { val: [[6], 'limit'] },
          ],
        },
      ],
    },
  ],
}

describe('JsonLogic of later dialects', () => {
  it('[R813] climbs out of iterations, in a decision, by itself and with a trace', () => {
    expect(value(over, loans)).toEqual([{ amount: 9 }])
    expect(value(nested, { ...loans, loans: [{ amount: 5, rates: [1] }] })).toEqual([
      ['10506', '21506'],
    ])
    expect(evaluateTraced(over, loans, env).value).toEqual([{ amount: 9 }])
    const decision = decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'd',
      name: 'D',
      input: {},
      parts: [
        { kind: 'expression', id: 'big', name: 'Big', value: over },
        { kind: 'expression', id: 'limit', name: 'Limit', value: 8 },
      ],
    })
    // The limit is a part of its own there, and what climbs to it is evaluated after it.
    expect(
      compileDecision(decision)({ ...loans, loans: [{ amount: 7 }] }, 0).values['big'],
    ).toEqual([])
  })

  it('[R813] goes on from where it was after a throw, and from the data around in an arm of a try', () => {
    const failing: Json = {
      if: [{ '>': [{ val: [[1], 'index'] }, 0] }, { throw: 'late' }, { val: [] }],
    }
    const logic: Json = {
      map: [
        [[1], [2, 3]],
        {
          try: [
            { map: [{ val: [] }, failing] },
            { cat: [{ val: 'type' }, { val: [[3], 'index'] }] },
          ],
        },
      ],
    }
    expect(value(logic)).toEqual([[1], 'late1'])
    expect(value({ try: [{ throw: 'x' }, { val: [[2], 'a'] }] }, { a: 'A' })).toBe('A')
  })

  it('[R813] knows the paths that climb, and renames them', () => {
    expect(references(over)).toEqual([['loans'], ['limit']])
    expect(references(nested)).toEqual([['loans'], ['rates'], ['limit']])
    expect(renameRoot(over, 'limit', 'cap')).toEqual({
      filter: [{ val: 'loans' }, { '>': [{ val: 'amount' }, { val: [[2], 'cap'] }] }],
    })
    expect(renameRoot(over, 'amount', 'sum')).toEqual(over)
    expect(JSON.stringify(renameRoot(nested, 'limit', 'cap'))).toContain(
      '[[-4],"cap"]},{"val":[[6],"limit"]',
    )
  })

  it('[R813] takes the arguments that one argument works out, and none where each is evaluated in its turn', () => {
    const data = { list: [4, 2], text: ['a', 'b'], one: 4 }
    expect(value({ '+': { val: 'list' } }, data)).toBe(6)
    expect(value({ '-': { val: 'list' } }, data)).toBe(2)
    expect(value({ '/': { val: 'one' } }, data)).toBe(0.25)
    expect(value({ cat: { val: 'text' } }, data)).toBe('ab')
    expect(value({ max: { map: [{ val: 'list' }, { '*': [{ val: [] }, 2] }] } }, data)).toBe(8)
    // json-logic-js knows these, and has another meaning for them.
    expect(value({ '+': { var: 'list' } }, data)).toBe(4)
    expect(value({ '+': [{ val: 'list' }, 1] }, data)).toBe(5)
    expect(codes({ and: { val: 'list' } })).toEqual(['LOGIC_ARGUMENTS'])
    expect(codes({ '+': { val: 'list' } })).toEqual([])
  })

  it('[R813] bears one argument inside another beyond any stack', () => {
    let deep: Json = { val: 'a' }
    for (let level = 0; level < 100_000; level += 1) deep = { '+': deep }
    expect(codes(deep)).toEqual(['LOGIC_TOO_DEEP'])
  })

  it('[R813] keeps what is preserved as it is written', () => {
    const rule: Json = { preserve: { '+': [1, { var: 'a' }] } }
    expect(value(rule, { a: 1 })).toEqual({ '+': [1, { var: 'a' }] })
    expect(references(rule)).toEqual([])
    expect(renameRoot(rule, 'a', 'b')).toEqual(rule)
  })

  it.each<Json>([
    { val: [['a'], 'b'] },
    { val: [[1, 2], 'b'] },
    { val: [[0.5], 'b'] },
    { val: [[2], { val: 'a' }] },
    { exists: [[2], 'a'] },
  ])('[R813] refuses %j, which says neither levels nor names', (logic) =>
    expect(codes(logic)).toEqual(['LOGIC_ARGUMENTS']),
  )
})

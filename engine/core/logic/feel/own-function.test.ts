import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { ownFunction } from '#core/logic/feel/own-function.ts'
import { parseFeel, type FeelOptions } from '#core/logic/feel/parse.ts'

const logicOf = (text: string, options?: FeelOptions): Json => {
  const result = parseFeel(text, options)
  if ('problems' in result) throw new Error(`${text}: ${JSON.stringify(result.problems)}`)
  return result.logic
}
const value = (text: string, data: JsonObject = {}, options?: FeelOptions): Json =>
  compileLogic(logicOf(text, options))(data, { at: 0 })
const codeOf = (text: string, options?: FeelOptions): string | undefined => {
  const result = parseFeel(text, options)
  return 'problems' in result ? result.problems[0].code : undefined
}
const withOwn = (parameters: readonly string[], body: string): FeelOptions => ({
  functions: new Map([['own', ownFunction(parameters, logicOf(body))]]),
})

describe('functions of one’s own', () => {
  it('[R816] stand as entries of an object, are called by later ones, and are no values themselves', () => {
    expect(
      value('{rate: 0.5, fee: function(a, b) a * rate + b, total: fee(10, 1) + fee(b: 2, a: 4)}'),
    ).toEqual({
      rate: 0.5,
      total: 10,
    })
    expect(
      value('{twice: function(x) x * 2, both: function(x) twice(twice(x)), y: both(3)}.y'),
    ).toBe(12)
    expect(value('{f: function(x) x + 1, all: for n in [1, 2] return f(n)}')).toEqual({
      all: [2, 3],
    })
    expect(codeOf('{f: function(x) x, y: 1} = f(1)')).toBe('FEEL_FUNCTION')
    expect(codeOf('function(x) x')).toBe('FEEL_UNSUPPORTED')
  })

  it('[R816] mean the same wherever they are called: no name of the call or of the body takes another’s place', () => {
    const data = { x: 10, list: [1, 2], item: 7, loans: [{ amount: 1 }, { amount: 5 }] }
    expect(value('own(x)', data, withOwn(['p'], 'for x in list return x + p'))).toEqual([11, 12])
    expect(value('own(1)', data, withOwn(['x'], 'for x in list return x'))).toEqual([1, 2])
    expect(
      value('loans[own(amount) = 1]', data, withOwn(['p'], 'count(loans[amount > p])')),
    ).toEqual([{ amount: 1 }])
    expect(codeOf('for x in list return own(x)', withOwn(['p'], 'x + p'))).toBe(
      'FEEL_FUNCTION_CALL',
    )
    expect(value('for y in list return own(y)', data, withOwn(['p'], 'x + p'))).toEqual([11, 12])
    expect(value('own(loans[1])', data, withOwn(['p'], 'p.amount'))).toBe(1)
  })

  it('[R816] grow no larger than is told', () => {
    const text = (levels: number): string =>
      `{f0: function(x) x + x, ${Array.from({ length: levels }, (_, n) => `f${n + 1}: function(x) f${n}(f${n}(x)), `).join('')}y: f${levels}(1)}.y`
    expect(value(text(2))).toBe(16)
    expect(codeOf(text(40))).toBe('FEEL_FUNCTION_CALL')
  })

  it('[R816] give what the body gives with the arguments known by name', () => {
    const names = ['a', 'b', 'p', 'q'] as const
    const body = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(...names, '1', 'count(list)'),
        fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
        fc
          .tuple(fc.constantFrom(...names), tie('text'))
          .map(([name, inner]) => `sum(for ${name} in list return ${inner})`),
        fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(if ${a} > 2 then ${b} else ${a})`),
        tie('text').map((inner) => `count(list[item > ${inner}])`),
      ),
    })).text
    const argument = fc.constantFrom('a', 'b + 1', 'p', 'q * 2', '3', 'sum(list)')
    fc.assert(
      fc.property(body, argument, argument, (text, one, other) => {
        const data = { a: 1, b: 2, p: 3, q: 4, list: [1, 2, 3] }
        const given = { ...data, p: value(one, data), q: value(other, data) }
        expect(value(`own(${one}, ${other})`, data, withOwn(['p', 'q'], text))).toEqual(
          value(text, given),
        )
      }),
      { numRuns: 500 },
    )
  })
})

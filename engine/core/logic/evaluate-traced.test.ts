import { describe, expect, it } from 'vitest'
import { compileLogic } from '#core/logic/compile.ts'
import { evaluateTraced } from '#core/logic/evaluate-traced.ts'

const env = { at: 0 }
const policy = {
  any_of: [
    { lt: [{ var: 'bureau.score' }, 670] },
    { gt: [{ divide: [{ var: 'emi' }, { var: 'income' }] }, 0.5] },
  ],
}

describe('evaluateTraced', () => {
  it('[R19] says which paths left it unknown', () => {
    const trace = evaluateTraced(policy, { emi: 10, income: 100 }, env)
    expect(trace.value).toBeNull()
    expect(trace.missing).toEqual(['bureau.score'])
    expect(evaluateTraced(policy, { bureau: {} }, env).missing).toEqual([
      'bureau.score',
      'emi',
      'income',
    ])
  })
  it('names nothing where another value decided', () => {
    const trace = evaluateTraced(policy, { emi: 90, income: 100 }, env)
    expect(trace).toMatchObject({ value: true, missing: [], operator: 'any_of' })
    expect(trace.parts.map((part) => [part.place, part.value])).toEqual([
      ['/any_of/0', null],
      ['/any_of/1', true],
    ])
  })
  it('names nothing where a null is no matter of a missing value', () => {
    expect(evaluateTraced({ divide: [{ var: 'a' }, 0] }, { a: 1 }, env)).toMatchObject({
      value: null,
      missing: [],
    })
  })
  it('keeps every sub-result with its place', () => {
    const { parts } = evaluateTraced({ lt: [{ var: 'a' }, { plus: [1, 2] }] }, { a: 2 }, env)
    expect(parts.map(({ place, operator, path, value }) => [place, operator, path, value])).toEqual(
      [
        ['/lt/0', 'var', 'a', 2],
        ['/lt/1', 'plus', null, 3],
      ],
    )
  })
  it('shows only the branch that was taken', () => {
    const logic = { if_then: [{ var: 'yes' }, 'A', { var: 'none' }] }
    expect(evaluateTraced(logic, { yes: true }, env).parts).toHaveLength(2)
  })
  it('keeps its places where a part throws and a try goes on', () => {
    const logic = { try: [{ if: [true, { throw: 'a' }, null] }, { var: 'type' }] }
    const { value, parts } = evaluateTraced(logic, {}, env)
    expect(value).toBe('a')
    expect(parts.map(({ place, value }) => [place, value])).toEqual([
      ['/try/0', null],
      ['/try/1', 'a'],
    ])
  })
  it('agrees with the compiled form, items included', () => {
    const logic = { map: [{ var: 'list' }, { '*': [{ var: '' }, 2] }] }
    const scope = { list: [1, 2] }
    expect(evaluateTraced(logic, scope, env).value).toEqual(compileLogic(logic)(scope, env))
  })
})

import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { references } from '#core/logic/references.ts'
import { ThrownError } from '#core/logic/thrown.ts'

const at = Date.UTC(2026, 10, 23, 12)
const run = (logic: Json, scope: JsonObject = {}) => compileLogic(logic)(scope, { at })

function problem(logic: Json): LogicError {
  try {
    compileLogic(logic)
  } catch (error) {
    if (error instanceof LogicError) return error
    throw error
  }
  throw new Error('it compiled')
}

describe('null', () => {
  const belowCutOff = { lt: [{ var: 'bureau.score' }, 670] }

  it('[R12] never takes a missing bureau score for one below 670', () => {
    expect(run(belowCutOff, {})).toBeNull()
    expect(run(belowCutOff, { bureau: {} })).toBeNull()
    expect(run(belowCutOff, { bureau: { score: null } })).toBeNull()
    expect(run(belowCutOff, { bureau: { score: '600' } })).toBeNull()
    expect(run(belowCutOff, { bureau: { score: 669 } })).toBe(true)
    expect(run(belowCutOff, { bureau: { score: 670 } })).toBe(false)
    // What JsonLogic's own operator would say, and why authored logic does not use it.
    expect(run({ '<': [{ var: 'bureau.score' }, 670] }, {})).toBe(true)
  })

  it.each<[Json, Json]>([
    [{ all_of: [true, null] }, null],
    [{ all_of: [null, false] }, false],
    [{ all_of: [] }, true],
    [{ all_of: [true, 1] }, null],
    [{ any_of: [false, null] }, null],
    [{ any_of: [null, true] }, true],
    [{ any_of: [] }, false],
    [{ not: null }, null],
    [{ not: true }, false],
    [{ not: 1 }, null],
    [{ eq: [null, null] }, null],
    [{ eq: [1, '1'] }, null],
    [{ ne: [1, '1'] }, null],
    [{ ne: [null, 'SALARIED'] }, null],
    [
      {
        eq: [
          [1, [2]],
          [1, [2]],
        ],
      },
      true,
    ],
    [{ eq: [true, false] }, false],
    [{ lt: ['a', 'b'] }, true],
    [{ lt: ['2026-01-31', '2026-02-01'] }, true],
    [{ lt: [true, false] }, null],
    [{ gte: [2, 2] }, true],
    [{ between: [670, 670, 900] }, true],
    [{ between: [null, 1, 2] }, null],
    [{ between: [5, null, 2] }, false],
    [{ in_list: ['A', ['A', 'B']] }, true],
    [{ in_list: [null, ['A']] }, null],
    [{ in_list: ['C', ['A', null]] }, null],
    [{ in_list: [1, ['1']] }, null],
    [{ in_list: [1, []] }, false],
    [{ plus: [1, null] }, null],
    [{ plus: [1, '2'] }, null],
    [{ plus: [1, 2, 3] }, 6],
    [{ divide: [1, 0] }, null],
    [{ modulo: [-5, 3] }, 1],
    [{ modulo: [5, -3] }, -1],
    [{ power: [1.01, 12] }, 1.1268250301319698],
    [{ round: [2.5] }, 3],
    [{ round: [-1.005, 2] }, -1.01],
    [{ sum_of: [[1, 2, 3]] }, 6],
    [{ sum_of: [[]] }, null],
    [{ sum_of: [[1, null]] }, null],
    [{ min_of: [3, 1, 2] }, 1],
    [{ max_of: [['b', 'a']] }, 'b'],
    [{ max_of: [1, 'a'] }, null],
    [{ count_of: [[1, null]] }, 2],
    [{ count_of: null }, null],
    [{ if_then: [null, 'yes', 'no'] }, 'no'],
    [{ coalesce: [null, 0, 1] }, 0],
    [{ is_missing: null }, true],
    [{ is_present: 0 }, true],
    [{ concat: ['A', 1, true] }, 'A1true'],
    [{ concat: ['A', null] }, null],
    [{ upper: 'abc' }, 'ABC'],
    [{ starts_with: ['ABCDE', 'AB'] }, true],
    [{ contains: [null, 'AB'] }, null],
    [{ length: '₹😀' }, 2],
    [{ days_between: ['2026-02-28', '2026-03-01'] }, 1],
    [{ months_between: ['2026-01-31', '2026-02-28'] }, 0],
    [{ months_between: ['2026-02-28', '2026-01-31'] }, 0],
    [{ years_between: ['1990-11-24', '2026-11-23'] }, 35],
    [{ days_between: ['2026-02-30', '2026-03-01'] }, null],
    [{ add_months: ['2026-01-31', 1] }, '2026-02-28'],
    [{ today: [] }, '2026-11-23'],
    [{ context: ['a', { plus: [1, 1] }, 'b', null] }, { a: 2, b: null }],
  ])('%j is %j', (logic, value) => expect(run(logic)).toEqual(value))

  it('[R22] has the instalment of the known vector', () => {
    expect(run({ emi: [500_000, 14, 36] })).toBe(17_088.81)
    expect(run({ emi: [120_000, 0, 12] })).toBe(10_000)
    expect(run({ emi: [120_000, 12, 0] })).toBeNull()
  })

  it('knows the day in India where it is past midnight there', () => {
    const evening = Date.UTC(2026, 10, 23, 19)
    expect(compileLogic({ today: [] })({}, { at: evening })).toBe('2026-11-24')
    expect(compileLogic({ today: [] })({}, { at: evening, offset: 0 })).toBe('2026-11-23')
  })
})

describe('paths', () => {
  it.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'a.__proto__.b',
    'a.constructor.name',
    'list.map',
  ])('[R15] %s reads no prototype', (path) => {
    const scope = { a: {}, list: [1], text: 'x' }
    expect(run({ var: path }, scope)).toBeNull()
    expect(run({ var: [{ cat: [path] }, 'none'] }, scope)).toBe('none')
    expect(run({ missing: [path] }, scope)).toEqual([path])
  })
  it('reads an own property that bears the name of an inherited one', () => {
    expect(run({ var: 'a.toString' }, { a: { toString: 5 } })).toBe(5)
  })
  it.each(['__proto__', 'constructor', 'prototype'])(
    '[R15] never reads or writes an own %s',
    (name) => {
      const hostile = JSON.parse(`{"${name}":{"admin":true},"a":1}`) as JsonObject
      expect(run({ var: `${name}.admin` }, hostile)).toBeNull()
      expect(run({ var: [{ concat: [name, '.admin'] }] }, hostile)).toBeNull()
      expect(problem({ context: [name, 1] }).code).toBe('LOGIC_FORBIDDEN_NAME')
      expect(({} as { admin?: boolean }).admin).toBeUndefined()
    },
  )
  it('reads lists by index, and the length of lists and texts', () => {
    expect(run({ var: 'a.1.b' }, { a: [0, { b: 2 }] })).toBe(2)
    expect(run({ var: 'a.length' }, { a: [0, 1] })).toBe(2)
  })
  it('takes the fallback only where nothing is there', () => {
    expect(run({ var: ['a.b', 7] }, { a: { b: null } })).toBeNull()
    expect(run({ var: ['a.b', 7] }, { a: {} })).toBe(7)
    expect(run({ var: ['a.b', { var: 'c' }] }, { a: null, c: 3 })).toBe(3)
  })
})

describe('[R530] rules that throw', () => {
  const code = (logic: Json): string | undefined => {
    try {
      run(logic, { who: 'Asha' })
    } catch (error) {
      if (error instanceof ThrownError) return error.code
    }
    return undefined
  }
  it('throw where they are evaluated, and say nothing of the case', () => {
    expect(code({ throw: { var: 'who' } })).toBe('LOGIC_THROWN')
    expect(new ThrownError('Asha').message).not.toContain('Asha')
    expect(run({ if: [true, 'A', { throw: 'late' }] })).toBe('A')
    expect(run({ '<': [3, 2, { throw: 'late' }] })).toBe(false)
  })
  it('go on behind a try, from what was thrown', () => {
    expect(run({ try: [{ throw: 'no bureau' }, { var: 'type' }] })).toBe('no bureau')
    expect(
      run({ try: [{ throw: { var: 'peer' } }, { var: 'name' }] }, { peer: { name: 'B' } }),
    ).toBe('B')
    expect(code({ try: [{ throw: 'a' }, { throw: 'b' }] })).toBe('LOGIC_THROWN')
  })
  it('take what is no number for an error within a try, and nowhere else', () => {
    expect(run({ '/': [1, 0] })).toBeNull()
    expect(run({ try: [{ map: [[0], { '/': [1, { var: '' }] }] }, { var: 'type' }] })).toBe('NaN')
  })
  it('read the scope in their first part alone', () => {
    expect(references({ try: [{ var: 'a.b' }, { var: 'type' }] })).toEqual([['a', 'b']])
  })
})

describe('refusals', () => {
  it('names the operator and the place', () => {
    const error = problem({ all_of: [true, { plus: [1, { 'a/b': 2 }] }] })
    expect(error.code).toBe('LOGIC_UNKNOWN_OPERATOR')
    expect(error.place).toBe('/all_of/1/plus/1')
    expect(error.message).toContain('"a/b"')
    expect(error.message).toContain('/all_of/1/plus/1')
  })
  it('refuses a wrong number of arguments', () => {
    expect(problem({ lt: [1] }).params).toMatchObject({ expected: '2', given: 1 })
    expect(problem({ not: [] }).code).toBe('LOGIC_ARGUMENTS')
    expect(problem({ context: ['a'] }).code).toBe('LOGIC_ARGUMENTS')
  })
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '[R16] knows no operator %s',
    (name) => {
      expect(problem(JSON.parse(`{"${name}":[1]}`) as Json).code).toBe('LOGIC_UNKNOWN_OPERATOR')
    },
  )
  it('reports every problem at once', () => {
    expect(checkLogic({ all_of: [{ nope: 1 }, { lt: [1] }] }).map((p) => p.place)).toEqual([
      '/all_of/0',
      '/all_of/1',
    ])
  })
  it('[R17] refuses what nests too deep or is too large, without hanging', () => {
    let deep: Json = 1
    for (let i = 0; i < 100_000; i++) deep = { not: [deep] }
    expect(problem(deep).code).toBe('LOGIC_TOO_DEEP')
    expect(problem(Array.from({ length: 100_001 }, () => 1)).code).toBe('LOGIC_TOO_LARGE')
  })
  it('coerces hostile objects without calling into them', () => {
    const hostile: JsonObject = { a: { toString: 1, valueOf: 2, indexOf: 3 } }
    expect(run({ '==': [{ var: 'a' }, 1] }, hostile)).toBe(false)
    expect(run({ cat: [{ var: 'a' }] }, hostile)).toBe('[object Object]')
    expect(run({ in: [1, { var: 'a' }] }, hostile)).toBe(false)
    expect(run({ '+': [{ var: 'a' }, 1] }, hostile)).toBeNull()
  })
})

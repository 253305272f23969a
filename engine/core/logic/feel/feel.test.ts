import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBuilder, toBuilder } from '#core/logic/builder.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { feelFunctions } from '#core/logic/feel/functions.ts'
import { parseCell, parseFeel } from '#core/logic/feel/parse.ts'
import { printCell } from '#core/logic/feel/print-cell.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { kindNames } from '#core/logic/operators/kind.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'

const env = { at: Date.UTC(2026, 10, 23, 12) }
const logicOf = (text: string): Json => {
  const result = parseFeel(text)
  if ('problems' in result) throw new Error(`${text}: ${JSON.stringify(result.problems)}`)
  return result.logic
}
const cellOf = (text: string): Json => {
  const result = parseCell(text)
  if ('problems' in result) throw new Error(`${text}: ${JSON.stringify(result.problems)}`)
  return result.logic
}
const problemOf = (text: string, read: typeof parseFeel = parseFeel) => {
  const result = read(text)
  return 'problems' in result ? result.problems[0] : undefined
}
const value = (text: string, data: JsonObject = {}): Json => compileLogic(logicOf(text))(data, env)

const scalar = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.boolean(),
)
const path = fc
  .constantFrom('a', 'b.c', 'loan.amount', 'x', 'applicant.monthly_income', '?')
  .map((name): Json => ({ var: name }))

/** The same with every path a field of the element first. */
function ofElement(logic: Json): Json {
  if (Array.isArray(logic)) return (logic as readonly Json[]).map(ofElement)
  if (logic === null || typeof logic !== 'object') return logic
  const { var: name } = logic as { readonly var?: Json }
  if (typeof name === 'string' && name !== '?') return { var: [`_item.${name}`, { var: name }] }
  return Object.fromEntries(
    Object.entries(logic as JsonObject).map(([key, part]) => [key, ofElement(part)]),
  )
}

const argumentsOf = (id: OperatorId, logic: fc.Arbitrary<Json>): fc.Arbitrary<Json> => {
  if (id === 'context') {
    return fc.dictionary(fc.string({ maxLength: 4 }), logic, { maxKeys: 3 }).map((all): Json => ({
      context: Object.entries(all)
        .filter(([name]) => !['__proto__', 'constructor', 'prototype'].includes(name))
        .flat(),
    }))
  }
  const { min, max, form } = operators[id]
  if (id === 'is_kind')
    return fc
      .tuple(logic, fc.constantFrom(...kindNames))
      .map(([value, name]): Json => ({ is_kind: [value, name] }))
  if (id === 'joined_each')
    return fc.tuple(logic, logic, logic, logic).map(([list, from, to, body]): Json => ({
      joined_each: [
        list,
        {
          as: 'x',
          do: { for_each: [{ numbers_from: [from, to] }, { as: 'each', do: body }] },
        },
      ],
    }))
  const list = fc.oneof(path, fc.array(scalar, { maxLength: 3 }))
  if (id === 'items_where')
    return fc
      .tuple(list, logic, fc.boolean())
      .map(([items, body, bare]): Json =>
        bare
          ? { items_where: [items, { as: '_item', do: ofElement(body) }] }
          : { items_where: [items, { as: 'item', do: { eq: [{ var: 'item.x' }, body] } }] },
      )
  if (id === 'with_name')
    return fc.tuple(logic, logic).map(([a, b]): Json => ({
      with_name: [
        a,
        {
          as: 'a',
          do: {
            with_name: [
              { times: [{ var: 'a' }, b] },
              { as: '_2_b_c', do: { context: ['a', { var: 'a' }, 'b c', { var: '_2_b_c' }] } },
            ],
          },
        },
      ],
    }))
  if (form.kind === 'scoped') {
    const partial = id === 'grown_each' ? [{ count_of: [{ var: 'partial' }] }] : []
    return fc.tuple(list, fc.constantFrom('x', 'each'), logic).map(([items, as, body]): Json => ({
      [id]: [items, { as, do: { coalesce: [{ var: as }, body, ...partial] } }],
    }))
  }
  return fc
    .array(logic, { minLength: min, maxLength: Math.min(max, min + 2) })
    .map((args): Json => ({ [id]: args }))
}
const authored = fc.letrec<{ logic: Json }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.constant(null),
    path,
    fc.array(tie('logic'), { maxLength: 3 }),
    ...(Object.keys(operators) as OperatorId[]).map((id) => argumentsOf(id, tie('logic'))),
  ),
})).logic

/** What no text says: an `eq` or `ne` with a written null, and a sum or product of fewer than two. */
const sayable = (logic: Json): boolean => printFeel(logic) !== null

describe('FEEL text', () => {
  it('[R400] Authored logic written as FEEL text reads back as the same logic.', () => {
    let said = 0
    fc.assert(
      fc.property(authored, (logic) => {
        const text = printFeel(logic)
        if (text === null) return
        said += 1
        expect(parseFeel(text), text).toEqual({ logic })
      }),
      { numRuns: 4000 },
    )
    expect(said).toBeGreaterThan(2000)
  })

  it('[R401] A cell’s condition written as text reads back as a condition with the same result for every value.', () => {
    const tested: Json = { var: '?' }
    const comparison = fc
      .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), scalar)
      .map(([id, limit]): Json => ({ [id]: [tested, limit] }))
    const one = fc.oneof(
      comparison,
      fc.constantFrom<Json>({ is_missing: [tested] }, { is_present: [tested] }),
      fc.tuple(scalar, scalar).map(([a, b]): Json => ({ between: [tested, a, b] })),
      fc
        .tuple(scalar, scalar, fc.constantFrom('lt', 'lte'))
        .map(([a, b, id]): Json => ({ all_of: [{ gt: [tested, a] }, { [id]: [tested, b] }] })),
      fc.array(scalar, { minLength: 2, maxLength: 4 }).map((l): Json => ({ in_list: [tested, l] })),
      fc.array(comparison, { minLength: 2, maxLength: 3 }).map((l): Json => ({ any_of: l })),
    )
    const cell = fc.oneof(
      one,
      one.map((inner): Json => ({ not: [inner] })),
      scalar,
      fc.constant(null),
    )
    fc.assert(
      fc.property(cell, fc.array(scalar, { minLength: 5, maxLength: 8 }), (logic, values) => {
        const text = printCell(logic)
        expect(text).not.toBeNull()
        const back = cellOf(text as string)
        const test = (condition: Json): Json =>
          condition === null || typeof condition === 'object'
            ? condition
            : { eq: [tested, condition] }
        for (const each of [...values, null])
          expect(compileLogic(test(back))({ '?': each }, env), text as string).toEqual(
            compileLogic(test(logic))({ '?': each }, env),
          )
        expect(printCell(back)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('[R402] A condition goes from the form to text and back.', () => {
    const condition = fc
      .tuple(
        fc.constantFrom('lt', 'gte', 'eq', 'ne', 'starts_with', 'is_missing', 'between', 'in_list'),
        scalar,
        scalar,
      )
      .map(([id, a, b]): Json => {
        const left = { var: 'loan.amount' }
        if (id === 'is_missing') return { [id]: [left] }
        if (id === 'in_list') return { [id]: [left, [a, b]] }
        return { [id]: id === 'between' ? [left, a, b] : [left, a] }
      })
    const group = fc.letrec<{ item: Json }>((tie) => ({
      item: fc.oneof(
        { maxDepth: 3 },
        condition,
        fc
          .tuple(fc.constantFrom('all_of', 'any_of'), fc.array(tie('item'), { maxLength: 3 }))
          .map(([id, items]): Json => ({ [id]: items })),
      ),
    })).item
    fc.assert(
      fc.property(group, (logic) => {
        const form = toBuilder(logic)
        expect(form).not.toBeNull()
        const stored = fromBuilder(form as NonNullable<typeof form>)
        expect(logicOf(printFeel(stored) ?? '')).toEqual(logic)
      }),
    )
  })

  it('reads what DMN writes', () => {
    expect(value('5+2**5+3')).toBe(40)
    expect(value('5+2**(5+3)')).toBe(261)
    expect(value('10 + 20 / -5 - 3')).toBe(3)
    expect(value('(10+5)*(-5*3)')).toBe(-225)
    expect(value('10--5')).toBe(15)
    expect(value('-.872')).toBe(-0.872)
    expect(value('10 / null')).toBeNull()
    expect(value('"Hello " + name', { name: 'Asha' })).toBe('Hello Asha')
    expect(value('if a > 1 then "x" else "y"', { a: 2 })).toBe('x')
    expect(value('a and b', { a: true, b: null })).toBeNull()
    expect(value('a or b', { a: true, b: null })).toBe(true)
    expect(value('not(a)', { a: null })).toBeNull()
    expect(value('x in [1..3)', { x: 3 })).toBe(false)
    expect(value('x in (1, 2)', { x: 2 })).toBe(true)
    expect(value('x = null')).toBe(true)
    expect(value('x != null', { x: 0 })).toBe(true)
    expect(value('[1, 2, 3][item > 1]')).toEqual([2, 3])
    expect(value('list[-1]', { list: [1, 2] })).toBe(2)
    expect(value('some x in list satisfies x > limit', { list: [1, 5], limit: 4 })).toBe(true)
    expect(value('every x in list, y in list satisfies x + y > 1', { list: [1, 5] })).toBe(true)
    expect(value('for x in list return x * 2', { list: [1, 5] })).toEqual([2, 10])
    expect(value('list[item.kind = "EMI"].amount', { list: [{ kind: 'EMI', amount: 3 }] })).toEqual(
      [3],
    )
    expect(value('{a: 1, "b c": 2}')).toEqual({ a: 1, 'b c': 2 })
    expect(value('date("2026-04-01") > @"2026-03-31"')).toBe(true)
    expect(value('substring("Metis", -2)')).toBe('is')
    expect(value('upper case("a") + string(1)')).toBe('A1')
    expect(value('"a\\n\\u00e9\\"b"')).toBe('a\né"b')
  })

  it('gives each operator its place', () => {
    const [x, y, z] = ['x', 'y', 'z'].map((name): Json => ({ var: name }))
    const within: Json = { in_list: [x as Json, [1]] }
    expect(logicOf('x in [1] and y and z')).toEqual({ all_of: [within, y, z] })
    expect(logicOf('y or x in [1] and y or z')).toEqual({
      any_of: [y, { all_of: [within, y] }, z],
    })
    expect(logicOf('x in [1..2) or y')).toEqual({
      any_of: [{ all_of: [{ gte: [x, 1] }, { lt: [x, 2] }] }, y],
    })
    expect(logicOf('y and (x in (1, 2) or z)')).toEqual({
      all_of: [y, { any_of: [{ in_list: [x, [1, 2]] }, z] }],
    })
    expect(logicOf('-3 ** 2')).toEqual({ power: [-3, 2] })
    expect(logicOf('null != x')).toEqual({ is_present: [x] })
    expect(parseFeel('Net-Amount - 1', { names: new Map([['Net-Amount', 'net']]) })).toEqual({
      logic: { minus: [{ var: 'net' }, 1] },
    })
    expect(printFeel({ plus: [1e21, -1e-7] })).toBe('1000000000000000000000 + -0.0000001')
  })

  it('reads unary tests', () => {
    expect(cellOf('-')).toBeNull()
    expect(cellOf('> 700')).toEqual({ gt: [{ var: '?' }, 700] })
    expect(cellOf('[650..700)')).toEqual({
      all_of: [{ gte: [{ var: '?' }, 650] }, { lt: [{ var: '?' }, 700] }],
    })
    expect(cellOf('"SALARIED","SELF"')).toEqual({ in_list: [{ var: '?' }, ['SALARIED', 'SELF']] })
    expect(cellOf('not("A", > 3)')).toEqual({
      not: [{ any_of: [{ eq: [{ var: '?' }, 'A'] }, { gt: [{ var: '?' }, 3] }] }],
    })
    expect(cellOf('null')).toEqual({ is_missing: [{ var: '?' }] })
    expect(cellOf('not(null)')).toEqual({ is_present: [{ var: '?' }] })
    expect(cellOf('contains(?, "x")')).toEqual({ contains: [{ var: '?' }, 'x'] })
    expect(cellOf('< loan.amount * 2')).toEqual({
      lt: [{ var: '?' }, { times: [{ var: 'loan.amount' }, 2] }],
    })
  })

  it('[R403] Text that is no logic is refused with the place and what to do; nothing hangs, no prototype is named.', () => {
    expect(problemOf('loan.amount >')).toMatchObject({ code: 'FEEL_ENDS' })
    expect(problemOf('1 + ) 2')?.code).toBe('FEEL_SYNTAX')
    expect(problemOf('1 + ) 2')?.from).toBe(4)
    expect(problemOf('a.__proto__.b')?.code).toBe('FEEL_NAME')
    expect(problemOf('{constructor: 1}')?.code).toBe('FEEL_NAME')
    expect(problemOf('nope(1)')).toMatchObject({ code: 'FEEL_FUNCTION', from: 0, to: 4 })
    expect(problemOf('substring("a")')?.code).toBe('FEEL_ARGUMENTS')
    expect(problemOf('function(x) x + 1')?.code).toBe('FEEL_UNSUPPORTED')
    expect(problemOf('date("2026-02-30")')?.code).toBe('FEEL_DAY')
    expect(problemOf('3 4', parseCell)?.code).toBe('FEEL_SYNTAX')
    for (const depth of [90, 150, 1500])
      expect(problemOf(`${'abs('.repeat(depth)}1${')'.repeat(depth)}`)?.code ?? 'read').toMatch(
        depth < 100 ? /^read$/ : /^FEEL_TOO_DEEP$/,
      )
    expect(problemOf('sort(list, function(x, y) x + y)')?.code).toBe('FEEL_FUNCTION_USE')
    expect(problemOf('sort(list, function(x, y) x.a < y.b)')?.code).toBe('FEEL_FUNCTION_USE')
    expect(problemOf('matches(name, "(a")')?.code).toBe('FEEL_PATTERN')
    expect(problemOf('matches(name, "(a)\\\\1")')?.code).toBe('FEEL_PATTERN')
    expect(problemOf('matches(name, "((a{30}){30}){30}")')?.code).toBe('FEEL_PATTERN')
    expect(problemOf('a'.repeat(200_000))?.code).toBe('FEEL_TOO_LONG')
    for (const [part, times] of [
      [',1', 50_000],
      ['{a:', 3_000],
      ['if a then ', 900],
      [' - a', 2_000],
      ['a ', 4_000],
    ] as const)
      expect(problemOf(`[1${part.repeat(times)}`)).toBeDefined()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const result of [parseFeel(text), parseCell(text)])
          expect('logic' in result || result.problems.length > 0).toBe(true)
      }),
    )
  })

  it('[R405] An iteration goes over runs of numbers and over several lists, the later ones within the earlier.', () => {
    expect(value('for i in 1..3 return i * i')).toEqual([1, 4, 9])
    expect(value('for i in 3..1 return i')).toEqual([3, 2, 1])
    expect(value('for i in 1..n return i', { n: 1_000_000 })).toBeNull()
    expect(value('for i in 1..n return i', { n: null })).toBeNull()
    expect(value('for a in 1..n, b in 1..n, c in 1..n return 1', { n: 1000 })).toBeNull()
    expect(value('some i in 1..3 satisfies i > 2')).toBe(true)
    expect(value('for x in [1, 2], y in [x, 10] return [x, y]')).toEqual([
      [1, 1],
      [1, 10],
      [2, 2],
      [2, 10],
    ])
    expect(value('for x in 1..2, y in 1..2, z in 1..2 return x * y * z')).toEqual([
      1, 2, 2, 4, 2, 4, 4, 8,
    ])
    expect(printFeel(logicOf('for x in 1..2, y in list return x + y'))).toBe(
      'for x in 1..2, y in list return x + y',
    )
  })

  it('[R406] A value is asked for its kind; nothing is of a kind that is missing.', () => {
    const kindsOf = (given: Json): string[] =>
      kindNames.filter((name) => value(`x instance of ${name}`, { x: given }) === true)
    expect(kindsOf(null)).toEqual([])
    expect(kindsOf(1)).toEqual(['Any', 'number'])
    expect(kindsOf(true)).toEqual(['Any', 'boolean'])
    expect(kindsOf([1])).toEqual(['Any', 'list'])
    expect(kindsOf({ a: 1 })).toEqual(['Any', 'context'])
    expect(kindsOf('SELF')).toEqual(['Any', 'string'])
    expect(kindsOf('2026-04-01')).toEqual(['Any', 'string', 'date'])
    expect(kindsOf('09:30:00')).toEqual(['Any', 'string', 'time'])
    expect(kindsOf('2026-04-01T09:30:00Z')).toEqual(['Any', 'string', 'date and time'])
    expect(kindsOf('P1Y')).toEqual(['Any', 'string', 'years and months duration'])
    expect(kindsOf('P0M')).toEqual(['Any', 'string', 'years and months duration'])
    expect(kindsOf('P1D')).toEqual(['Any', 'string', 'days and time duration'])
    expect(kindsOf('PT1M')).toEqual(['Any', 'string', 'days and time duration'])
    expect(problemOf('x instance of money')).toMatchObject({ code: 'FEEL_KIND', from: 14, to: 19 })
    expect(problemOf('x instance of constructor')?.code).toBe('FEEL_KIND')
  })

  it('[R407] Arguments are given by name in any order; a name that the function does not have is refused with its place.', () => {
    expect(logicOf('substring(start position: 2, string: name)')).toEqual(
      logicOf('substring(name, 2)'),
    )
    expect(value('modulo(divisor: 5, dividend: 12)')).toBe(2)
    expect(value('list contains(element: 2, list: [1, 2])')).toBe(true)
    expect(value('date(year: 2026, month: 4, day: 1)')).toBe('2026-04-01')
    expect(logicOf('duration(from: "P1Y")')).toEqual(logicOf('duration("P1Y")'))
    expect(value('contains(match: "b", string: "abc")')).toBe(true)
    expect(problemOf('abs(x: 1)')).toMatchObject({ code: 'FEEL_PARAMETER', from: 4, to: 5 })
    expect(problemOf('abs(n: 1, n: 2)')).toMatchObject({ code: 'FEEL_PARAMETER', from: 10 })
    expect(problemOf('substring(string: "a")')?.code).toBe('FEEL_ARGUMENTS')
    expect(problemOf('nope(x: 1)')?.code).toBe('FEEL_FUNCTION')
    expect(problemOf('concat(__proto__: 1)')?.code).toBe('FEEL_PARAMETER')
  })

  it('[R600] A filter’s bare names are the element’s fields where it has them, else names of outside; with “item” they are those of outside.', () => {
    const loans = [
      { amount: 3, kind: 'EMI', parts: [{ amount: 5 }, { amount: 9 }] },
      { amount: 8, kind: 'CARD', parts: [{ amount: 9 }, { paid: 1 }] },
    ]
    const data = { loans, limit: 5, kind: 'CARD', amount: 100 }
    expect(value('loans[amount > limit].amount', data)).toEqual([8])
    expect(value('loans[kind = "EMI" and amount < 5][1].amount', data)).toBe(3)
    expect(value('count(loans[count(parts[amount > 8]) = 2])', data)).toBe(0)
    expect(value('loans[count(parts[amount > limit]) >= 1].amount', data)).toEqual([3, 8])
    // The inner element has no `kind`: the outer one’s is read, then the name of outside.
    expect(value('loans[count(parts[kind = "EMI"]) = 2].amount', data)).toEqual([3])
    expect(value('for x in loans return count(x.parts[amount = 9])', data)).toEqual([1, 1])
    expect(value('loans[item.amount < amount].amount', data)).toEqual([3, 8])
    expect(value('loans[2].kind', data)).toBe('CARD')
    expect(value('loans[n].kind', { ...data, n: -1 })).toBe('CARD')
    for (const text of [
      'loans[amount > limit]',
      'loans[count(parts[amount > 8 and kind = "EMI"]) > 0]',
      'loans[item.amount > limit]',
      'loans[count(parts[item.amount > 8]) > limit]',
      'for x in loans return x.parts[amount > x.amount]',
    ])
      expect(printFeel(logicOf(text)), text).toBe(text)
    // As DMN has it, also beside `item`.
    const read = parseFeel('loans[item.amount < 5 and kind = "EMI"]', { elementFirst: true })
    expect('logic' in read && compileLogic(read.logic)(data, env)).toEqual([loans[0]])
  })

  it('[R601] An entry of an object reads the entries before it, each worked out once.', () => {
    expect(value('{a: 1, b: a + 1, c: a + b}')).toEqual({ a: 1, b: 2, c: 3 })
    expect(value('{a: b, b: 1, c: b}', { b: 7 })).toEqual({ a: 7, b: 1, c: 1 })
    expect(value('{monthly fee: 10, total: monthly fee * 12}.total')).toBe(120)
    expect(value('{a: x, b: {c: a, d: c + 1}}', { x: 4 })).toEqual({ a: 4, b: { c: 4, d: 5 } })
    expect(printFeel(logicOf('{a: 1, "b c": a + 1, d: b c * a}'))).toBe(
      '{"a": 1, "b c": a + 1, "d": b c * a}',
    )
  })

  it('[R602] Lists are sorted by what a function compares, grow by what came before, and lists of objects give a field.', () => {
    const list = [
      { n: 'b', v: 2 },
      { n: 'a', v: 1 },
      { n: 'c', v: 2 },
    ]
    expect(value('sort(list, function(x, y) x.v < y.v).n', { list })).toEqual(['a', 'b', 'c'])
    expect(value('sort(list, function(p, q) p.v > q.v).n', { list })).toEqual(['b', 'c', 'a'])
    expect(value('sort(list, function(p, q) q.n > p.n).n', { list })).toEqual(['a', 'b', 'c'])
    expect(value('sort([2, null], function(x, y) x < y)')).toBeNull()
    expect(printFeel(logicOf('sort(list, function(p, q) p.v + b > q.v + b)'))).toBe(
      'sort(list, function(p, x) p.v + b > x.v + b)',
    )
    expect(value('for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]')).toEqual([
      1, 1, 2, 3, 5,
    ])
    expect(value('for i in 1..3 return partial')).toEqual([[], [[]], [[], [[]]]])
    expect(value('list replace([1, 5, 9], function(x, new) x > 4, 0)')).toEqual([1, 0, 0])
    const isList = (path: string): boolean => path === 'list'
    const read = parseFeel('list.v', { isList })
    expect('logic' in read && compileLogic(read.logic)({ list }, env)).toEqual([2, 1, 2])
  })

  it('[R603] Ranges are values: made, tested and set against one another as DMN’s table 78 has it.', () => {
    expect(value('[1..5)')).toEqual({
      start: 1,
      end: 5,
      'start included': true,
      'end included': false,
    })
    expect(value('[5..1]')).toBeNull()
    expect(value('x in r', { x: 5, r: value('[1..5)') })).toBe(false)
    expect(value('x in r', { x: null, r: value('[1..5)') })).toBeNull()
    const truths: Record<string, boolean> = {
      'before(1, 10)': true,
      'before(1, [1..10])': false,
      'before(1, (1..10])': true,
      'before([1..10), [10..20])': true,
      'after([11..20], [1..11))': true,
      'meets([1..5], [5..10])': true,
      'meets([1..5), [5..10])': false,
      'met by([5..10], [1..5])': true,
      'overlaps([1..5], [3..8])': true,
      'overlaps([1..5], (5..8])': false,
      'overlaps before([1..5], [3..8])': true,
      'overlaps before([1..5), [5..8])': false,
      'overlaps after([3..8], [1..5])': true,
      'finishes(10, [1..10])': true,
      'finishes([5..10), [1..10])': false,
      'finished by([1..10], [5..10])': true,
      'includes([1..10], 5)': true,
      'includes((1..10], [1..5])': false,
      'during([4..6], [1..10))': true,
      'starts(1, [1..10])': true,
      'starts((1..5], (1..10])': true,
      'started by([1..10], 1)': true,
      'coincides([1..5], [1..5)) ': false,
      'coincides(5, 5)': true,
    }
    for (const [text, truth] of Object.entries(truths)) expect(value(text), text).toBe(truth)
    expect(value('before(1, "a")')).toBeNull()
    expect(printFeel(logicOf('overlaps([a..b), (1..2])'))).toBe('overlaps([a..b), (1..2])')
  })

  it('[R604] DMN’s functions over numbers, texts, lists, objects and days give what DMN says.', () => {
    const results: Record<string, Json> = {
      'round up(5.5, 0)': 6,
      'round up(-1.126, 2)': -1.13,
      'round down(-5.5)': -5,
      'round half down(2.5)': 2,
      'round half down(-1.126, 2)': -1.13,
      'decimal(2.5, 0)': 2,
      'decimal(1/3, 2)': 0.33,
      'decimal(1.115, 2)': 1.12,
      'decimal(3.5)': 4,
      'stddev([2, 4, 7, 5])': 2.0816659994661326,
      'mode([6, 1, 9, 6, 1])': [1, 6],
      'mode([])': [],
      'insert before([1, 3], 2, 2)': [1, 2, 3],
      'remove([1, 2, 3], -1)': [1, 2],
      'remove([1], 2)': null,
      'list replace([2, 4], 2, 6)': [2, 6],
      'context([{key: "a", value: 1}, {key: "b", value: null}])': { a: 1, b: null },
      'context([{key: "a", value: 1}, {key: "a", value: 2}])': null,
      'context put({a: 1}, "b", 2)': { a: 1, b: 2 },
      'context put({a: {b: 1}}, ["a", "c"], 2)': { a: { b: 1, c: 2 } },
      'context merge([{a: 1, b: 1}, {b: 2}])': { a: 1, b: 2 },
      'is(null, null)': true,
      'is(1, "1")': false,
      'day of week("2019-09-17")': 'Tuesday',
      'day of year("2019-09-17")': 260,
      'month of year("2019-09-17")': 'September',
      'week of year("2019-09-17")': 38,
      'week of year("2003-12-29")': 1,
      'week of year("2004-01-04")': 1,
      'week of year("2005-01-01")': 53,
      'matches("foobar", "^fo*b")': true,
      'matches("FOO", "foo", "i")': true,
      'replace("abracadabra", "bra", "*")': 'a*cada*',
      'replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")': '[1=ab][2=]cd',
      'replace("1.50", "\\\\.", ",")': '1,50',
      'split("John Doe", "\\\\s")': ['John', 'Doe'],
      'split("a;b;c;;", ";")': ['a', 'b', 'c', '', ''],
      'split text("a|b", "|")': ['a', 'b'],
      'number("1 000,0", " ", ",")': 1000,
      'number("1,000.0", ",", ".")': 1000,
      'number("1.000", ".", null)': 1000,
      'number("1,5")': null,
    }
    for (const [text, expected] of Object.entries(results))
      expect(value(text.replaceAll('\\\\\\\\', '\\\\')), text).toEqual(expected)
  })

  it('offers every function that it reads', () => {
    for (const { name, signature } of feelFunctions) {
      expect(signature.startsWith(`${name}(`)).toBe(true)
      expect(problemOf(`${name}()`)?.code ?? 'read').not.toBe('FEEL_FUNCTION')
    }
    expect(sayable({ '+': [1, 2] })).toBe(false)
    expect(sayable('a'.repeat(10_000))).toBe(false)
  })
})

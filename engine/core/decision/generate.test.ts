import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import { compileDecision, compileProgram } from '#core/decision/compile.ts'
import { generate, type BuildFunction } from '#core/decision/generate.ts'
import { MetisError } from '#core/errors.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { registerOperators } from '#core/logic/register.ts'
import { buildFunction } from '#engine/adapters/code/build-function.ts'

const at = Date.UTC(2026, 5, 15)

/** Names that mean something to a program, and texts that would end a literal. */
const hostile = [
  '"];throw 1//',
  "'",
  '`${1}',
  '\\',
  '\u2028',
  '\n',
  '</script>',
  'toString',
  'length',
]
const number = fc.integer({ min: -2, max: 3 })
const constant = fc.oneof(
  number,
  fc.constantFrom<Json>('a', 'b', null, true, false, 0.5, ...hostile),
)
const names = [
  'x',
  'y',
  'who.age',
  'who',
  'input.x',
  'none',
  'e',
  's',
  ...hostile.map((key) => `who.${key}`),
]
const place = fc.constantFrom(...names, ...hostile).map((name): Json => ({ var: name }))
const operand = fc.oneof(place, constant)
const condition: fc.Arbitrary<Json> = fc.letrec<{ condition: Json }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), operand, operand)
      .map(([o, a, b]): Json => ({ [o]: [a, b] })),
    fc
      .tuple(fc.constantFrom('is_missing', 'is_present'), operand)
      .map(([o, a]): Json => ({ [o]: [a] })),
    fc.tuple(operand, constant, constant).map((args): Json => ({ between: args })),
    fc
      .tuple(operand, fc.array(fc.oneof(constant, place), { maxLength: 3 }))
      .map(([a, list]): Json => ({ in_list: [a, list] })),
    fc
      .tuple(fc.constantFrom('all_of', 'any_of'), fc.array(tie('condition'), { maxLength: 4 }))
      .map(([o, list]): Json => ({ [o]: list as Json[] })),
    tie('condition').map((one): Json => ({ not: [one as Json] })),
    tie('condition').map((one): Json => ({ coalesce: [one as Json, false] })),
    fc.tuple(operand, operand).map(([a, b]): Json => ({ lt: [{ plus: [a, 1] }, b] })),
    place,
    fc.boolean(),
  ),
})).condition
const outcome = fc.constantFrom('approve', 'approve_with_conditions', 'refer', 'decline')
const action: fc.Arbitrary<Json> = fc.oneof(
  outcome.map((one): Json => ({ do: 'outcome', outcome: one })),
  fc
    .tuple(fc.constantFrom('band', 'e', 'toString'), operand)
    .map(([field, value]): Json => ({ do: 'set', field, value })),
  fc.constantFrom(...hostile).map((text): Json => ({ do: 'reason', code: 'R', text })),
  fc.constant<Json>({ do: 'condition', text: 'C' }),
  fc.constant<Json>({ do: 'flag', flag: 'thin' }),
  operand.map((by): Json => ({ do: 'adjust', target: 'limit', by })),
)
const rules = fc
  .array(
    fc.record({
      when: condition,
      then: fc.array(action, { maxLength: 3 }),
      dates: fc.constantFrom<JsonObject>({}, {}, { validTo: '2026-06-14' }, { tenant: 'north' }),
    }),
    { maxLength: 8 },
  )
  .map((list): JsonObject => ({
    kind: 'rules',
    rules: list.map(({ dates, ...rule }, i) => ({ ...rule, ...dates, id: `r${i}`, name: `R${i}` })),
  }))
const tested: Json = { var: '?' }
const cell = fc.oneof(
  fc.constant<Json>(null),
  constant,
  fc.array(fc.oneof(number, fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 3 }),
  fc
    .tuple(fc.constantFrom('lt', 'gte', 'ne'), number)
    .map(([o, a]): Json => ({ [o]: [tested, a] })),
  fc.tuple(number, number).map(([a, b]): Json => ({ between: [tested, a, b] })),
)
const policies = ['unique', 'first', 'any', 'priority', 'rule order', 'output order', 'collect']
const table = fc
  .tuple(
    fc.constantFrom(...policies),
    fc.array(fc.tuple(cell, cell, operand, fc.option(outcome)), { maxLength: 12 }),
  )
  .map(([hitPolicy, rows]): JsonObject => ({
    kind: 'table',
    hitPolicy,
    inputs: ['x', 'who.age'].map((path, i) => ({
      id: `i${i}`,
      name: path,
      expression: { var: path },
    })),
    outputs: ['rate', 'outcome'].map((id) => ({ id, name: id, expression: id })),
    rows: rows.map(([a, b, rate, then], i) => ({
      id: `row${i}`,
      when: [a, b],
      then: [rate, then],
    })),
  }))
const inner = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'inner',
  name: 'Inner',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'low',
      name: 'Low',
      rules: [
        { id: 'a', name: 'A', when: { lt: [{ var: 'x' }, 1] }, then: [{ do: 'flag', flag: 'l' }] },
      ],
    },
  ],
})
const document = fc
  .record({ e: operand, cases: fc.array(condition, { maxLength: 3 }), rules, table, more: rules })
  .map(({ e, cases, more, ...given }) =>
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'policy',
      name: hostile.join(' '),
      input: {},
      parts: [
        { kind: 'expression', id: 'e', name: 'E', value: ownless(e) },
        {
          kind: 'switch',
          id: 's',
          name: 'S',
          cases: cases.map((when, i) => ({ id: `c${i}`, name: '', when: ownless(when) })),
        },
        { ...given.rules, id: 'checks', name: 'Checks' },
        {
          ...given.table,
          id: 'grid',
          name: 'Grid',
          only: { switch: 's', cases: ['c0', 'otherwise'] },
        },
        { ...more, id: 'more', name: 'More' },
        {
          kind: 'decision',
          id: 'other',
          name: 'Other',
          decision: 'inner',
          inputs: { x: { var: 'grid.rate' } },
        },
        {
          kind: 'output',
          id: 'out',
          name: 'Out',
          fields: [{ name: 'band', value: { var: 'checks.band' } }],
        },
      ],
    }),
  )
/** A part that reads itself is no decision. */
const ownless = (logic: Json): Json =>
  JSON.parse(JSON.stringify(logic).replaceAll(/"var":"[es]"/g, '"var":"y"')) as Json

const value = fc.oneof(constant, fc.constantFrom<Json>(NaN, Infinity, -0, [1], { age: 2 }))
const some = (of: Record<string, fc.Arbitrary<Json>>) =>
  // What is left out is not there; the types would have it undefined.
  fc.record(of, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>
const keys = (of: readonly string[]) => Object.fromEntries(of.map((key) => [key, value]))
const input = some({
  ...keys(['x', 'y', ...hostile]),
  who: fc.oneof(some(keys(['age', ...hostile])), value),
})
const lookUp = (id: string): Decision | undefined => (id === 'inner' ? inner : undefined)

const attempt = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (error instanceof MetisError) return error.message
    throw error
  }
}

/** Asked often, so the slow but telling comparison only where they differ. */
function same(given: unknown, wanted: unknown): void {
  if (isDeepStrictEqual(given, wanted)) return
  expect(given).toStrictEqual(wanted)
  expect.unreachable()
}

describe('a decision as generated code', () => {
  it('[R550] gives what its closures give, for random decisions and any input: results, reasons, what fired, what is unknown', () => {
    let generated = 0
    fc.assert(
      fc.property(document, fc.array(input, { minLength: 1, maxLength: 8 }), (decision, inputs) => {
        const fast = generate(compileProgram(decision, lookUp), buildFunction)
        const slow = compileDecision(decision, lookUp)
        if (!fast) return
        generated += 1
        for (const one of inputs)
          for (const tenant of ['north', 'south'])
            same(
              attempt(() => fast(one, { at, tenant })),
              attempt(() => slow(one, at, tenant)),
            )
      }),
      { numRuns: 500 },
    )
    expect(generated).toBeGreaterThan(200)
  })

  it('[R551] holds nothing of a document but literals', () => {
    const own = new Set(
      'use strict const let given function return if else typeof number string boolean frame draft env input null true false in_force m v g value try runs conclude hit inForce fields'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(document, (decision) => {
        const texts: string[] = []
        generate(compileProgram(decision, lookUp), (parameter, body) => {
          texts.push(body)
          return buildFunction(parameter, body)
        })
        for (const text of texts) {
          expect(text).not.toMatch(/[\u2028\u2029]/)
          const bare = text.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '')
          expect(bare).not.toMatch(/[`\\]|\/\//)
          const words = new Set(bare.match(/[A-Za-z_$]+/g))
          expect([...words].filter((word) => !own.has(word))).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
  })

  it('[R552] meets the rules that json-logic-js meets, and finds unknown those that are null there', () => {
    registerOperators(jsonLogic)
    const plain = fc.oneof(constant, fc.constantFrom<Json>([1], { age: 2 }))
    const data = some({ x: plain, y: plain, who: some({ age: plain }) })
    const simple = (logic: Json): Json =>
      JSON.parse(
        JSON.stringify(logic).replaceAll(
          /"var":"(?!x"|y"|who\.age")(?:[^"\\]|\\.)*"/g,
          '"var":"who.age"',
        ),
      ) as Json
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 6 }),
        data,
        (conditions, given) => {
          const list = conditions.map((when, i) => ({
            id: `r${i}`,
            name: `R${i}`,
            when: simple(when),
            then: [],
          }))
          const decision = decisionSchema.parse({
            kind: 'decision',
            format: 1,
            id: 'd',
            name: 'D',
            input: {},
            parts: [{ kind: 'rules', id: 'p', name: 'P', rules: list }],
          })
          const fast = generate(compileProgram(decision), buildFunction)
          if (!fast) return
          const { fired, unknown } = fast(given, { at })
          const met = (wanted: Json) =>
            list.flatMap(({ id, when }) =>
              jsonLogic.apply(when as never, given) === wanted ? [id] : [],
            )
          expect(fired.map(({ rule }) => rule)).toEqual(met(true))
          expect(unknown.map(({ rule }) => rule)).toEqual(met(null))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('[R553] is made only where a composition root lends what makes it, once it pays', () => {
    const decision = decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'd',
      name: 'D',
      input: {},
      parts: [
        {
          kind: 'rules',
          id: 'p',
          name: 'P',
          rules: [{ id: 'r', name: 'R', when: { lt: [{ var: 'x' }, 1] }, then: [] }],
        },
      ],
    })
    let built = 0
    const counting: BuildFunction = (parameter, body) => {
      built += 1
      return buildFunction(parameter, body)
    }
    const decide = compileDecision(decision, undefined, counting)
    const asked = (times: number) => {
      for (let n = 0; n < times; n += 1)
        expect(decide({ x: n % 3 }, at).fired.length).toBe(n % 3 === 0 ? 1 : 0)
    }
    asked(50)
    expect(built).toBe(0)
    asked(200)
    expect(built).toBe(1)
  })
})

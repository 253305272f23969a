import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { compileDecision } from '#core/decision/compile.ts'
import { inferLogic } from '#core/decision/typing/infer.ts'
import { typeFindings } from '#core/decision/typing/type-findings.ts'
import { typesOf } from '#core/decision/typing/types-of.ts'
import { validateDecision } from '#core/decision/validate.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { isScoped, parseLogic } from '#core/logic/parse.ts'

const ajv = new Ajv2020({ strict: false, formats: { date: true } })
const fits = (schema: JsonSchema, value: Json): boolean =>
  value === null || ajv.validate(schema, value)

const leaf = fc.oneof(
  fc.constantFrom<Logic>(
    null,
    true,
    false,
    0,
    1,
    -2,
    2.5,
    'a',
    'b',
    '2024-02-29',
    'P1M',
    [],
    [1],
    ['a', 2],
  ),
  fc.constantFrom<Logic>({ var: 'score' }, { var: 'kind' }, { var: 'since' }, { var: 'other' }),
)
const names = Object.keys(operators).filter(
  (name) =>
    isOperator(name) &&
    !isScoped(name) &&
    operators[name].form.kind !== 'clock' &&
    name !== 'context',
)
const scope: JsonSchema = {
  type: 'object',
  properties: {
    score: { type: 'integer', minimum: 300, maximum: 900 },
    kind: { enum: ['a', 'b', null] },
    since: { type: 'string', format: 'date' },
  },
}
const data = { score: 700, kind: 'a', since: '2024-01-31', other: [3] }
const logic = fc.letrec<{ any: Logic }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(...names), fc.array(tie('any'), { minLength: 4, maxLength: 4 }))
      .map(([name, args]): Logic => {
        const { max, min } = operators[name as keyof typeof operators]
        return { [name]: args.slice(0, Math.max(min, Math.min(max, 4))) }
      }),
  ),
})).any

const decisionOf = (parts: readonly unknown[]): Decision =>
  decisionSchema.parse({ kind: 'decision', format: 1, id: 'p', name: 'P', input: scope, parts })
const found = (parts: readonly unknown[]) => {
  const decision = decisionOf(parts)
  return decision.parts.flatMap((part, index) =>
    typeFindings(part, `/parts/${index}`, typesOf(decision)).map(({ code, place, params }) => ({
      code,
      path: place.path,
      params,
    })),
  )
}

const decision = decisionOf([
  {
    kind: 'table',
    id: 'band',
    name: 'Band',
    hitPolicy: 'first',
    inputs: [{ id: 'i', name: 'Score', expression: { var: 'score' }, type: 'number' }],
    outputs: [
      { id: 'o', name: 'Grade', expression: 'grade', type: 'any' },
      { id: 'r', name: 'Rate', expression: 'rate', type: 'any' },
    ],
    rows: [
      { id: 'r1', when: [{ gte: [{ var: '?' }, 700] }], then: ['A', 10.5] },
      { id: 'r2', when: [null], then: ['B', { plus: [{ var: 'score' }, 1] }] },
    ],
  },
  {
    kind: 'scorecard',
    id: 'card',
    name: 'Card',
    base: 100,
    characteristics: [
      {
        id: 'g',
        name: 'Grade',
        expression: { var: 'band.grade' },
        bins: [
          { id: 'a', when: 'A', points: 40 },
          { id: 'b', when: 'B', points: -10 },
        ],
      },
    ],
  },
  {
    kind: 'switch',
    id: 'way',
    name: 'Way',
    cases: [{ id: 'fast', name: 'Fast', when: { gte: [{ var: 'card.score' }, 120] } }],
  },
  { kind: 'expression', id: 'twice', name: 'Twice', value: { times: [{ var: 'band.rate' }, 2] } },
])

describe('typesOf', () => {
  it('[R513] every value of logic fits the type that is inferred for it', () => {
    fc.assert(
      fc.property(logic, (given) => {
        const value = compileLogic(given)(data, { at: 0 })
        const schema = inferLogic(parseLogic(given), scope)
        expect([schema, value, fits(schema, value)]).toEqual([schema, value, true])
      }),
      { numRuns: 3000 },
    )
  })

  it('[R513] leads types from part to part, and what the parts give fits them', () => {
    const types = typesOf(decision)
    expect(types).toMatchObject({
      properties: {
        band: { properties: { grade: { enum: ['A', 'B'] }, rate: { type: 'number' } } },
        card: { properties: { score: { minimum: 90, maximum: 140 } } },
        way: { enum: ['fast', 'otherwise'] },
        twice: { type: 'number' },
      },
    })
    const evaluate = compileDecision(decision)
    for (const score of [300, 699, 700, 900]) {
      const { values } = evaluate({ score }, 0)
      expect(fits(types, values as Json)).toBe(true)
    }
  })

  it('knows nothing of a part that reads itself', () => {
    const cycle = decisionOf([
      { kind: 'expression', id: 'a', name: 'A', value: { var: 'b' } },
      { kind: 'expression', id: 'b', name: 'B', value: { var: 'a' } },
    ])
    expect(typesOf(cycle)).toMatchObject({ properties: { a: {}, b: {} } })
  })
})

describe('typeFindings', () => {
  it('[R514] what clashes is never known', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(leaf, { minLength: 4, maxLength: 4 }),
        (name, args) => {
          const { max, min, group } = operators[name as keyof typeof operators]
          if (group === 'logic' || name === 'if_then') return
          const call: Logic = { [name]: args.slice(0, Math.max(min, Math.min(max, 4))) }
          const clashes = found([{ kind: 'expression', id: 'x', name: 'X', value: call }])
          if (!clashes.some(({ code }) => code === 'TYPE_CLASH')) return
          expect([call, compileLogic(call)(data, { at: 0 })]).toEqual([
            call,
            expect.toBeOneOf([null, false]),
          ])
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('[R514] names the place where a part reads a text as a number, or a value that never comes', () => {
    const [table, card, ...rest] = decision.parts
    expect(rest.length).toBe(2)
    expect(
      found([
        table,
        card,
        {
          kind: 'rules',
          id: 'rules',
          name: 'Rules',
          rules: [
            { id: 'a', name: 'A', when: { gt: [{ var: 'band.grade' }, 5] }, then: [] },
            { id: 'b', name: 'B', when: { eq: [{ var: 'band.grade' }, 'C'] }, then: [] },
            { id: 'c', name: 'C', when: { var: 'card.score' }, then: [] },
          ],
        },
      ]),
    ).toEqual([
      {
        code: 'TYPE_CLASH',
        path: '/parts/2/rules/0/when',
        params: { part: 'Rules', what: 'band.grade', given: 'a text', wanted: 'a number' },
      },
      {
        code: 'VALUE_NOT_LISTED',
        path: '/parts/2/rules/1/when',
        params: { part: 'Rules', value: 'C', values: 'A, B' },
      },
      {
        code: 'TYPE_CLASH',
        path: '/parts/2/rules/2/when',
        params: { part: 'Rules', what: 'card.score', given: 'a number', wanted: 'yes or no' },
      },
    ])
  })

  it('[R610] knows the element of a filter, of an iteration and of an object’s earlier entry', () => {
    const list: JsonSchema = {
      type: 'array',
      items: { type: 'object', properties: { amount: { type: 'number' } } },
    }
    const around: JsonSchema = {
      type: 'object',
      properties: { loans: list, kind: { type: 'string' } },
    }
    const typeOf = (text: string): JsonSchema => {
      const read = parseFeel(text)
      return 'logic' in read ? inferLogic(parseLogic(read.logic), around) : {}
    }
    expect(typeOf('loans[amount > 5]')).toEqual(list)
    expect(typeOf('loans[amount > 5].amount')).toEqual({ type: 'array', items: { type: 'number' } })
    expect(typeOf('loans[kind = "EMI"][1].amount')).toEqual({ type: 'number' })
    expect(typeOf('for x in loans return x.amount * 2')).toMatchObject({
      items: { type: 'number' },
    })
    expect(typeOf('sort(loans, function(x, y) x.amount < y.amount)')).toEqual(list)
    const read = parseFeel('loans[amount = "high"]')
    const value = 'logic' in read ? read.logic : null
    const input = { ...around, additionalProperties: false }
    const parsed = decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'p',
      name: 'P',
      input,
      parts: [{ kind: 'expression', id: 'x', name: 'X', value }],
    })
    expect(parsed.parts.flatMap((part) => typeFindings(part, '', typesOf(parsed)))).toMatchObject([
      { code: 'TYPE_CLASH' },
    ])
    // A name in a filter is no name of the input that is unknown.
    expect(validateDecision(parsed).map(({ code }) => code)).not.toContain('REFERENCE_UNKNOWN')
  })

  it('[R514] names a cell, a bin and a column of another type', () => {
    const codes = found([
      {
        kind: 'table',
        id: 't',
        name: 'T',
        hitPolicy: 'first',
        inputs: [
          { id: 'i', name: 'Score', expression: { var: 'score' }, type: 'string' },
          { id: 'k', name: 'Kind', expression: { var: 'kind' }, type: 'string' },
        ],
        outputs: [{ id: 'o', name: 'Rate', expression: 'rate', type: 'number' }],
        rows: [
          { id: 'a', when: ['high', ['a', 'z']], then: ['none'] },
          { id: 'b', when: [{ between: [{ var: '?' }, 1, 'z'] }, null], then: [1] },
        ],
      },
      {
        kind: 'scorecard',
        id: 'c',
        name: 'C',
        characteristics: [
          {
            id: 'k',
            name: 'K',
            expression: { var: 'kind' },
            bins: [{ id: 'b', when: 7, points: 1 }],
          },
        ],
      },
    ]).map(({ code, path }) => [code, path])
    expect(codes).toEqual([
      ['TYPE_CLASH', '/parts/0/inputs/0/expression'],
      ['TYPE_CLASH', '/parts/0/rows/0/when/0'],
      ['VALUE_NOT_LISTED', '/parts/0/rows/0/when/1'],
      ['TYPE_CLASH', '/parts/0/rows/0/then/0'],
      ['TYPE_CLASH', '/parts/0/rows/1/when/0'],
      ['TYPE_CLASH', '/parts/1/characteristics/0/bins/0/when'],
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActor, initialTransition } from 'xstate'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionMachine } from '#core/decision/machine.ts'
import { MetisError } from '#core/errors.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'

const at = Date.UTC(2026, 10, 23, 12)

const path = fc.constantFrom('score', 'input.income', 'first.band', 'second.rate', 'band', 'none')
const number = fc.integer({ min: 0, max: 4 })
const condition: fc.Arbitrary<Json> = fc.oneof(
  fc
    .tuple(fc.constantFrom('lt', 'gte', 'eq'), path, number)
    .map(([operator, name, n]): Json => ({ [operator]: [{ var: name }, n] })),
  fc
    .tuple(fc.constantFrom('all_of', 'any_of'), path, path, number)
    .map(([operator, a, b, n]): Json => ({
      [operator]: [{ lt: [{ var: a }, n] }, { gt: [{ var: b }, n] }],
    })),
  fc.constantFrom<Json>(true, false, null),
)
const action: fc.Arbitrary<Json> = fc.oneof(
  fc
    .constantFrom('approve', 'refer', 'decline')
    .map((outcome): Json => ({ do: 'outcome', outcome })),
  fc.constantFrom('A', 'B').map((code): Json => ({ do: 'reason', code, text: code })),
  fc
    .tuple(fc.constantFrom('band', 'x'), number)
    .map(([field, value]): Json => ({ do: 'set', field, value })),
  path.map((name): Json => ({ do: 'adjust', target: 'rate', by: { var: name } })),
  fc.constantFrom('f', 'g').map((flag): Json => ({ do: 'flag', flag })),
)
const rules = fc
  .array(
    fc.record({
      when: condition,
      then: fc.array(action, { maxLength: 3 }),
      priority: fc.integer({ min: 0, max: 2 }),
      enabled: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((list) => ({
    kind: 'rules',
    name: '',
    rules: list.map((rule, i) => ({ id: `r${i}`, name: `R${i}`, ...rule })),
  }))
const cell = fc.oneof(
  fc.constant<Json>(null),
  number.map((n): Json => ({ gte: [{ var: '?' }, n] })),
  number.map((n): Json => n),
)
const table = fc
  .record({
    hitPolicy: fc.constantFrom(
      'unique',
      'first',
      'any',
      'priority',
      'rule order',
      'output order',
      'collect',
    ),
    rows: fc.array(fc.tuple(cell, cell, number), { maxLength: 4 }),
  })
  .map(({ hitPolicy, rows }) => ({
    kind: 'table',
    name: '',
    hitPolicy,
    ...(hitPolicy === 'collect' ? { aggregate: 'sum' } : {}),
    inputs: ['score', 'income'].map((id) => ({ id, name: id, expression: { var: id } })),
    outputs: [{ id: 'rate', name: 'rate', expression: 'rate', values: [3, 1, 2] }],
    rows: rows.map(([a, b, n], i) => ({ id: `row${i}`, when: [a, b], then: [n] })),
  }))
const expression = path.map((name) => ({
  kind: 'expression',
  name: '',
  value: { plus: [{ var: name }, 1] },
}))
const scorecard = fc
  .tuple(fc.array(fc.tuple(cell, number), { maxLength: 3 }), fc.option(number), number)
  .map(([bins, missing, from]) => ({
    kind: 'scorecard',
    name: '',
    base: 1,
    characteristics: ['score', 'income'].map((id) => ({
      id,
      name: id,
      expression: { var: id },
      bins: bins.map(([when, points], i) => ({
        id: `b${i}`,
        when,
        points,
        reason: { code: `C${i}`, text: 'c' },
      })),
      ...(missing === null ? {} : { missing: { points: missing } }),
    })),
    cutoffs: { approveFrom: from + 2, declineBelow: from },
  }))
const choice = fc.array(condition, { maxLength: 3 }).map((cases) => ({
  kind: 'switch',
  name: '',
  cases: cases.map((when, i) => ({ id: `c${i}`, name: '', when })),
}))
const output = path.map((name) => ({
  kind: 'output',
  name: '',
  fields: [{ name: 'x', value: { var: name } }],
}))
const nested = fc.tuple(path, fc.boolean()).map(([name, joins]) => ({
  kind: 'decision',
  name: '',
  decision: 'inner',
  inputs: { score: { var: name } },
  joins,
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
      id: 'hard',
      name: 'Hard',
      rules: [
        {
          id: 'low',
          name: 'Low',
          when: { lt: [{ var: 'score' }, 2] },
          then: [
            { do: 'outcome', outcome: 'refer' },
            { do: 'reason', code: 'LOW', text: 'low' },
          ],
        },
      ],
    },
  ],
})
const only = fc.option(
  fc.constantFrom({ switch: 'first', cases: ['c0'] }, { switch: 'second', cases: ['otherwise'] }),
)
const part = fc
  .tuple(fc.oneof(rules, table, expression, scorecard, choice, output, nested), only)
  .map(([each, on]) => (on === null ? each : { ...each, only: on }))
const decision = fc.array(part, { maxLength: 4 }).map((parts) =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'd',
    name: 'D',
    input: {},
    parts: parts.map((part, i) => ({ ...part, id: ['first', 'second', 'third', 'fourth'][i] })),
  }),
)
const input: fc.Arbitrary<JsonObject> = fc.record(
  { score: fc.oneof(number, fc.constant(null)), income: number, band: number },
  { requiredKeys: [], noNullPrototype: true },
)

const lookUp = (id: string): Decision | undefined => (id === 'inner' ? inner : undefined)

function evaluate(document: Decision, data: JsonObject) {
  try {
    return { result: compileDecision(document, lookUp)(data, at), code: undefined }
  } catch (error) {
    return { result: null, code: error instanceof MetisError ? error.code : String(error) }
  }
}

describe('decisionMachine', () => {
  it('[R23] comes to the result of the function, step by step', () => {
    fc.assert(
      fc.property(decision, input, (document, data) => {
        const machine = decisionMachine(document, lookUp)
        const [snapshot] = initialTransition(machine, { input: data, at })
        expect(snapshot.status).toBe('done')
        const { result, code } = evaluate(document, data)
        expect(snapshot.output).toEqual(result)
        expect(snapshot.context.failure?.code).toBe(code)
      }),
      { numRuns: 1000 },
    )
  })
  it('runs on xstate alone, and names the rules in its states', () => {
    const machine = decisionMachine(
      decisionSchema.parse({
        kind: 'decision',
        format: 1,
        id: 'd',
        name: 'D',
        input: {},
        parts: [
          {
            kind: 'rules',
            id: 'hard',
            name: 'Hard',
            rules: [
              {
                id: 'low',
                name: 'Low',
                when: { lt: [{ var: 's' }, 5] },
                then: [{ do: 'outcome', outcome: 'refer' }],
              },
            ],
          },
        ],
      }),
    )
    const actor = createActor(machine, { input: { input: { s: 1 }, at } }).start()
    expect(actor.getSnapshot().output?.outcome).toBe('refer')
    expect(machine.states['part_0_0']?.meta).toEqual({ part: 'hard', rule: 'low' })
  })
})

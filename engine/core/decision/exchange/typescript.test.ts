import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { exportTypeScript } from '#core/decision/exchange/typescript.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { operatorForms } from '#core/decision/exchange/operator-sources.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import { identifier } from '#core/logic/operators/identifier.ts'
import { checkLogic } from '#core/logic/parse.ts'
import {
  argumentsOf,
  importedLogic,
  path as logicPath,
  scope,
  value as logicValue,
} from '#core/logic/random-logic-fixture.ts'

const at = Date.UTC(2026, 5, 15)
const decision = (parts: Json): Decision =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {
      type: 'object',
      required: ['x'],
      properties: {
        x: { type: 'number' },
        kind: { enum: ['a', 'b'] },
        who: { type: 'object', properties: { age: { type: 'integer' } } },
      },
    },
    parts,
  })

interface Module {
  decide(input: JsonObject, at: number, tenant?: string): { fired: string[]; unknown: string[] }
}

/** The module as a program would import it. */
const moduleOf = async (source: string): Promise<Module> => {
  const { code } = transformSync(source, { loader: 'ts', format: 'esm' })
  return (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as Module
}

const number = fc.integer({ min: -3, max: 3 })
const constant = fc.oneof(number, fc.constantFrom<Json>('a', 'b', null, true, 0.5))
const place = fc
  .constantFrom('x', 'y', 'who.age', 'kind', 'input.x', 'none', 'e')
  .map((name): Json => ({ var: name }))
const operand = fc.oneof(place, constant)
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    operand,
    fc
      .tuple(
        fc.constantFrom(
          'plus',
          'minus',
          'times',
          'divide',
          'coalesce',
          'min_of',
          'max_of',
          'sum_of',
        ),
        tie('value'),
        tie('value'),
      )
      .map(([o, a, b]): Json => ({ [o]: [a as Json, b as Json] })),
    fc
      .tuple(fc.constantFrom('floor', 'ceiling', 'abs', 'count_of'), tie('value'))
      .map(([o, a]): Json => ({ [o]: [a as Json] })),
    fc
      .tuple(operand, tie('value'), operand)
      .map(([a, b, c]): Json => ({ if_then: [{ gt: [a, 0] }, b as Json, c] })),
    fc.tuple(operand, operand).map(([a, b]): Json => ({ count_of: [[a, b]] })),
  ),
})).value
const condition: fc.Arbitrary<Json> = fc.letrec<{ condition: Json }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    fc
      .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), value, operand)
      .map(([o, a, b]): Json => ({ [o]: [a, b] })),
    fc
      .tuple(fc.constantFrom('is_missing', 'is_present', 'not'), operand)
      .map(([o, a]): Json => ({ [o]: [a] })),
    fc.tuple(operand, operand, operand).map((args): Json => ({ between: args })),
    fc
      .tuple(operand, fc.array(constant, { maxLength: 3 }))
      .map(([a, list]): Json => ({ in_list: [a, list] })),
    fc
      .tuple(fc.constantFrom('all_of', 'any_of'), fc.array(tie('condition'), { maxLength: 3 }))
      .map(([o, list]): Json => ({ [o]: list as Json[] })),
  ),
})).condition
const outcome = fc.constantFrom('approve', 'approve_with_conditions', 'refer', 'decline')
const action: fc.Arbitrary<Json> = fc.oneof(
  outcome.map((one): Json => ({ do: 'outcome', outcome: one })),
  fc
    .tuple(fc.constantFrom('band', 'e'), value)
    .map(([field, given]): Json => ({ do: 'set', field, value: given })),
  fc.constant<Json>({ do: 'reason', code: 'R', text: 'a "quoted"\n line' }),
  fc.constant<Json>({ do: 'condition', text: 'C' }),
  fc.constant<Json>({ do: 'flag', flag: 'thin' }),
  fc
    .tuple(fc.constantFrom('limit', 'rate'), value)
    .map(([target, by]): Json => ({ do: 'adjust', target, by })),
)
const rules = fc
  .array(
    fc.record({
      when: condition,
      then: fc.array(action, { maxLength: 3 }),
      priority: number,
      enabled: fc.boolean(),
      dates: fc.constantFrom<JsonObject>(
        {},
        { validFrom: '2026-06-15' },
        { validTo: '2026-06-14' },
        { tenant: 'north' },
        { validFrom: '2026-01-01', validTo: '2026-12-31' },
      ),
    }),
    { maxLength: 4 },
  )
  .map((list): JsonObject => ({
    kind: 'rules',
    rules: list.map(({ dates, ...rule }, index) => ({
      ...rule,
      ...dates,
      id: `r${index}`,
      name: `Rule ${index}`,
    })),
  }))
const tested: Json = { var: '?' }
const cell = fc.oneof(
  fc.constant<Json>(null),
  constant,
  fc.array(fc.constantFrom<Json>('a', 'b', 1), { minLength: 1, maxLength: 2 }),
  fc.tuple(fc.constantFrom('lt', 'gte'), number).map(([o, a]): Json => ({ [o]: [tested, a] })),
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
    aggregate: fc.constantFrom('sum', 'min', 'max', 'count', null),
    rows: fc.array(fc.tuple(cell, cell, value, outcome), { maxLength: 4 }),
    ranked: fc.boolean(),
  })
  .map(({ hitPolicy, aggregate, rows, ranked }): JsonObject => ({
    kind: 'table',
    hitPolicy,
    ...(aggregate !== null && hitPolicy === 'collect' ? { aggregate } : {}),
    inputs: [
      { id: 'x', name: 'X', expression: { var: 'x' } },
      { id: 'kind', name: 'Kind', expression: { var: 'kind' } },
    ],
    outputs: [
      { id: 'rate', name: 'Rate', expression: 'rate', ...(ranked ? { values: [2, 1, 0] } : {}) },
      { id: 'outcome', name: 'Outcome', expression: 'outcome' },
      { id: 'reason', name: 'Reason', expression: 'reason' },
    ],
    rows: rows.map(([a, b, rate, then], index) => ({
      id: `row${index}`,
      when: [a, b],
      then: [rate, then, index % 2 === 0 ? 'WHY' : null],
      ...(index === 1 ? { note: 'noted' } : {}),
    })),
  }))
const card = fc
  .record({
    bins: fc.array(fc.tuple(cell, number), { minLength: 1, maxLength: 3 }),
    missing: fc.boolean(),
    cutoffs: fc.constantFrom<Json>(
      null,
      {},
      { approveFrom: 2 },
      { approveFrom: 2, declineBelow: 0 },
    ),
  })
  .map(({ bins, missing, cutoffs }): JsonObject => ({
    kind: 'scorecard',
    base: 1,
    characteristics: [
      {
        id: 'c',
        name: 'C',
        expression: { var: 'x' },
        bins: bins.map(([when, points], index) => ({
          id: `b${index}`,
          when,
          points,
          reason: { code: `L${index}`, text: 'lost' },
        })),
        ...(missing ? { missing: { points: 0, reason: { code: 'M', text: 'missing' } } } : {}),
      },
    ],
    ...(cutoffs === null ? {} : { cutoffs }),
  }))
const parts = fc
  .record({ when: condition, e: value, rules, table, card, out: value })
  .map((given): Json => [
    { kind: 'switch', id: 's', name: 'S', cases: [{ id: 'yes', name: 'Yes', when: given.when }] },
    { kind: 'expression', id: 'e', name: 'E', value: noSelf(given.e) },
    { ...given.rules, id: 'checks', name: 'Checks' },
    { ...given.table, id: 'grid', name: 'Grid', only: { switch: 's', cases: ['yes'] } },
    { ...given.card, id: 'card', name: 'Card' },
    {
      kind: 'output',
      id: 'out',
      name: 'Out',
      fields: [
        { name: 'band', value: { var: 'checks.band' } },
        { name: 'x', value: given.out },
      ],
    },
  ])
/** A part that reads itself is no decision. */
const noSelf = (logic: Json): Json =>
  JSON.parse(JSON.stringify(logic).replaceAll('"var":"e"', '"var":"y"')) as Json
const input: fc.Arbitrary<JsonObject> = fc.record(
  {
    x: constant,
    y: constant,
    kind: constant,
    who: fc.record({ age: constant }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const caught = (work: () => unknown): unknown => {
  try {
    return plain(work())
  } catch {
    return 'refused'
  }
}

/** What the compiler says of a module by itself, as strict as it can be without a configuration. */
function typeErrors(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'metis-export-'))
  try {
    const file = join(folder, 'policy.ts')
    writeFileSync(file, source)
    const language = ['--strict', '--target', 'es2023', '--lib', 'es2023', '--types', '']
    const compiler = join('node_modules', 'typescript', 'bin', 'tsc')
    const asked = [compiler, '--noEmit', ...language, '--ignoreConfig', file]
    return spawnSync(process.execPath, asked, { encoding: 'utf8' }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('a decision as a TypeScript module', () => {
  it('[R503] gives what the decision gives, for random decisions and inputs', async () => {
    await fc.assert(
      fc.asyncProperty(
        parts,
        fc.array(input, { minLength: 1, maxLength: 6 }),
        async (given, inputs) => {
          const document = decision(given)
          const { source, findings } = exportTypeScript(document)
          expect(findings).toEqual([])
          const { decide } = await moduleOf(source ?? '')
          const compiled = compileDecision(document)
          for (const one of inputs)
            for (const tenant of [undefined, 'north'])
              expect(caught(() => decide(one, at, tenant))).toEqual(
                caught(() => {
                  const { decision: _, fired, unknown, ...rest } = compiled(one, at, tenant)
                  const named = ({ part, rule }: { part: string; rule: string }) =>
                    `${part}.${rule}`
                  return { ...rest, fired: fired.map(named), unknown: unknown.map(named) }
                }),
              )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('[R715] compares times with different offsets as instants, as the decision does', async () => {
    const times: Json[] = [
      '2026-04-01T09:30:00+05:30',
      '2026-04-01T04:00:00Z',
      '2026-04-01T04:00Z',
      '2026-03-31T23:00:00.5-05:00',
      '2026-02-30T04:00:00Z',
      '2026-04-01T04:00:00',
      '2026-04-01',
      'T',
    ]
    const document = decision(
      ['eq', 'lt', 'lte'].map((operator) => ({
        kind: 'expression',
        id: operator,
        name: operator,
        value: { [operator]: [{ var: 'x' }, { var: 'y' }] },
      })),
    )
    const { decide } = await moduleOf(exportTypeScript(document).source ?? '')
    const compiled = compileDecision(document)
    for (const x of times)
      for (const y of times)
        expect(plain(decide({ x, y }, at)), JSON.stringify([x, y])).toMatchObject({
          values: plain(compiled({ x, y }, at).values) as object,
        })
  })

  const reckoning = { emi: 3, loan_for_emi: 3, outstanding: 4, apr: 4, foir: 3, ltv: 2 }
  const checks = Object.keys(identifier)
  const lenders = decision([
    ...Object.entries({ ...reckoning, rupees: 2 }).map(([operator, count]) => ({
      kind: 'expression',
      id: operator,
      name: operator,
      value: { [operator]: ['a', 'b', 'c', 'd'].slice(0, count).map((name) => ({ var: name })) },
    })),
    { kind: 'expression', id: 'short', name: 'Short', value: { rupees: [{ var: 'a' }] } },
    ...checks.map((id) => ({
      kind: 'expression',
      id,
      name: id,
      value: { [id]: [{ var: 'text' }] },
    })),
  ])

  it('[R752] reckons as lenders do and checks identifiers as the decision does', async () => {
    const { decide } = await moduleOf(exportTypeScript(lenders).source ?? '')
    const compiled = compileDecision(lenders)
    const amount = fc.oneof(
      fc.integer({ min: -2, max: 60 }),
      fc.constantFrom<Json>(
        500_000,
        36,
        14,
        0,
        9.25,
        1.005,
        17_088.81,
        1e15,
        1e300,
        -0.5,
        null,
        'a',
      ),
      fc.double({ min: 0, max: 1e7, noNaN: true }),
    )
    const right = [
      'ABCPE1234F',
      '234123412346',
      '2341 2341 2346',
      '29ABCDE1234F2Z5',
      '27AAPFU0939F1ZV',
      'HDFC0001234',
      'DELA12345B',
      '+91 9876543210',
      '560001',
      'asha.rao@example.co.in',
    ]
    // A text that is nearly right: one character changed, left out or doubled.
    const nearly = fc
      .tuple(
        fc.constantFrom(...right),
        fc.nat(22),
        fc.constantFrom('', '0', 'A', 'Z', '@', '.', ' '),
      )
      .map(([text, place, by]) => text.slice(0, place) + by + text.slice(place + 1))
    const text = fc.oneof(fc.constantFrom<Json>(...right, null, 7), nearly, fc.string())
    const seen = new Map<string, Set<string>>()
    fc.assert(
      fc.property(amount, amount, amount, amount, text, (a, b, c, d, given) => {
        const asked = Object.fromEntries(
          Object.entries({ a, b, c, d, text: given }).filter(([, one]) => one !== null),
        )
        const { values } = plain(compiled(asked, at)) as { values: JsonObject }
        expect(plain(decide(asked, at))).toMatchObject({ values })
        for (const [name, value] of Object.entries(values))
          seen.set(
            name,
            (seen.get(name) ?? new Set()).add(
              typeof value === 'number' ? 'number' : JSON.stringify(value),
            ),
          )
      }),
      { numRuns: 1500 },
    )
    for (const name of Object.keys(reckoning))
      expect([...(seen.get(name) ?? [])]).toContain('number')
    for (const name of checks)
      expect([name, ...[...(seen.get(name) ?? [])].toSorted()]).toEqual([
        name,
        'false',
        'null',
        'true',
      ])
  })

  it('[R504] needs nothing but the language, and passes its strict type check', () => {
    const [given] = fc.sample(parts, { numRuns: 1, seed: 7 })
    const { source } = exportTypeScript(
      decision([...(given as Json[]), ...(lenders.parts as unknown as Json[])]),
    )
    expect(typeErrors(source ?? '')).toBe('')
    expect(source).not.toContain('import ')
  })

  it('[R505] is not written where a part would be missing from it, and says which', () => {
    const circle = decision([
      { kind: 'decision', id: 'again', name: 'Again', decision: 'policy', inputs: {} },
    ])
    const { source, findings } = exportTypeScript(
      decision([
        { kind: 'expression', id: 'form', name: 'Form', value: { matches: ['a', 'a'] } },
        { kind: 'expression', id: 'old', name: 'Old', value: { try: [{ var: 'x' }] } },
        { kind: 'decision', id: 'other', name: 'Other', decision: 'other', inputs: {} },
        { kind: 'decision', id: 'circle', name: 'Circle', decision: 'circle', inputs: {} },
      ]),
      (id) => (id === 'circle' ? { ...circle, id } : undefined),
    )
    expect(source).toBeNull()
    expect(
      findings.map(({ code, params, place }) => [code, params['part'], params['what'], place]),
    ).toEqual([
      ['EXPORT_TYPESCRIPT', 'Form', '“matches”', { path: '/parts/0' }],
      ['EXPORT_TYPESCRIPT', 'Old', '“try”', { path: '/parts/1' }],
      [
        'EXPORT_TYPESCRIPT',
        'Other',
        'another decision, “other”, which is not there',
        { path: '/parts/2' },
      ],
      ['EXPORT_TYPESCRIPT', 'Circle', '“policy”, which asks itself', { path: '/parts/3' }],
    ])
  })

  const expressions = (values: readonly Json[]): Decision =>
    decision(
      values.map((value, index) => ({ kind: 'expression', id: `e${index}`, name: 'E', value })),
    )
  const writable = (Object.keys(operators) as OperatorId[]).filter((id) =>
    Object.hasOwn(operatorForms, id),
  )
  const texts = ['2026-01-31', '2026-04-01T09:30:00+05:30', '2026-04-01T04:00:00Z', '09:30', 'P1M']
  const words = ['P1Y2M', 'P10DT2H', '-PT5.5S', 'year', 'days', 'number', 'date', '1,000.5', ',']
  const fromOneToFive = { start: 1, end: 5, 'start included': true, 'end included': false }
  const said = fc.oneof(
    { weight: 4, arbitrary: logicValue },
    { weight: 4, arbitrary: logicPath },
    fc.constantFrom<Json>(...texts, ...words, { key: 'k', value: 2 }, fromOneToFive),
  )
  const calls = fc.letrec<{ logic: Json }>((tie) => ({
    logic: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      said,
      ...writable.map((id) => argumentsOf(id, tie('logic'))),
    ),
  })).logic
  const fitting = (logic: Json): boolean => checkLogic(logic).length === 0

  it('[R811] reckons with texts, days, durations, ranges and lists as the decision does, each operator that needs no package', async () => {
    expect(Object.keys(operators).filter((id) => !writable.includes(id as OperatorId))).toEqual([
      'matches',
      'replaced',
      'split_pattern',
    ])
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...writable.map((id) => argumentsOf(id, calls))),
        fc.array(scope, { minLength: 4, maxLength: 8 }),
        async (values, inputs) => {
          const document = expressions(values.filter(fitting))
          const { decide } = await moduleOf(exportTypeScript(document).source ?? '')
          const compiled = compileDecision(document)
          for (const one of inputs) {
            const { values: there } = plain(decide(one, at)) as { values: JsonObject }
            const { values: here } = plain(compiled(one, at)) as { values: JsonObject }
            for (const { id, ...given } of document.parts)
              expect([there[id], given], JSON.stringify(one)).toEqual([here[id], given])
          }
        },
      ),
      { numRuns: 6, endOnFailure: true },
    )
  }, 120_000)

  it('[R811] reckons with JsonLogic’s own operators as the decision does', async () => {
    const values = fc.array(importedLogic, { minLength: 40, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(values, fc.array(scope, { minLength: 6 }), async (logics, inputs) => {
        const document = expressions(logics)
        const { decide } = await moduleOf(exportTypeScript(document).source ?? '')
        const compiled = compileDecision(document)
        for (const one of inputs) {
          const { values: there } = plain(decide(one, at)) as { values: JsonObject }
          const { values: here } = plain(compiled(one, at)) as { values: JsonObject }
          for (const { id, ...given } of document.parts)
            expect([there[id], given], JSON.stringify(one)).toEqual([here[id], given])
        }
      }),
      { numRuns: 10, endOnFailure: true },
    )
    const [samples] = fc.sample(values, { numRuns: 1, seed: 5 })
    expect(typeErrors(exportTypeScript(expressions(samples ?? [])).source ?? '')).toBe('')
  })

  it('[R812] asks other decisions as functions of its own, however far down', async () => {
    const bottom = decision([
      {
        kind: 'rules',
        id: 'hard',
        name: 'Hard',
        rules: [
          {
            id: 'low',
            name: 'Low',
            when: { lt: [{ var: 'score' }, 1] },
            then: [
              { do: 'outcome', outcome: 'refer' },
              { do: 'reason', code: 'LOW', text: 'low' },
              { do: 'condition', text: 'Guarantor' },
              { do: 'flag', flag: 'thin' },
              { do: 'adjust', target: 'limit', by: { times: [{ var: 'score' }, 100] } },
              { do: 'set', field: 'band', value: { var: 'score' } },
            ],
          },
        ],
      },
    ])
    const others: Record<string, Decision> = {
      bottom,
      'mid-way': decision([
        {
          kind: 'decision',
          id: 'first',
          name: 'First',
          decision: 'bottom',
          inputs: { score: { var: 'x' } },
        },
        {
          kind: 'decision',
          id: 'second',
          name: 'Second',
          decision: 'bottom',
          joins: false,
          inputs: { score: { minus: [{ var: 'x' }, 2] } },
        },
      ]),
    }
    const nested = (id: string): Decision | undefined => others[id]
    const document = decision([
      { kind: 'switch', id: 's', name: 'S', cases: [{ id: 'a', name: 'A', when: { var: 'y' } }] },
      {
        kind: 'decision',
        id: 'mid',
        name: 'Mid',
        decision: 'mid-way',
        inputs: { x: { var: 'x' }, input: { var: 'input' } },
      },
      {
        kind: 'decision',
        id: 'again',
        name: 'Again',
        decision: 'bottom',
        only: { switch: 's', cases: ['a'] },
        inputs: { score: { var: 'mid.second.band' } },
      },
    ])
    const { source, findings } = exportTypeScript(document, nested)
    expect(findings).toEqual([])
    const { decide } = await moduleOf(source ?? '')
    const compiled = compileDecision(document, nested)
    fc.assert(
      fc.property(input, fc.boolean(), (one, y) => {
        const asked = { ...one, y }
        const { decision: _, fired, unknown, ...rest } = compiled(asked, at)
        const named = ({ part, rule }: { part: string; rule: string }) => `${part}.${rule}`
        expect(plain(decide(asked, at))).toEqual(
          plain({ ...rest, fired: fired.map(named), unknown: unknown.map(named) }),
        )
      }),
    )
  })

  it('[R504] [R811] passes the strict type check with all of its operators at once', () => {
    const values = writable.map((id) => {
      const [one] = fc.sample(argumentsOf(id, logicPath).filter(fitting), { numRuns: 1, seed: 3 })
      return one ?? null
    })
    expect(typeErrors(exportTypeScript(expressions(values)).source ?? '')).toBe('')
  })
})

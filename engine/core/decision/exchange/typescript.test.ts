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
import { identifier } from '#core/logic/operators/identifier.ts'

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
    const folder = mkdtempSync(join(tmpdir(), 'metis-export-'))
    try {
      const file = join(folder, 'policy.ts')
      writeFileSync(file, source ?? '')
      const { stdout, status } = spawnSync(
        process.execPath,
        [
          join('node_modules', 'typescript', 'bin', 'tsc'),
          '--noEmit',
          '--strict',
          '--target',
          'es2022',
          '--lib',
          'es2022',
          '--types',
          '',
          '--ignoreConfig',
          file,
        ],
        { encoding: 'utf8' },
      )
      expect(stdout).toBe('')
      expect(status).toBe(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(source).not.toContain('import ')
  })

  it('[R505] is not written where a part would be missing from it, and says which', () => {
    const { source, findings } = exportTypeScript(
      decision([
        { kind: 'expression', id: 'day', name: 'Day', value: { today: [] } },
        { kind: 'decision', id: 'other', name: 'Other', decision: 'other', inputs: {} },
      ]),
    )
    expect(source).toBeNull()
    expect(
      findings.map(({ code, params, place }) => [code, params['part'], params['what'], place]),
    ).toEqual([
      ['EXPORT_TYPESCRIPT', 'Day', '“today”', { path: '/parts/0' }],
      ['EXPORT_TYPESCRIPT', 'Other', 'another decision inside', { path: '/parts/1' }],
    ])
  })
})

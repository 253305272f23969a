import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analyseFlow } from '#core/decision/analysis/flow/analyse-flow.ts'
import { flowFindings } from '#core/decision/analysis/flow/flow-findings.ts'
import { compileDecision, type CompiledDecision } from '#core/decision/compile.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { flowSchema, type Flow, type Logic } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const lookupWith = (...decisions: Decision[]): Lookup => ({
  descriptor: (type) => registry.descriptor(type),
  decision: (id) => decisions.find((decision) => decision.id === id),
})
const lookup = lookupWith()
const input = {
  type: 'object',
  properties: {
    score: { type: 'number' },
    income: { type: 'number' },
    kind: { enum: ['a', 'b'] },
  },
}
const v = (path: string): Logic => ({ var: path })
const branch = (...whens: [string, Logic][]) => ({
  type: 'flow.branch',
  config: { cases: whens.map(([id, when]) => ({ id, name: '', when })) },
})
const end = (...fields: Logic[]) => ({
  type: 'flow.end',
  ...(fields.length === 0 ? {} : { inputs: { output: { context: fields } } }),
})
const codes = (flow: Flow, known = lookup): string[] =>
  flowFindings(flow, known).map(({ code, place }) => `${code} ${place.edge ?? place.node ?? ''}`)
const verdictOf = (flow: Flow, edge: string, known = lookup): string | undefined =>
  analyseFlow(flow, known).edges.get(edge)?.verdict

const twice = draw(
  {
    start: 'flow.start',
    first: branch(['low', { lt: [v('input.score'), 600] }]),
    sum: { type: 'data.map', inputs: { points: v('input.score') } },
    second: branch(['high', { gte: [v('sum.points'), 700] }]),
    end: 'flow.end',
  },
  [
    'start -> first',
    'first.low -> sum',
    'first.else -> end',
    'sum -> second',
    'second.high -> end',
    'second.else -> end',
  ],
  { input },
)

describe('analyseFlow', () => {
  it('[R523] A way that earlier conditions forbid is dead, also through a mapping; it names what contradicts.', () => {
    expect(codes(twice)).toEqual(['FLOW_EDGE_DEAD e4'])
    const [found] = flowFindings(twice, lookup)
    const text = found && isMessageCode(found.code) ? sentence(found.code, found.params) : ''
    expect(text).toContain('first: “')
    expect(text).toContain('second: “')
    expect(verdictOf(twice, 'e5')).toBe('disproved')
  })

  it('[R524] A way is not called dead where a loop brings its value anew.', () => {
    const flow = draw(
      {
        start: 'flow.start',
        task: {
          type: 'human.task',
          config: { title: 'T', outcomes: [{ id: 'done', name: '' }] },
        },
        ask: branch(['again', { eq: [v('task.more'), true] }]),
        late: branch(['more', { eq: [v('task.more'), true] }]),
        end: 'flow.end',
      },
      [
        'start -> task',
        'task.done -> ask',
        'ask.again -> task',
        'ask.else -> late',
        'late.more -> end',
        'late.else -> end',
      ],
    )
    expect(codes(flow)).toEqual(['FLOW_EDGE_DEAD e4'])
    expect(verdictOf(flow, 'e2')).toBe('disproved')
    expect(verdictOf(flow, 'e3')).not.toBe('proved')
  })

  const policy = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input,
    parts: [
      {
        kind: 'rules',
        id: 'rules',
        name: '',
        rules: [
          {
            id: 'low',
            name: '',
            when: { lt: [v('score'), 500] },
            then: [
              { do: 'outcome', outcome: 'decline' },
              { do: 'reason', code: 'LOW', text: '' },
            ],
          },
          {
            id: 'thin',
            name: '',
            when: { lt: [v('income'), 10] },
            then: [{ do: 'outcome', outcome: 'refer' }],
          },
        ],
      },
    ],
  })
  const decided = draw(
    {
      start: 'flow.start',
      enough: branch(['yes', { gte: [v('input.score'), 600] }]),
      policy: {
        type: 'decision.evaluate',
        config: { decision: 'policy' },
        inputs: { score: v('input.score'), income: v('input.income') },
      },
      outcome: branch(
        ['decline', { eq: [v('policy.outcome'), 'decline'] }],
        ['refer', { eq: [v('policy.outcome'), 'refer'] }],
      ),
      referred: { type: 'flow.end', inputs: { output: v('policy') } },
      end: 'flow.end',
    },
    [
      'start -> enough',
      'enough.yes -> policy',
      'enough.else -> end',
      'policy -> outcome',
      'outcome.decline -> end',
      'outcome.refer -> referred',
      'outcome.else -> end',
    ],
    { input },
  )

  it('[R525] The outcomes of a decision are followed: one that the facts forbid kills its way.', () => {
    const known = lookupWith(policy)
    expect(codes(decided, known)).toContain('FLOW_EDGE_DEAD e4')
    expect(verdictOf(decided, 'e5', known)).toBe('disproved')
  })

  it('[R526] A case that ends in decline or refer without a reason is shown, also where a decision gives none.', () => {
    const found = flowFindings(decided, lookupWith(policy)).filter(
      ({ code }) => code === 'FLOW_WITHOUT_REASON',
    )
    expect(found.map(({ place }) => place.node)).toEqual(['referred'])
    expect(found[0]?.params['example']).toMatch(/income 9/)
  })

  it('[R527] Conditions that hold at once and end in approval and decline are shown with a case.', () => {
    const cases: [string, Logic][] = [
      ['good', { gte: [v('input.score'), 700] }],
      ['poor', { lt: [v('input.income'), 10] }],
    ]
    const meet = (...ordered: [string, Logic][]): Flow =>
      draw(
        {
          start: 'flow.start',
          choose: branch(...ordered),
          yes: end('outcome', 'approve'),
          no: end('outcome', 'decline', 'reasons', ['LOW']),
        },
        ['start -> choose', 'choose.good -> yes', 'choose.poor -> no', 'choose.else -> no'],
        { input },
      )
    const [found] = flowFindings(meet(...cases), lookup)
    expect(found).toMatchObject({ code: 'FLOW_OUTCOMES_MEET', severity: 'warning' })
    expect(found?.params['example']).toMatch(/score 70\d.*income \d/)
    expect(flowFindings(meet(...cases.toReversed()), lookup)[0]?.severity).toBe('info')
  })

  it('[R528] Every verdict on random flows is what trying every case tells, and every witness takes its way.', () => {
    fc.assert(
      fc.property(randomFlow, ({ flow, policy: rules }) => {
        const run = runner(flow, compileDecision(rules))
        const { edges } = analyseFlow(flow, lookupWith(rules))
        const tried = new Set(everyCase.flatMap(run))
        const verdicts = [...edges]
        const told = verdicts.map(([edge, { verdict }]) => [edge, verdict])
        expect(told).toEqual(
          verdicts.map(([edge]) => [edge, tried.has(edge) ? 'disproved' : 'proved']),
        )
        const strays = verdicts.filter(
          ([edge, verdict]) =>
            verdict.verdict === 'disproved' &&
            !run((verdict.witness.facts['input'] ?? {}) as JsonObject).includes(edge),
        )
        expect(strays).toEqual([])
        for (const edge of tried) expect(edges.has(edge)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('[R529] With too many ways nothing is called dead, and it is said; the template gives no false alarm.', () => {
    const few = analyseFlow(twice, lookup, 2)
    expect(few.complete).toBe(false)
    expect([...few.edges.values()].some(({ verdict }) => verdict === 'proved')).toBe(false)
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(`templates/personal-loan/${name}.json`, 'utf8'))
    const flow = flowSchema.parse(read('flow'))
    const known = lookupWith(decisionSchema.parse(read('policy')))
    expect(analyseFlow(flow, known).complete).toBe(true)
    expect(flowFindings(flow, known)).toEqual([])
  })
})

const numbers = [null, 0, 1, 2, 3]
const everyCase: JsonObject[] = numbers.flatMap((n) =>
  [null, 'a', 'b'].map((kind) => ({ n, kind })),
)
const smallInput = {
  type: 'object',
  properties: {
    n: { type: 'integer', minimum: 0, maximum: 3 },
    kind: { enum: ['a', 'b'] },
  },
}
const field = (name: string) => fc.constantFrom(`input.${name}`, `start.${name}`, `map.${name}`)
const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'),
      field('n'),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([operator, path, limit]): Logic => ({ [operator]: [v(path), limit] })),
  fc
    .tuple(fc.constantFrom('eq', 'ne'), field('kind'), fc.constantFrom('a', 'b'))
    .map(([operator, path, value]): Logic => ({ [operator]: [v(path), value] })),
  fc
    .tuple(fc.constantFrom('is_missing', 'is_present'), fc.constantFrom('n', 'kind'))
    .map(([operator, name]): Logic => ({ [operator]: [v(`input.${name}`)] })),
)
const condition: fc.Arbitrary<Logic> = fc.oneof(
  { weight: 3, arbitrary: atom },
  { weight: 1, arbitrary: atom.map((one): Logic => ({ not: [one] })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('all_of', 'any_of'), fc.array(atom, { minLength: 1, maxLength: 3 }))
      .map(([operator, args]): Logic => ({ [operator]: args })),
  },
)
const outcome = fc.constantFrom('approve', 'refer', 'decline')
const onOutcome = outcome.map((one): Logic => ({ eq: [v('policy.outcome'), one] }))
const bare = (logic: Logic): Logic =>
  JSON.parse(JSON.stringify(logic).replaceAll(/"(input|start|map)\./g, '"')) as Logic
const randomPolicy = fc
  .array(fc.tuple(condition, outcome), { minLength: 1, maxLength: 3 })
  .map((rules) =>
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'rules',
      name: 'Rules',
      input: {},
      parts: [
        {
          kind: 'rules',
          id: 'rules',
          name: '',
          rules: rules.map(([when, one], at) => ({
            id: `r${at}`,
            name: '',
            when: bare(when),
            then: [{ do: 'outcome', outcome: one }],
          })),
        },
      ],
    }),
  )

/** Branches in a row behind a decision, each with ways to any of those behind it. */
const drawnFlow: fc.Arbitrary<Flow> = fc
  .array(
    fc.record({
      cases: fc.array(
        fc.oneof({ weight: 2, arbitrary: condition }, { weight: 1, arbitrary: onOutcome }),
        { minLength: 1, maxLength: 3 },
      ),
      to: fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drawn) => {
    const target = (from: number, step: number): string =>
      from + 1 + step < drawn.length ? `b${from + 1 + step}` : 'end'
    return draw(
      {
        start: 'flow.start',
        map: { type: 'data.map', inputs: { n: v('input.n'), kind: v('input.kind') } },
        policy: {
          type: 'decision.evaluate',
          config: { decision: 'rules' },
          inputs: { n: v('map.n'), kind: v('input.kind') },
        },
        ...Object.fromEntries(
          drawn.map(({ cases }, at) => [
            `b${at}`,
            branch(...cases.map((when, number): [string, Logic] => [`c${number}`, when])),
          ]),
        ),
        end: 'flow.end',
      },
      [
        'start -> map',
        'map -> policy',
        'policy -> b0',
        ...drawn.flatMap(({ cases, to }, at) =>
          [...cases.map((_, number) => `c${number}`), 'else'].map(
            (port, number) => `b${at}.${port} -> ${target(at, to[number] as number)}`,
          ),
        ),
      ],
      { input: smallInput },
    )
  })

const randomFlow = fc.record({ flow: drawnFlow, policy: randomPolicy })

/** The edges that a case takes, told apart from the analysis. */
const runner =
  (flow: Flow, decide: CompiledDecision) =>
  (facts: JsonObject): string[] => {
    const present = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
    const scope: JsonObject = {
      input: present,
      start: present,
      map: { n: null, kind: null, ...facts },
      policy: { outcome: decide({ n: null, kind: null, ...facts }, 0).outcome },
    }
    const taken: string[] = []
    for (let at = 'start'; at !== 'end';) {
      const node = flow.nodes.find(({ id }) => id === at)
      const cases = (node?.config['cases'] ?? []) as { id: string; when: Json }[]
      const met = cases.find(({ when }) => compileLogic(when)(scope, { at: 0 }) === true)
      const port = node?.type === 'flow.branch' ? (met?.id ?? 'else') : 'out'
      const edge = flow.edges.find((each) => each.source === at && each.sourcePort === port)
      if (!edge) throw new Error(`no edge from ${at}.${port}`)
      taken.push(edge.id)
      at = edge.target
    }
    return taken
  }

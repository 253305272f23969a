import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow, Logic } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { scopeAt } from '#core/graph/scope.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'
import { applyFix } from '#core/graph/apply-fix.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const logic = { 'x-logic': true }
const object = (properties: NodeDescriptor['config'], required: string[] = []) => ({
  type: 'object',
  properties,
  required,
})
const port = (id: string, schema: NodeDescriptor['config'] = {}) => ({ id, title: id, schema })
const base = {
  version: 1,
  title: '',
  description: '',
  area: 'data',
  icon: 'x',
  help: '',
  config: {},
  inputs: {},
  openInputs: true,
  ports: [port('out')],
  canFail: false,
  source: 'built-in',
} as const satisfies Partial<NodeDescriptor>

const list = (from: string, ...plus: string[]) => ({ from, plus, schema: {} })
const report = object({ score: { type: 'number' } }, ['score'])
const types: Record<string, NodeDescriptor> = Object.fromEntries(
  [
    { type: 'start', kind: 'start' as const },
    { type: 'end', kind: 'end' as const, ports: [] },
    {
      type: 'branch',
      kind: 'branch' as const,
      ports: [],
      portsFrom: list('/cases', 'else'),
      config: object({ cases: { type: 'array', items: object({ when: logic }) } }),
    },
    { type: 'flow.fork', kind: 'fork' as const, ports: [], portsFrom: list('/branches') },
    { type: 'flow.join', kind: 'join' as const },
    { type: 'map', kind: 'pure' as const, canFail: true },
    {
      type: 'bureau',
      kind: 'effect' as const,
      canFail: true,
      openInputs: false,
      inputs: { pan: { schema: { type: 'string' }, required: true } },
      ports: [
        port('hit', { ...report, additionalProperties: false }),
        port('none', { type: 'null' }),
      ],
      config: object({
        product: { enum: ['consumer'] },
        decision: { type: 'string', 'x-ref': 'decision' },
      }),
    },
  ].map((type) => [type.type, { ...base, ...type }]),
)
const lookup: Lookup = { descriptor: (type) => types[type], decision: () => undefined }

const check = (flow: Flow): Finding[] => validateFlow(flow, lookup)
const codes = (flow: Flow): string[] => check(flow).map((finding) => finding.code)
const pan = { pan: 'ABCPE1234F' }

describe('validateFlow', () => {
  it('finds nothing in a sound flow', () => {
    const flow = draw({ start: 'start', a: { type: 'bureau', inputs: pan }, end: 'end' }, [
      'start -> a',
      'a.hit -> end',
      'a.none -> end',
    ])
    expect(check(flow)).toEqual([])
  })

  it.each([
    ['NO_START', draw({ end: 'end' }, [])],
    ['NO_END', draw({ start: 'start', a: 'map' }, ['start -> a', 'a -> a'])],
    [
      'MANY_STARTS',
      draw({ start: 'start', other: 'start', end: 'end' }, ['start -> end', 'other -> end']),
    ],
    ['START_ENTERED', draw({ start: 'start', a: 'map', end: 'end' }, ['start -> a', 'a -> start'])],
    [
      'NODE_TYPE_UNKNOWN',
      draw({ start: 'start', a: 'nothing', end: 'end' }, ['start -> a', 'a -> end']),
    ],
    [
      'NODE_VERSION_UNKNOWN',
      draw({ start: 'start', a: { type: 'map', version: 2 }, end: 'end' }, [
        'start -> a',
        'a -> end',
      ]),
    ],
    ['UNREACHABLE', draw({ start: 'start', a: 'map', end: 'end' }, ['start -> end', 'a -> end'])],
    [
      'EDGE_NODE_UNKNOWN',
      draw({ start: 'start', end: 'end' }, ['start -> end', 'start.out -> gone']),
    ],
    [
      'EDGE_PORT_UNKNOWN',
      draw({ start: 'start', end: 'end' }, ['start -> end', 'start.nope -> end']),
    ],
    [
      'PORT_UNCONNECTED',
      draw({ start: 'start', a: { type: 'bureau', inputs: pan }, end: 'end' }, [
        'start -> a',
        'a.hit -> end',
      ]),
    ],
    [
      'PORT_WITH_TWO_EDGES',
      draw({ start: 'start', end: 'end', more: 'end' }, ['start -> end', 'start -> more']),
    ],
    [
      'CONFIG_INVALID',
      draw(
        {
          start: 'start',
          a: { type: 'bureau', inputs: pan, config: { product: 'x' } },
          end: 'end',
        },
        ['start -> a', 'a.hit -> end', 'a.none -> end'],
      ),
    ],
    [
      'DECISION_UNKNOWN',
      draw(
        {
          start: 'start',
          a: { type: 'bureau', inputs: pan, config: { decision: 'x' } },
          end: 'end',
        },
        ['start -> a', 'a.hit -> end', 'a.none -> end'],
      ),
    ],
    [
      'PORT_TWICE',
      draw(
        {
          start: 'start',
          b: {
            type: 'branch',
            config: {
              cases: [
                { id: 'x', when: true },
                { id: 'x', when: true },
              ],
            },
          },
          end: 'end',
        },
        ['start -> b', 'b.x -> end', 'b.else -> end'],
      ),
    ],
    [
      'INPUT_MISSING',
      draw({ start: 'start', a: 'bureau', end: 'end' }, [
        'start -> a',
        'a.hit -> end',
        'a.none -> end',
      ]),
    ],
    [
      'INPUT_UNKNOWN',
      draw({ start: 'start', a: { type: 'bureau', inputs: { ...pan, more: 1 } }, end: 'end' }, [
        'start -> a',
        'a.hit -> end',
        'a.none -> end',
      ]),
    ],
    [
      'LOGIC_UNKNOWN_OPERATOR',
      draw(
        {
          start: 'start',
          b: { type: 'branch', config: { cases: [{ id: 'x', when: { nope: [1] } }] } },
          end: 'end',
        },
        ['start -> b', 'b.x -> end', 'b.else -> end'],
      ),
    ],
    [
      'NAME_UNKNOWN',
      draw({ start: 'start', end: { type: 'end', inputs: { output: { var: 'nobody.x' } } } }, [
        'start -> end',
      ]),
    ],
    [
      'NAME_OUT_OF_SCOPE',
      draw(
        { start: 'start', a: { type: 'map', inputs: { x: { var: 'b' } } }, b: 'map', end: 'end' },
        ['start -> a', 'a -> b', 'b -> end'],
      ),
    ],
    [
      'FIELD_UNKNOWN',
      draw(
        {
          start: 'start',
          a: { type: 'bureau', inputs: pan },
          end: { type: 'end', inputs: { output: { var: 'a.age' } } },
        },
        ['start -> a', 'a.hit -> end', 'a.none -> end'],
      ),
    ],
  ])('%s', (code, flow) => {
    const finding = check(flow).find((each) => each.code === code)
    expect(finding, codes(flow).join()).toBeDefined()
    // Every code has a sentence, and every parameter of the sentence is given.
    if (!finding || !isMessageCode(finding.code)) throw new Error(`no sentence for ${code}`)
    expect(sentence(finding.code, finding.params)).not.toMatch(/\{\w+\}/)
  })

  it('finds ids used twice', () => {
    const flow = draw({ start: 'start', end: 'end' }, ['start -> end'])
    const twice = {
      ...flow,
      nodes: [...flow.nodes, ...flow.nodes.slice(1)],
      edges: [...flow.edges, ...flow.edges],
    }
    expect(codes(twice).filter((code) => code === 'DUPLICATE_ID')).toHaveLength(2)
  })
})

describe('forks', () => {
  const fork = { type: 'flow.fork', config: { branches: [{ id: 'l' }, { id: 'r' }] } }
  const nodes = { start: 'start', f: fork, a: 'map', b: 'map', j: 'flow.join', end: 'end' }
  const edges = ['start -> f', 'f.l -> a', 'f.r -> b', 'a -> j', 'b -> j', 'j -> end']
  const without = (edge: string) => edges.filter((each) => each !== edge)

  it('[R6] accept exits by error ports and to an End', () => {
    expect(
      codes(
        draw(
          nodes,
          [...edges, 'a.error -> end', 'b.error -> after', 'after -> end'].filter(Boolean),
        ),
      ),
    ).toContain('EDGE_NODE_UNKNOWN')
    expect(
      codes(
        draw({ ...nodes, after: 'map' }, [
          ...edges,
          'a.error -> end',
          'b.error -> after',
          'after -> end',
        ]),
      ),
    ).toEqual([])
  })
  it.each([
    [
      'EDGE_LEAVES_FORK',
      'a',
      [...without('a -> j'), 'j -> c', 'a -> c', 'c -> end'].filter((edge) => edge !== 'j -> end'),
    ],
    ['EDGE_ENTERS_FORK', 'j', [...without('j -> end'), 'j -> b']],
    [
      'BRANCHES_MEET',
      'b',
      [...without('a -> j').filter((edge) => edge !== 'b -> j'), 'a -> c', 'b -> c', 'c -> j'],
    ],
    ['JOIN_WITHOUT_FORK', 'j', [...without('j -> end'), 'j -> j']],
  ])('[R6] %s names the edge', (code, source, drawn) => {
    const finding = check(draw({ ...nodes, c: 'map' }, drawn)).find((each) => each.code === code)
    expect(finding).toMatchObject({ place: { node: source } })
  })
  const behind = [...without('j -> end'), 'j -> c', 'c -> end']
  const looping = { type: 'branch', config: { cases: [{ id: 'again', when: { var: 'input.x' } }] } }
  it.each([
    ['EDGE_LEAVES_FORK', [...behind.filter((edge) => edge !== 'a -> j'), 'a -> c']],
    ['JOIN_WITHOUT_FORK', ['start -> c', 'c -> j', 'j -> end']],
    ['JOIN_WITHOUT_FORK', [...without('start -> f'), 'start -> x', 'x.again -> f', 'x.else -> j']],
    ['JOIN_NEVER_FIRES', [...without('a -> j'), 'a -> end']],
    [
      'JOIN_NEVER_FIRES',
      [...without('a -> j').filter((edge) => edge !== 'f.l -> a'), 'f.l -> end'],
    ],
  ])('[R7] %s is mended by its fix', (code, drawn) => {
    const used = new Set(drawn.flatMap((edge) => edge.split(/\.\w+ -> | -> /)))
    const all = Object.entries({ ...nodes, c: 'map', x: looping })
    const flow = draw(Object.fromEntries(all.filter(([id]) => used.has(id))) as typeof nodes, drawn)
    const finding = check(flow).find((each) => each.code === code)
    expect(codes(applyFix(flow, finding?.fix))).toEqual([])
  })
  it('[R7] a join that a branch cannot be led to waits for the others alone', () => {
    const drawn = [...without('a -> j'), 'a -> x', 'x.again -> a', 'x.else -> a']
    const flow = draw({ ...nodes, x: looping }, drawn)
    const finding = check(flow).find(({ code }) => code === 'JOIN_NEVER_FIRES')
    expect(finding?.fix?.title).toBe('Wait for 1')
    expect(codes(applyFix(flow, finding?.fix))).not.toContain('JOIN_NEVER_FIRES')
  })
  it('[R221] that interleave instead of nesting are no finding', () => {
    expect(
      codes(draw({ ...nodes, k: 'flow.join' }, [...without('b -> j'), 'b -> k', 'k -> end'])),
    ).toEqual([])
    const inner = { ...nodes, g: fork, c: 'map', d: 'map' }
    const drawn = [...without('a -> j'), 'a -> g', 'g.l -> c', 'g.r -> d', 'c -> j', 'd -> j']
    expect(codes(draw(inner, drawn))).toEqual([])
  })
  const again = { type: 'branch', config: { cases: [{ id: 'again', when: false }] } }
  const crossing = { ...nodes, g: fork, c: 'map', d: 'map', k: 'flow.join', x: again }
  const crossed = [
    'start -> f',
    'f.l -> a',
    'f.r -> b',
    'a -> g',
    'g.l -> c',
    'g.r -> k',
    'b -> x',
    'x.else -> k',
    'k -> d',
    'c -> j',
    'd -> j',
    'j -> end',
  ]
  it.each([
    ['CYCLE_IN_FRAGMENT', 'x', [...crossed, 'x.again -> b']],
    ['BRANCHES_MEET', 'k', [...crossed, 'x.again -> d']],
    [
      'EDGE_ENTERS_FORK',
      'y',
      ['start -> y', 'y.again -> d', 'y.else -> f', ...crossed.slice(1), 'x.again -> k'],
    ],
  ])(
    '[R221] %s names the edge that keeps branches from interleaving, and its fix mends it',
    (code, source, drawn) => {
      const flow = draw({ ...crossing, y: again }, drawn)
      const finding = check(flow).find((each) => each.code === code)
      expect(finding).toMatchObject({ place: { node: source } })
      expect(codes(applyFix(flow, finding?.fix))).not.toContain(code)
    },
  )
  it('[R222] what is certain where branches have interleaved', () => {
    const certain = (at: string): string[] =>
      scopeAt(draw(crossing, [...crossed, 'x.again -> k']), at, lookup)
        .filter((variable) => variable.certain && variable.ports.length > 0)
        .map(({ name }) => name)
    expect(certain('d')).toEqual(['start', 'f', 'a', 'b', 'g', 'k', 'x'])
    expect(certain('c')).toEqual(['start', 'f', 'a', 'g'])
    expect(certain('end')).toEqual(['start', 'f', 'a', 'b', 'j', 'g', 'c', 'd', 'k', 'x'])
  })
  it('JOIN_NEVER_FIRES where a branch cannot arrive, unless it may be skipped', () => {
    const ended = [...without('a -> j'), 'a -> end']
    expect(codes(draw(nodes, ended))).toEqual(['JOIN_NEVER_FIRES'])
    const skipped = {
      type: 'flow.fork',
      config: { branches: [{ id: 'l', when: { var: 'input' } }, { id: 'r' }] },
    }
    expect(codes(draw({ ...nodes, f: skipped }, ended))).toEqual([])
  })
  it('JOIN_COUNT_TOO_HIGH is mended by its fix', () => {
    const flow = draw(
      { ...nodes, j: { type: 'flow.join', config: { mode: 'count', count: 3 } } },
      edges,
    )
    const [finding] = check(flow)
    expect(finding?.code).toBe('JOIN_COUNT_TOO_HIGH')
    expect(check(applyFix(flow, finding?.fix))).toEqual([])
  })
  it('FORK_WITHOUT_JOIN only warns', () => {
    const flow = draw(nodes, [...edges.slice(0, 3), 'a -> end', 'b -> end'])
    expect(check(flow).find((each) => each.code === 'FORK_WITHOUT_JOIN')?.severity).toBe('warning')
  })
  it('[R7] branches that meet are mended by inserting a join', () => {
    const { j: _, ...rest } = nodes
    const drawn = [...edges.slice(0, 3), 'a -> c', 'b -> c', 'c -> end']
    const flow = draw({ ...rest, c: 'map' }, drawn)
    const finding = check(flow).find((each) => each.code === 'BRANCHES_MEET')
    expect(check(applyFix(flow, finding?.fix))).toEqual([])
  })
  it('[R7] two edges at a port are mended by inserting a fork', () => {
    const flow = draw({ start: 'start', a: 'map', b: 'map', j: 'flow.join', end: 'end' }, [
      'start -> a',
      'start -> b',
      'a -> j',
      'b -> j',
      'j -> end',
    ])
    const finding = check(flow).find((each) => each.code === 'PORT_WITH_TWO_EDGES')
    expect(check(applyFix(flow, finding?.fix))).toEqual([])
  })
})

describe('scope', () => {
  const gate = { type: 'branch', config: { cases: [{ id: 'x', when: { var: 'input.x' } }] } }
  const bureau = { type: 'bureau', inputs: pan }
  const edges = ['start -> g', 'g.x -> a', 'g.else -> end', 'a.hit -> end', 'a.none -> end']
  it('[R8] warns of what is not on every path', () => {
    const end = { type: 'end', inputs: { output: { var: 'a.score' } } }
    const [finding] = check(draw({ start: 'start', g: gate, a: bureau, end }, edges))
    expect(finding).toMatchObject({
      code: 'MAY_BE_MISSING',
      severity: 'warning',
      place: { node: 'end' },
    })
    expect(finding && sentence('MAY_BE_MISSING', finding.params)).toMatch(
      /^"a.score" may be missing: "a" is not on every path to "end"/,
    )
  })
  it('tells types by port, and certain from possible', () => {
    const flow = draw({ start: 'start', g: gate, a: bureau, b: 'map', end: 'end' }, [
      ...edges.slice(0, 3),
      'a.hit -> b',
      'a.none -> end',
      'b -> end',
    ])
    const at = (id: string) =>
      Object.fromEntries(
        scopeAt(flow, id, lookup).map(({ name, certain, ports }) => [name, [certain, ports]]),
      )
    expect(at('b')).toEqual({
      input: [true, []],
      run: [true, []],
      start: [true, ['out']],
      g: [true, ['x']],
      a: [true, ['hit']],
    })
    expect(at('end')).toMatchObject({
      a: [false, ['hit', 'none']],
      b: [false, ['out']],
      g: [true, ['x', 'else']],
    })
    const score = scopeAt(flow, 'b', lookup).find(({ name }) => name === 'a')
    expect(score?.schema).toMatchObject(report)
  })
  it('after a join that waits for all, every branch is certain; after “any” none is', () => {
    const fork = {
      type: 'flow.fork',
      config: { branches: [{ id: 'l' }, { id: 'r', when: { var: 'input' } }] },
    }
    const drawn = (mode: string) =>
      draw(
        {
          start: 'start',
          f: fork,
          a: 'map',
          b: 'map',
          j: { type: 'flow.join', config: { mode } },
          end: 'end',
        },
        ['start -> f', 'f.l -> a', 'f.r -> b', 'a -> j', 'b -> j', 'j -> end'],
      )
    const certain = (mode: string) =>
      scopeAt(drawn(mode), 'end', lookup)
        .filter((each) => each.certain)
        .map(({ name }) => name)
    expect(certain('all')).toEqual(['input', 'run', 'start', 'f', 'a', 'j'])
    expect(certain('any')).toEqual(['input', 'run', 'start', 'f', 'j'])
  })
})

describe('[R354] branches', () => {
  const score = { var: 'input.score' }
  const dead = (...conditions: readonly Logic[]): string[] => {
    const cases = conditions.map((when, index) => ({ id: `c${index}`, name: '', when }))
    const flow = draw(
      { start: 'start', choose: { type: 'branch', config: { cases } }, end: 'end' },
      ['start -> choose', ...cases.map(({ id }) => `choose.${id} -> end`), 'choose.else -> end'],
      { input: { type: 'object', properties: { score: { type: 'integer' } } } },
    )
    return validateFlow(flow, lookup)
      .filter(({ code }) => code.startsWith('BRANCH_'))
      .map(({ code, place }) => `${code} ${place.path}`)
  }

  it('BRANCH_CASE_NEVER, BRANCH_CASE_HIDDEN and BRANCH_ELSE_NEVER name cases that no run can take', () => {
    expect(dead({ gte: [score, 700] }, { lt: [score, 650] })).toEqual([])
    expect(dead({ all_of: [{ gt: [score, 700] }, { lt: [score, 701] }] })).toEqual([
      'BRANCH_CASE_NEVER /nodes/1/config/cases/0/when',
    ])
    expect(
      dead({ lt: [score, 650] }, { gte: [score, 600] }, { between: [score, 640, 660] }),
    ).toEqual(['BRANCH_CASE_HIDDEN /nodes/1/config/cases/2/when'])
    expect(dead({ any_of: [{ is_missing: score }, { is_present: score }] })).toEqual([
      'BRANCH_ELSE_NEVER /nodes/1/config/cases/0/when',
    ])
  })
})

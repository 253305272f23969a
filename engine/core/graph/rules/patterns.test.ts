import { expect, it } from 'vitest'
import { applyFix } from '#core/graph/apply-fix.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const port = (id: string, more: object = {}) => ({ id, title: id, schema: {}, ...more })
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
const kinds: Record<string, Partial<NodeDescriptor>> = {
  start: { kind: 'start' },
  'flow.end': { kind: 'end', ports: [] },
  map: { kind: 'pure', canFail: true },
  try: {
    kind: 'try',
    ports: [port('body', { optional: true }), port('out'), port('error', { optional: true })],
  },
  'flow.fork': {
    kind: 'fork',
    ports: [],
    portsFrom: { from: '/branches', plus: [], schema: {} },
  },
  wait: { kind: 'timer' },
  task: { kind: 'task', ports: [port('done'), port('remind', { when: '/remind' })] },
}
const lookup = {
  descriptor: (type: string): NodeDescriptor | undefined =>
    kinds[type] && ({ ...base, type, ...kinds[type] } as NodeDescriptor),
  decision: () => undefined,
  flow: () => undefined,
}
const check = (flow: Flow): Finding[] => validateFlow(flow, lookup)
const codes = (flow: Flow): string[] => check(flow).map(({ code }) => code)
const inside = { parent: 'group' }
const group = { start: 'start', group: 'try', end: 'flow.end' }
const ways = ['start -> group', 'group -> end']

it('[R183] finds nothing in a sound try', () => {
  const flow = draw(
    { ...group, a: { type: 'map', ...inside }, inner: { type: 'flow.end', ...inside } },
    [...ways, 'group.body -> a', 'a -> inner', 'a.error -> end'],
  )
  expect(codes(flow)).toEqual([])
})

it.each([
  ['BODY_EMPTY', draw(group, ways)],
  [
    'BODY_WITHOUT_END',
    draw({ ...group, a: { type: 'map', ...inside } }, [...ways, 'group.body -> a']),
  ],
  [
    'BODY_LEFT',
    draw(
      {
        ...group,
        a: { type: 'map', ...inside },
        b: 'map',
        inner: { type: 'flow.end', ...inside },
      },
      [...ways, 'group.body -> a', 'a -> b', 'b -> inner'],
    ),
  ],
  [
    'BODY_BEGINS_OUTSIDE',
    draw({ ...group, a: 'map', inner: { type: 'flow.end', ...inside } }, [
      ...ways,
      'group.body -> a',
      'a -> inner',
    ]),
  ],
  [
    'PARENT_INVALID',
    draw({ start: 'start', a: { type: 'map', parent: 'start' }, end: 'flow.end' }, [
      'start -> a',
      'a -> end',
    ]),
  ],
  [
    'FORK_WITHOUT_JOIN',
    draw(
      {
        start: 'start',
        fork: { type: 'flow.fork', config: { branches: [{ id: 'x' }, { id: 'y' }] } },
        a: 'flow.end',
        b: 'flow.end',
      },
      ['start -> fork', 'fork.x -> a', 'fork.y -> b'],
    ),
  ],
  [
    'END_WITHOUT_REASON',
    draw(
      {
        start: 'start',
        end: {
          type: 'flow.end',
          inputs: { output: { context: ['outcome', 'decline', 'reasons', []] } },
        },
      },
      ['start -> end'],
    ),
  ],
  [
    'END_WITHOUT_REASON',
    draw({ start: 'start', end: { type: 'flow.end', config: { status: 'failed' } } }, [
      'start -> end',
    ]),
  ],
])('[R183] %s is found, and its fix mends it', (code, flow) => {
  const found = check(flow).find((finding) => finding.code === code)
  expect(found?.fix).toBeDefined()
  const mended = applyFix(flow, found?.fix)
  expect(codes(mended)).not.toContain(code)
})

it('[R183] a reminder’s path may end at a port without an edge, and leads nowhere else', () => {
  const task = { type: 'task', config: { remind: { after: '1d' } } }
  const nodes = { start: 'start', task, tell: 'map', end: 'flow.end', then: 'map' }
  const edges = ['start -> task', 'task.done -> then', 'then -> end', 'task.remind -> tell']
  expect(codes(draw(nodes, edges))).toEqual([])
  expect(codes(draw(nodes, [...edges, 'tell -> then']))).toContain('EDGE_LEAVES_REMINDER')
})

it('[R183] a wait that does not say how long, or says it twice, is found', () => {
  const nodes = (wait: object) => ({
    start: 'start',
    wait: { type: 'wait', ...wait },
    end: 'flow.end',
  })
  const edges = ['start -> wait', 'wait -> end']
  expect(codes(draw(nodes({ config: { duration: '1d' } }), edges))).toEqual([])
  for (const wait of [{}, { config: { duration: '1d' }, inputs: { until: 5 } }])
    expect(codes(draw(nodes(wait), edges))).toEqual(['WAIT_UNCLEAR'])
})

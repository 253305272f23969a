import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** For tests: start → a → b → end, and the node types that it takes. */
const node = (id: string, type: string, more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type,
  version: 1,
  name: id.toUpperCase(),
  config: {},
  inputs: {},
  ...more,
})

export const sampleFlow: Flow = {
  kind: 'flow',
  format: 1,
  id: 'sample',
  name: 'Sample',
  description: '',
  input: { type: 'object', properties: { amount: { type: 'number' } } },
  nodes: [
    node('start', 'flow.start'),
    node('a', 'data.map', { inputs: { amount: { var: 'input.amount' } } }),
    node('b', 'data.map', {
      inputs: { twice: { times: [{ var: 'a.amount' }, 2] }, words: 'a.amount' },
    }),
    node('end', 'flow.end', { inputs: { output: { var: 'b' } } }),
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'a' },
    { id: 'e2', source: 'a', sourcePort: 'out', target: 'b' },
    { id: 'e3', source: 'b', sourcePort: 'out', target: 'end' },
  ],
  groups: [{ id: 'g', name: 'Both', nodes: ['a', 'b'] }],
  notes: [{ id: 'note_1', text: 'why', x: 0, y: 200, width: 200, height: 100 }],
  layout: {
    start: { x: 0, y: 0 },
    a: { x: 320, y: 0 },
    b: { x: 640, y: 0 },
    end: { x: 960, y: 0 },
  },
  tests: [],
}

const type = (name: string, more: Partial<NodeDescriptor>): NodeDescriptor => ({
  type: name,
  version: 1,
  kind: 'pure',
  title: name,
  description: '',
  area: 'flow',
  icon: 'route',
  help: '',
  config: { type: 'object', properties: {} },
  inputs: {},
  openInputs: true,
  ports: [{ id: 'out', title: 'Out', schema: {} }],
  canFail: false,
  source: 'built-in',
  ...more,
})

const named = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }
const listOf = (key: string) => ({
  type: 'object',
  properties: { [key]: { type: 'array', items: named } },
})

export const sampleTypes: readonly NodeDescriptor[] = [
  type('flow.start', { kind: 'start' }),
  type('flow.end', { kind: 'end', ports: [] }),
  type('data.map', { canFail: true, area: 'data' }),
  type('flow.fork', {
    kind: 'fork',
    ports: [],
    config: listOf('branches'),
    portsFrom: { from: '/branches', plus: [], schema: {} },
  }),
  type('flow.each', {
    kind: 'each',
    ports: ['item', 'out'].map((id) => ({ id, title: id, schema: {} })),
  }),
  type('flow.branch', {
    kind: 'branch',
    ports: [],
    config: listOf('cases'),
    portsFrom: { from: '/cases', plus: ['else'], schema: {} },
  }),
]

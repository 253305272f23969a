import type { Json } from '#core/json.ts'

interface DrawnNode {
  readonly id: string
  readonly type: string
  readonly [field: string]: Json
}

interface Drawing {
  readonly id: string
  readonly nodes: readonly DrawnNode[]
  /** `source.port > target` */
  readonly edges: readonly string[]
  readonly input?: Json
}

/** A document from a short drawing, with a Start and an End named `start` and `end`. */
export const draw = ({ id, nodes, edges, input = {} }: Drawing) => ({
  kind: 'flow',
  format: 1,
  id,
  name: id,
  input,
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    ...nodes.map((node) => ({ name: node.id, ...node })),
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: nodes[0]?.id ?? '' } } },
  ],
  edges: edges.map((edge, index) => {
    const [, source, sourcePort, target] = /^(\w+)\.(\w+) > (\w+)$/.exec(edge) ?? []
    return { id: `e${index}`, source, sourcePort, target }
  }),
})

/** One attempt only: what is tested is the answer, not the patience. */
export const once = { retry: { attempts: 1, first: '1ms' } }

/** Start, one node, End by each of its ports. */
export const drawOne = (id: string, node: DrawnNode, ports: readonly string[]) =>
  draw({
    id,
    nodes: [node],
    edges: [`start.out > ${node.id}`, ...ports.map((port) => `${node.id}.${port} > end`)],
  })

/** Gives back its input. */
export const echo = drawOne(
  'echo',
  { id: 'shape', type: 'data.map', inputs: { got: { var: 'input' } } },
  ['out'],
)

/** Asks a person. */
export const ask = drawOne(
  'ask',
  {
    id: 'review',
    type: 'human.task',
    config: {
      title: 'Review',
      role: 'credit',
      form: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
      outcomes: [
        { id: 'approve', name: 'Approve' },
        { id: 'decline', name: 'Decline' },
      ],
    },
    inputs: { data: { var: 'input' } },
  },
  ['approve', 'decline'],
)

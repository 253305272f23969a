import { flowSchema, type Flow, type FlowNode } from '#core/graph/flow.ts'

type Drawn = Partial<Omit<FlowNode, 'id' | 'type'>> & { readonly type: string }

/**
 * A flow for tests. Nodes by id, a bare text being the type; edges as `a.port -> b`, the port `out` where none is named.
 */
export function draw(
  nodes: Readonly<Record<string, string | Drawn>>,
  edges: readonly string[],
  more: Partial<Flow> = {},
): Flow {
  return flowSchema.parse({
    kind: 'flow',
    format: 1,
    id: 'drawn',
    name: 'Drawn',
    input: {},
    nodes: Object.entries(nodes).map(([id, node]) => ({
      id,
      name: id,
      ...(typeof node === 'string' ? { type: node } : node),
    })),
    edges: edges.map((text, index) => {
      const [from = '', target = ''] = text.split(/\s*->\s*/)
      const [source = '', sourcePort = 'out'] = from.split('.')
      return { id: `e${index}`, source, sourcePort, target }
    }),
    ...more,
  })
}

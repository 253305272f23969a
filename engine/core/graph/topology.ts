import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** A flow indexed once, so that every analysis is linear. Edges to or from unknown nodes are left out. */
export interface Topology {
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly kind: (id: string) => NodeKind | undefined
  readonly out: (id: string) => readonly FlowEdge[]
  readonly into: (id: string) => readonly FlowEdge[]
  /** The first edge of a port. */
  readonly edge: (id: string, port: string) => FlowEdge | undefined
  readonly start: FlowNode | undefined
}

const none: readonly FlowEdge[] = []

export function topologyOf(
  flow: Pick<Flow, 'nodes' | 'edges'>,
  kindOf: (node: FlowNode) => NodeKind | undefined,
): Topology {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  const kinds = new Map(flow.nodes.map((node) => [node.id, kindOf(node)]))
  const out = new Map<string, FlowEdge[]>()
  const into = new Map<string, FlowEdge[]>()
  for (const edge of flow.edges) {
    if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue
    push(out, edge.source, edge)
    push(into, edge.target, edge)
  }
  return {
    nodes,
    kind: (id) => kinds.get(id),
    out: (id) => out.get(id) ?? none,
    into: (id) => into.get(id) ?? none,
    edge: (id, port) => out.get(id)?.find((edge) => edge.sourcePort === port),
    start: flow.nodes.find((node) => kinds.get(node.id) === 'start'),
  }
}

function push(map: Map<string, FlowEdge[]>, key: string, edge: FlowEdge): void {
  const list = map.get(key)
  if (list) list.push(edge)
  else map.set(key, [edge])
}

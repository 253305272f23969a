import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import type { Wire } from './command.ts'

/** The port by which a node begins the nodes that it contains. */
const bodyPort: Partial<Record<NodeKind, string>> = { each: 'item', lock: 'body', try: 'body' }

type KindOf = (node: FlowNode) => NodeKind | undefined

export const isContainer = (kind: NodeKind | undefined): boolean =>
  kind !== undefined && bodyPort[kind] !== undefined

/** The node that contains what the port leads to; undefined for the flow itself. */
export function containerBehind(
  flow: Flow,
  { source, sourcePort }: Pick<Wire, 'source' | 'sourcePort'>,
  kindOf: KindOf,
): string | undefined {
  const node = flow.nodes.find((each) => each.id === source)
  const kind = node && kindOf(node)
  if (kind !== undefined && bodyPort[kind] === sourcePort) return source
  return node?.parent
}

/** The nodes that an edge to `target` takes along into its container: the target and what is reached through it alone. */
export function takenAlong(flow: Flow, wire: Wire): string[] {
  const taken = new Set<string>()
  const work = [wire.target]
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    const into = flow.edges.filter((edge) => edge.target === id)
    const onlyHere = into.every((edge) => taken.has(edge.source) || isWire(edge, wire))
    if (!onlyHere || taken.has(id) || id === wire.source) continue
    taken.add(id)
    work.push(...flow.edges.flatMap((edge) => (edge.source === id ? [edge.target] : [])))
  }
  const from = flow.nodes.find((node) => node.id === wire.target)?.parent
  return flow.nodes.flatMap(({ id, parent }) => (taken.has(id) && parent === from ? [id] : []))
}

const isWire = (edge: Wire, wire: Wire): boolean =>
  edge.source === wire.source && edge.sourcePort === wire.sourcePort && edge.target === wire.target

/** Everything inside of the nodes, at any depth. */
export function contentsOf(flow: Flow, ids: Iterable<string>): Set<string> {
  const inside = new Set<string>()
  const within = new Set(ids)
  for (let grown = true; grown;) {
    grown = false
    for (const { id, parent } of flow.nodes) {
      if (parent === undefined || within.has(id) || !within.has(parent)) continue
      within.add(id)
      inside.add(id)
      grown = true
    }
  }
  return inside
}

/** The node with another container; null for the flow itself. */
export function placedIn(node: FlowNode, parent: string | null): FlowNode {
  const { parent: _left, ...rest } = node
  return parent === null ? rest : { ...rest, parent }
}

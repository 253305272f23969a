import { bodyPorts, runsApart } from '#core/graph/control.ts'
import type { FlowEdge, FlowNode } from '#core/graph/flow.ts'
import { topologyOf, type Topology } from '#core/graph/topology.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** What is drawn inside of lists and locks; each body is a flow of its own. */
export interface Bodies {
  /** The innermost `each` or `lock` around a node; null in the flow itself. */
  readonly ownerOf: (id: string) => string | null
  /** The node, the each that contains it, the each that contains that, … */
  readonly around: (id: string) => readonly string[]
  /** Every one of them, in the flow's order. */
  readonly owners: readonly string[]
  /** Edges into a body or out of it: they have no meaning, since it runs apart, once for every item. */
  readonly crossing: readonly FlowEdge[]
  /** The nodes of one body with the edges between them, begun by the edge from its port; null is the flow itself. */
  readonly topologyOf: (owner: string | null) => Topology
}

/** `kindOf` also of one that is disabled: what is inside of it stays inside. */
export function bodiesOf(
  flow: Topology,
  kindOf: (node: FlowNode) => NodeKind | undefined = ({ id }) => flow.kind(id),
): Bodies {
  const isApart = (node: FlowNode): boolean => runsApart.has(kindOf(node))
  const bodyPort = (node: FlowNode): string => bodyPorts[kindOf(node) ?? 'each'] ?? ''
  const owners = new Map<string, string | null>()
  const ownerOf = (id: string): string | null => {
    const known = owners.get(id)
    if (known !== undefined) return known
    // Also ends where nodes contain each other in a circle.
    owners.set(id, null)
    const parent = flow.nodes.get(flow.nodes.get(id)?.parent ?? '')
    const owner = parent === undefined ? null : isApart(parent) ? parent.id : ownerOf(parent.id)
    owners.set(id, owner)
    return owner
  }
  const members = new Map<string | null, FlowNode[]>()
  for (const node of flow.nodes.values()) {
    const owner = ownerOf(node.id)
    const list = members.get(owner)
    if (list) list.push(node)
    else members.set(owner, [node])
  }
  return {
    ownerOf,
    around(id) {
      const chain = [id]
      for (let owner = ownerOf(id); owner !== null; owner = ownerOf(owner)) {
        if (chain.includes(owner)) break
        chain.push(owner)
      }
      return chain
    },
    owners: [...flow.nodes.values()].filter(isApart).map(({ id }) => id),
    crossing: [...flow.nodes.keys()].flatMap((id) =>
      flow.out(id).filter(({ source, sourcePort, target }) => {
        const from = flow.nodes.get(source)
        const begins = from !== undefined && isApart(from) && sourcePort === bodyPort(from)
        return ownerOf(target) !== (begins ? source : ownerOf(source))
      }),
    ),
    topologyOf(owner) {
      const nodes = members.get(owner) ?? []
      const edges = nodes.flatMap(({ id }) =>
        flow.out(id).filter(({ target }) => ownerOf(target) === owner),
      )
      const body = topologyOf({ nodes, edges }, ({ id }) => flow.kind(id))
      if (owner === null) return body
      const around = flow.nodes.get(owner)
      const first = around && flow.edge(owner, bodyPort(around))?.target
      return { ...body, start: first === undefined ? undefined : body.nodes.get(first) }
    },
  }
}

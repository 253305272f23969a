import { itemPort } from '#core/graph/control.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { topologyOf, type Topology } from '#core/graph/topology.ts'

/** What is drawn inside of the nodes that run over a list; each body is a flow of its own. */
export interface Bodies {
  /** The innermost `each` around a node; null in the flow itself. */
  readonly ownerOf: (id: string) => string | null
  /** Every `each`, in the flow's order. */
  readonly owners: readonly string[]
  /** The nodes of one body with the edges between them, begun by the edge from the port `item`; null is the flow itself. */
  readonly topologyOf: (owner: string | null) => Topology
}

export function bodiesOf(flow: Topology): Bodies {
  const owners = new Map<string, string | null>()
  const ownerOf = (id: string): string | null => {
    const known = owners.get(id)
    if (known !== undefined) return known
    // Also ends where nodes contain each other in a circle.
    owners.set(id, null)
    const parent = flow.nodes.get(id)?.parent
    const owner =
      parent === undefined || !flow.nodes.has(parent)
        ? null
        : flow.kind(parent) === 'each'
          ? parent
          : ownerOf(parent)
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
    owners: [...flow.nodes.keys()].filter((id) => flow.kind(id) === 'each'),
    topologyOf(owner) {
      const nodes = members.get(owner) ?? []
      const edges = nodes.flatMap(({ id }) =>
        flow.out(id).filter(({ target }) => ownerOf(target) === owner),
      )
      const body = topologyOf({ nodes, edges }, ({ id }) => flow.kind(id))
      if (owner === null) return body
      const first = flow.edge(owner, itemPort)?.target
      return { ...body, start: first === undefined ? undefined : body.nodes.get(first) }
    },
  }
}

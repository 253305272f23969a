import type { Topology } from '#core/graph/topology.ts'

/** The nodes that lie on a cycle (Tarjan's strongly connected components, without recursion). */
export function nodesOnCycles(topology: Topology): ReadonlySet<string> {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const cyclic = new Set<string>()

  const visit = (root: string): void => {
    const work: { id: string; next: number }[] = []
    const enter = (id: string): void => {
      index.set(id, index.size)
      low.set(id, index.size - 1)
      stack.push(id)
      onStack.add(id)
      work.push({ id, next: 0 })
    }
    enter(root)
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { id } = frame
      const edge = topology.ways(id)[frame.next++]
      if (edge) {
        if (!index.has(edge.target)) enter(edge.target)
        else if (onStack.has(edge.target)) lower(low, id, index.get(edge.target))
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent) lower(low, parent.id, low.get(id))
      if (low.get(id) === index.get(id)) close(id)
    }
  }
  const close = (id: string): void => {
    const component = stack.splice(stack.lastIndexOf(id))
    for (const member of component) onStack.delete(member)
    const loop = component.length > 1 || topology.ways(id).some((edge) => edge.target === id)
    if (loop) for (const member of component) cyclic.add(member)
  }
  for (const id of topology.nodes.keys()) if (!index.has(id)) visit(id)
  return cyclic
}

function lower(low: Map<string, number>, id: string, to: number | undefined): void {
  low.set(id, Math.min(low.get(id) ?? Infinity, to ?? Infinity))
}

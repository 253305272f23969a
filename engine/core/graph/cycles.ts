import type { Topology } from '#core/graph/topology.ts'

/** The nodes that lie on a cycle. */
export const nodesOnCycles = (topology: Topology): ReadonlySet<string> =>
  new Set(
    circlesIn(topology.nodes.keys(), (id) => topology.ways(id).map(({ target }) => target)).flat(),
  )

/** Those that reach one another, by their circles (Tarjan's strongly connected components, without recursion). */
export function circlesIn(
  nodes: Iterable<string>,
  targetsOf: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const circles: string[][] = []

  const visit = (root: string): void => {
    const work: { id: string; targets: readonly string[]; next: number }[] = []
    const enter = (id: string): void => {
      index.set(id, index.size)
      low.set(id, index.size - 1)
      stack.push(id)
      onStack.add(id)
      work.push({ id, targets: targetsOf(id), next: 0 })
    }
    enter(root)
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { id, targets } = frame
      const target = targets[frame.next++]
      if (target !== undefined) {
        if (!index.has(target)) enter(target)
        else if (onStack.has(target)) lower(low, id, index.get(target))
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent) lower(low, parent.id, low.get(id))
      if (low.get(id) === index.get(id)) close(id, targets)
    }
  }
  const close = (id: string, targets: readonly string[]): void => {
    const component = stack.splice(stack.lastIndexOf(id))
    for (const member of component) onStack.delete(member)
    if (component.length > 1 || targets.includes(id)) circles.push(component)
  }
  for (const id of nodes) if (!index.has(id)) visit(id)
  return circles
}

function lower(low: Map<string, number>, id: string, to: number | undefined): void {
  low.set(id, Math.min(low.get(id) ?? Infinity, to ?? Infinity))
}

import type { Regions } from '#core/graph/regions.ts'
import type { Topology, Way } from '#core/graph/topology.ts'

/** Every way on from a node; an end of the branch has none, and so does not leave the try around it. */
export const waysOf = (
  id: string,
  { topology, regions }: { readonly topology: Topology; readonly regions: Regions },
): readonly Way[] => (topology.kind(id) === 'end' && regions.ending(id) ? [] : topology.ways(id))

/** Where branches that never meet lead once all have ended: out of the try around their fork. */
export function wayApart(
  id: string,
  { topology, regions }: { readonly topology: Topology; readonly regions: Regions },
): Way | undefined {
  const apart = topology.kind(id) === 'fork' && !regions.joinOf.has(id)
  return apart && !regions.ending(id) ? topology.escape(id, 'out') : undefined
}

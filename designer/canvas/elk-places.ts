import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Position } from '../document/command.ts'
import { snap } from './geometry.ts'

/** From left to right in layers, as every canvas is arranged. */
export const layeredOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeNode': '24',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
}

/** Where ELK put the cards: what is in a frame is told from the frame's corner. */
function* placed(
  nodes: readonly ElkNode[],
  from: Position,
): Generator<readonly [string, Position]> {
  for (const { id, x = 0, y = 0, children = [] } of nodes) {
    const at = { x: from.x + x, y: from.y + y }
    if (children.length > 0) yield* placed(children, at)
    else yield [id, { x: snap(at.x), y: snap(at.y) }]
  }
}

/** The places that ELK finds for a graph, from a corner on; it is loaded with the first. */
export async function elkPlaces(
  graph: ElkNode,
  corner: Position,
): Promise<Record<string, Position>> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ])
  const elk = new Elk({ workerUrl })
  try {
    const { children = [] } = await elk.layout(graph)
    return Object.fromEntries(placed(children, corner))
  } finally {
    elk.terminateWorker()
  }
}

import type { FlowNode } from '#core/graph/flow.ts'
import type { Topology } from '#core/graph/topology.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** What has done something that can be undone: everything that waits for the world around the run. */
export const undoable: ReadonlySet<NodeKind | undefined> = new Set([
  'effect',
  'call',
  'each',
  'lock',
  'task',
  'message',
])

/** What can undo something. */
export const undoing: ReadonlySet<NodeKind | undefined> = new Set(['effect', 'call', 'task'])

/** Nodes that undo others, each with those that name it: nodes that act, without edges. */
export function undoersOf(topology: Topology): ReadonlyMap<string, readonly FlowNode[]> {
  const undoers = new Map<string, FlowNode[]>()
  for (const node of topology.nodes.values()) {
    if (node.undo === undefined || node.undo === node.id) continue
    const edges = topology.out(node.undo).length + topology.into(node.undo).length
    if (edges > 0 || !undoing.has(topology.kind(node.undo))) continue
    const list = undoers.get(node.undo)
    if (list) list.push(node)
    else undoers.set(node.undo, [node])
  }
  return undoers
}

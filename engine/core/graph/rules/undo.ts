import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { undoable, undoing } from '#core/graph/undoers.ts'

/** A node is undone by one that acts, stands apart, and lies in the same body. */
export const checkUndo = (analysis: Analysis): Finding[] =>
  analysis.flow.nodes.flatMap((node, index) => {
    const code = node.undo === undefined ? undefined : problemOf(analysis, node, node.undo)
    if (code === undefined || node.undo === undefined) return []
    const path = pointer('nodes', index, 'undo')
    return [
      {
        code,
        severity: 'error' as const,
        params: { node: node.id, undo: node.undo },
        place: { path, node: node.id },
        fix: fixes[code]?.(analysis, node.undo) ?? {
          title: 'Remove the undo',
          patch: [{ op: 'remove' as const, path }],
        },
      },
    ]
  })

type Code =
  | 'UNDO_UNKNOWN'
  | 'UNDO_SELF'
  | 'UNDO_KIND'
  | 'UNDO_CONNECTED'
  | 'UNDO_OF_NOTHING'
  | 'UNDO_ELSEWHERE'

function problemOf({ topology, bodies }: Analysis, node: FlowNode, undo: string): Code | undefined {
  if (undo === node.id) return 'UNDO_SELF'
  if (!topology.nodes.has(undo)) return 'UNDO_UNKNOWN'
  if (!undoing.has(topology.kind(undo))) return 'UNDO_KIND'
  if (!undoable.has(topology.kind(node.id))) return 'UNDO_OF_NOTHING'
  if (topology.out(undo).length + topology.into(undo).length > 0) return 'UNDO_CONNECTED'
  return bodies.ownerOf(undo) === bodies.ownerOf(node.id) ? undefined : 'UNDO_ELSEWHERE'
}

const fixes: Partial<
  Record<Code, (analysis: Analysis, undo: string) => NonNullable<Finding['fix']>>
> = {
  UNDO_CONNECTED: ({ flow }, undo) => ({
    title: 'Remove its edges',
    // From the last to the first, so that no index moves.
    patch: flow.edges
      .flatMap((edge, index) => (edge.source === undo || edge.target === undo ? [index] : []))
      .toReversed()
      .map((index) => ({ op: 'remove', path: pointer('edges', index) })),
  }),
}

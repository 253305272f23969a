import type { Analysis } from '#core/graph/analysis.ts'
import { lockConfig } from '#core/graph/control.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { canonicalJson } from '#core/json.ts'

/** Locks inside of each other: one that is taken already never comes free, and two orders may wait in a circle. */
export function checkLocks(analysis: Analysis): Finding[] {
  const { flow } = analysis
  const nested = flow.nodes.flatMap((node, index) =>
    locksAround(analysis, node).map((outer) => ({ node, index, outer })),
  )
  const orders = new Set(nested.map(({ node, outer }) => `${lockOf(outer)} ${lockOf(node)}`))
  return nested.flatMap(({ node, index, outer }): Finding[] => {
    const place = { path: pointer('nodes', index), node: node.id }
    const lock = nameOf(node)
    if (lockOf(node) === lockOf(outer)) {
      const params = { node: node.id, outer: outer.id, lock }
      return [{ code: 'LOCK_IN_ITSELF', severity: 'error', params, place }]
    }
    if (!orders.has(`${lockOf(node)} ${lockOf(outer)}`)) return []
    const params = { node: node.id, lock, other: nameOf(outer) }
    return [{ code: 'LOCKS_CROSSED', severity: 'warning', params, place }]
  })
}

/** With a list in between, the same key may be another one for each item. */
function locksAround({ bodies, topology }: Analysis, node: FlowNode): FlowNode[] {
  if (topology.kind(node.id) !== 'lock') return []
  const around = bodies.around(node.id).slice(1)
  const list = around.findIndex((id) => topology.kind(id) === 'each')
  return around.flatMap((id, at) => {
    const outer = topology.nodes.get(id)
    const apart = list !== -1 && at > list && node.inputs['key'] !== undefined
    return outer && topology.kind(id) === 'lock' && !apart ? [outer] : []
  })
}

const nameOf = ({ config }: FlowNode): string => lockConfig.safeParse(config).data?.lock ?? ''
const lockOf = (node: FlowNode): string => canonicalJson([nameOf(node), node.inputs['key'] ?? null])

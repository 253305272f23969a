import type { Flow, FlowEdge } from '#core/graph/flow.ts'

/** Where the line goes on behind a removed node; undefined where it ends or divides. */
function behind(flow: Flow, removed: ReadonlySet<string>, from: string): string | undefined {
  const seen = new Set<string>()
  let at = from
  while (removed.has(at)) {
    if (seen.has(at)) return undefined
    seen.add(at)
    const ways = flow.edges.filter((edge) => edge.source === at && edge.sourcePort !== 'error')
    const [only] = ways
    if (only === undefined || ways.length > 1) return undefined
    at = only.target
  }
  return at
}

/** The edges of the flow without the removed nodes; a line that ran through them stays whole. */
export function healedEdges(flow: Flow, removed: ReadonlySet<string>): FlowEdge[] {
  return flow.edges.flatMap((edge) => {
    if (removed.has(edge.source)) return []
    if (!removed.has(edge.target)) return [edge]
    const target = behind(flow, removed, edge.target)
    return target === undefined || target === edge.source ? [] : [{ ...edge, target }]
  })
}

import type { Flow } from '#core/graph/flow.ts'
import type { Position } from './command.ts'

/** px between two columns, and between two nodes of one */
const columnWidth = 320
const rowHeight = 144

/** Each node's column: the longest way to it from a start; edges that lead back are left out. */
function columnsOf(flow: Flow): Map<string, number> {
  const column = new Map<string, number>()
  const onPath = new Set<string>()
  const targets = new Map<string, string[]>()
  for (const edge of flow.edges)
    targets.set(edge.source, [...(targets.get(edge.source) ?? []), edge.target])
  const visit = (id: string, depth: number): void => {
    if (onPath.has(id) || (column.get(id) ?? -1) >= depth) return
    column.set(id, depth)
    onPath.add(id)
    for (const target of targets.get(id) ?? []) visit(target, depth + 1)
    onPath.delete(id)
  }
  const entered = new Set(flow.edges.map((edge) => edge.target))
  for (const node of flow.nodes) if (!entered.has(node.id)) visit(node.id, 0)
  for (const node of flow.nodes) if (!column.has(node.id)) visit(node.id, 0)
  return column
}

/** A place for every node: its own, or for a flow drawn elsewhere one by columns from left to right. */
export function placesOf(flow: Flow): Record<string, Position> {
  const missing = flow.nodes.filter((node) => flow.layout[node.id] === undefined)
  if (missing.length === 0) return flow.layout
  const bottom = Object.values(flow.layout).reduce((y, at) => Math.max(y, at.y + rowHeight), 0)
  const columns = columnsOf(flow)
  const rows = new Map<number, number>()
  const places: Record<string, Position> = { ...flow.layout }
  for (const { id } of missing) {
    const column = columns.get(id) ?? 0
    const row = rows.get(column) ?? 0
    rows.set(column, row + 1)
    places[id] = { x: column * columnWidth, y: bottom + row * rowHeight }
  }
  return places
}

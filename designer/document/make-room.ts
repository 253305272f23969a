import type { Flow } from '#core/graph/flow.ts'
import type { Position } from './command.ts'

/** px from one card's left to the next one's */
export const cardStep = 320

/** Where a node goes that is put on an edge, and where those behind it go to make room. */
export interface Room {
  readonly at: Position
  readonly moved: Readonly<Record<string, Position>>
}

const behind = (flow: Flow, from: string): Set<string> => {
  const found = new Set([from])
  for (const id of found)
    for (const edge of flow.edges) if (edge.source === id) found.add(edge.target)
  return found
}

/** On the line, one step behind the source; what follows and would be covered moves right together. */
export function makeRoom(flow: Flow, edgeId: string, wanted: Position): Room {
  const edge = flow.edges.find((each) => each.id === edgeId)
  const source = flow.layout[edge?.source ?? '']
  const target = flow.layout[edge?.target ?? '']
  if (edge === undefined || source === undefined || target === undefined || target.x <= source.x)
    return { at: wanted, moved: {} }
  const x = Math.max(source.x + cardStep, Math.min(wanted.x, target.x - cardStep))
  const short = x + cardStep - target.x
  const moved: Record<string, Position> = {}
  if (short > 0)
    for (const id of behind(flow, edge.target)) {
      const place = flow.layout[id]
      if (place !== undefined && place.x >= target.x) moved[id] = { x: place.x + short, y: place.y }
    }
  const onLine = Math.abs(source.y - target.y) < 8
  return { at: { x, y: onLine ? target.y : wanted.y }, moved }
}

import type { Decision } from '#core/graph/decision.ts'
import { elkPlaces, layeredOptions } from '../../canvas/elk-places.ts'
import { cardWidth } from '../../canvas/geometry.ts'
import type { Position } from '../../document/command.ts'
import { casePlace, graphHeight } from './decision-graph.ts'
import type { GraphDrawing } from './use-drawing.ts'

/** Places for the chosen cards, or with fewer than two chosen for all of them. */
export function arrangeParts(
  decision: Decision,
  { graph, places, chosen }: Pick<GraphDrawing, 'graph' | 'places' | 'chosen'>,
): Promise<Record<string, Position>> {
  const ids = chosen.size > 1 ? [...chosen] : Object.keys(places)
  const inside = graph.filter(({ source, target }) => ids.includes(source) && ids.includes(target))
  const portsOf = (id: string): (string | null)[] => [
    ...new Set(inside.filter(({ source }) => source === id).map(({ port }) => port)),
  ]
  const corner = (axis: keyof Position): number =>
    Math.min(...ids.map((id) => places[id]?.[axis] ?? 0))
  return elkPlaces(
    {
      id: 'root',
      layoutOptions: layeredOptions,
      children: ids.map((id) => ({
        id,
        width: cardWidth,
        height: graphHeight(decision, id),
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: [
          { id: `${id} <`, x: 0, y: 28, width: 0, height: 0 },
          ...portsOf(id).map((port) => ({
            id: `${id} ${port ?? ''}`,
            x: cardWidth,
            y: port === null ? 28 : casePlace(caseIndex(decision, id, port)),
            width: 0,
            height: 0,
          })),
        ],
      })),
      edges: inside.map(({ id, source, port, target }) => ({
        id,
        sources: [`${source} ${port ?? ''}`],
        targets: [`${target} <`],
      })),
    },
    { x: corner('x'), y: corner('y') },
  )
}

function caseIndex({ parts }: Decision, id: string, port: string): number {
  const part = parts.find((each) => each.id === id)
  if (part?.kind !== 'switch') return 0
  const at = part.cases.findIndex((each) => each.id === port)
  return at < 0 ? part.cases.length : at
}

import { errorPort } from '#core/graph/ports.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Position } from '../document/command.ts'
import type { Card } from './card.ts'
import type { LineData, LineEdge } from './FlowLine.tsx'
import { cardHeight, cardWidth, rowPorts } from './geometry.ts'
import type { CardNode } from './NodeCard.tsx'

/** The cards as React Flow takes them. */
export const viewNodes = (
  flow: Flow,
  cards: ReadonlyMap<string, Card>,
  options: {
    readonly places: Readonly<Record<string, Position>>
    readonly selected: ReadonlySet<string>
  },
): CardNode[] =>
  flow.nodes.flatMap((node) => {
    const data = cards.get(node.id)
    if (data === undefined) return []
    const position = options.places[node.id] ?? { x: 0, y: 0 }
    const selected = options.selected.has(node.id)
    const size = { width: cardWidth, height: cardHeight(data.ports) }
    return [{ id: node.id, type: 'card' as const, position, data, selected, ...size }]
  })

export interface LineOptions {
  readonly selected: ReadonlySet<string>
  readonly invalid: ReadonlySet<string>
  readonly use: (edge: Flow['edges'][number]) => LineData['use']
  readonly onInsert?: LineData['onInsert']
}

const labelOf = (card: Card | undefined, port: string): string | null => {
  if (port === errorPort) return 'error'
  if (card === undefined || rowPorts(card.ports).length < 2) return null
  return card.ports.find((each) => each.id === port)?.title ?? port
}

export const viewEdges = (
  flow: Flow,
  cards: ReadonlyMap<string, Card>,
  options: LineOptions,
): LineEdge[] =>
  flow.edges
    .filter((edge) => cards.has(edge.source) && cards.has(edge.target))
    .map((edge) => ({
      id: edge.id,
      type: 'line',
      source: edge.source,
      sourceHandle: edge.sourcePort,
      target: edge.target,
      selected: options.selected.has(edge.id),
      data: {
        label: labelOf(cards.get(edge.source), edge.sourcePort),
        failure: edge.sourcePort === errorPort,
        use: options.use(edge),
        invalid: options.invalid.has(edge.id),
        ...(options.onInsert === undefined ? {} : { onInsert: options.onInsert }),
      },
    }))

import type { Node } from '@xyflow/react'
import type { Flow } from '#core/graph/flow.ts'
import type { Position } from '../document/command.ts'
import type { Card } from './card.ts'
import { cardHeight, cardWidth } from './geometry.ts'
import { contentsOf } from '../document/containers.ts'

export type FrameNode = Node<
  { readonly container: string; readonly title: string; readonly area: Card['area'] },
  'frame'
>

/** px around the cards, and for the name above them */
export const framePadding = 24
export const frameNameHeight = 28

export const frameId = (container: string): string => `frame ${container}`

/** A frame behind what each node contains, outer frames behind inner ones. */
export function viewFrames(
  flow: Flow,
  cards: ReadonlyMap<string, Card>,
  at: (id: string) => Position,
): FrameNode[] {
  const parentOf = new Map(flow.nodes.map(({ id, parent }) => [id, parent]))
  const depthOf = (id: string): number => {
    const seen = new Set<string>()
    for (let up = parentOf.get(id); up !== undefined && !seen.has(up); up = parentOf.get(up))
      seen.add(up)
    return seen.size
  }
  const containers = new Set(flow.nodes.flatMap(({ parent }) => parent ?? []))
  return flow.nodes.flatMap((node): FrameNode[] => {
    const card = cards.get(node.id)
    if (!containers.has(node.id) || card === undefined) return []
    const inside = [...contentsOf(flow, [node.id])]
    // An inner frame needs room for its own border and name.
    const boxes = inside.map((id) => {
      const levels = depthOf(id) - depthOf(node.id)
      const { x, y } = at(id)
      const bottom = y + cardHeight(cards.get(id)?.ports ?? [])
      return {
        left: x - framePadding * levels,
        top: y - (framePadding + frameNameHeight) * levels,
        right: x + cardWidth + framePadding * levels,
        bottom: bottom + framePadding * levels,
      }
    })
    const left = Math.min(...boxes.map((box) => box.left))
    const top = Math.min(...boxes.map((box) => box.top))
    return [
      {
        id: frameId(node.id),
        type: 'frame',
        position: { x: left, y: top },
        width: Math.max(...boxes.map((box) => box.right)) - left,
        height: Math.max(...boxes.map((box) => box.bottom)) - top,
        selectable: false,
        draggable: false,
        connectable: false,
        focusable: false,
        style: { pointerEvents: 'none' },
        zIndex: -10 + depthOf(node.id),
        data: { container: node.id, title: card.title, area: card.area },
      },
    ]
  })
}

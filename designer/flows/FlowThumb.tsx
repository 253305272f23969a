import type { Flow } from '#core/graph/flow.ts'
import { placesOf } from '../document/columns.ts'

const width = 240
const height = 56

/** A flow as a small picture: where its nodes stand and how they are tied. */
export function FlowThumb({ flow }: { readonly flow: Flow }) {
  const places = placesOf(flow)
  const all = Object.values(places)
  const left = Math.min(...all.map(({ x }) => x)) - 40
  const top = Math.min(...all.map(({ y }) => y)) - 40
  const right = Math.max(...all.map(({ x }) => x)) + width + 40
  const bottom = Math.max(...all.map(({ y }) => y)) + height + 40
  return (
    <svg
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      width="100%"
      height="100%"
      preserveAspectRatio="xMidYMid meet"
      aria-hidden
    >
      {flow.edges.map((edge) => {
        const from = places[edge.source]
        const to = places[edge.target]
        if (from === undefined || to === undefined) return null
        const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2]
        const bend = Math.max(60, (x2 - x1) / 2)
        return (
          <path
            key={edge.id}
            d={`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth="8"
          />
        )
      })}
      {flow.nodes.map((node) => {
        const at = places[node.id]
        if (at === undefined) return null
        const area = node.type.split('.')[0] ?? 'flow'
        return (
          <rect
            key={node.id}
            x={at.x}
            y={at.y}
            width={width}
            height={height}
            rx="14"
            fill="var(--surface)"
            stroke={`var(--area-${area}, var(--line-strong))`}
            strokeWidth="6"
          />
        )
      })}
    </svg>
  )
}

import { namesRead } from '#core/decision/validate-references.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Position } from '../../document/command.ts'
import { headHeight } from '../../canvas/geometry.ts'

/** The two ends of every graph: what a flow gives, and what the decision comes to. */
export const inputNode = 'input'
export const resultNode = 'result'

export interface GraphEdge {
  readonly id: string
  readonly source: string
  /** The case of a switch that lets the target run. */
  readonly port: string | null
  readonly target: string
}

/**
 * The edges of a decision, derived from what its parts read. A part that reads no other hangs on the input, one that
 * no other reads leads to the result.
 */
export function graphEdges(decision: Decision): GraphEdge[] {
  const ids = new Set(decision.parts.map(({ id }) => id))
  const read = new Set<string>()
  const edges = decision.parts.flatMap((part) => {
    const sources = namesRead(part).filter((name) => ids.has(name) && name !== part.id)
    for (const source of sources) read.add(source)
    const { only } = part
    const drawn = sources.flatMap((source) =>
      source === only?.switch
        ? only.cases.map((each) => edge(source, each, part.id))
        : [edge(source, null, part.id)],
    )
    return drawn.length > 0 ? drawn : [edge(inputNode, null, part.id)]
  })
  const ends = decision.parts.filter(({ id }) => !read.has(id))
  return [...edges, ...ends.map(({ id }) => edge(id, null, resultNode))]
}

const edge = (source: string, port: string | null, target: string): GraphEdge => ({
  id: `${source}:${port ?? ''}:${target}`,
  source,
  port,
  target,
})

const columnWidth = 320
const gap = 48

/** A place for every node: the stored one, else by its distance from the input, from left to right. */
export function graphPlaces(
  decision: Decision,
  edges: readonly GraphEdge[],
  stored: Readonly<Record<string, Position>>,
): Record<string, Position> {
  const depth = new Map<string, number>([[inputNode, 0]])
  const depthOf = (id: string, seen: ReadonlySet<string>): number => {
    const known = depth.get(id)
    if (known !== undefined) return known
    // A cycle is a finding; it is drawn all the same.
    if (seen.has(id)) return 0
    const inside = new Set([...seen, id])
    const from = edges.filter(({ target }) => target === id).map(({ source }) => source)
    const found = 1 + Math.max(0, ...from.map((source) => depthOf(source, inside)))
    depth.set(id, found)
    return found
  }
  const columns = new Map<number, string[]>()
  for (const id of [inputNode, ...decision.parts.map((part) => part.id), resultNode]) {
    const column = depthOf(id, new Set())
    columns.set(column, [...(columns.get(column) ?? []), id])
  }
  const heightOf = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + graphHeight(decision, id) + gap, -gap)
  const tallest = Math.max(...[...columns.values()].map(heightOf))
  return Object.fromEntries(
    [...columns].flatMap(([column, ids]) => {
      let y = (tallest - heightOf(ids)) / 2
      return ids.map((id): [string, Position] => {
        const at = { x: column * columnWidth, y }
        y += graphHeight(decision, id) + gap
        return [id, stored[id] ?? at]
      })
    }),
  )
}

const caseHeight = 24

/** px from the top of a card to where its `index`th case leaves it. */
export const casePlace = (index: number): number => headHeight + index * caseHeight + caseHeight / 2

/** px of a card; one of a switch has a line for each case, and one for `otherwise`. */
export function graphHeight({ parts }: Decision, id: string): number {
  const part = parts.find((each) => each.id === id)
  return headHeight + (part?.kind === 'switch' ? (part.cases.length + 1) * caseHeight + 8 : 0)
}

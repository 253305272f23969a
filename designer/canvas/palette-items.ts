import { areas, type Area } from '#core/node/define-node.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import type { Spot } from '../document/editor.ts'

export interface PaletteGroup {
  readonly area: Area
  readonly items: readonly NodeDescriptor[]
}

const rank = (item: NodeDescriptor, words: readonly string[]): number => {
  const title = item.title.toLowerCase()
  const rest = `${item.type} ${item.area} ${item.description}`.toLowerCase()
  let score = 0
  for (const word of words) {
    if (title.startsWith(word)) score += 4
    else if (title.includes(word)) score += 3
    else if (rest.includes(word)) score += 1
    else return 0
  }
  return score
}

/** Whether a type fits a spot: nothing leads to a start, and an end leads nowhere. */
const fits = (item: NodeDescriptor, spot: Pick<Spot, 'after' | 'before' | 'edge'>): boolean => {
  if (item.kind === 'start') return spot.after === undefined && spot.edge === undefined
  if (item.kind === 'end') return spot.before === undefined && spot.edge === undefined
  return true
}

/** The types that fit, by area; with a query one list, best first. */
export function paletteGroups(
  descriptors: readonly NodeDescriptor[],
  query: string,
  spot: Pick<Spot, 'after' | 'before' | 'edge'> = {},
): PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const fitting = descriptors.filter((item) => fits(item, spot))
  const ranked = fitting
    .map((item) => ({ item, score: words.length === 0 ? 1 : rank(item, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
  return areas
    .map((area) => ({ area, items: ranked.filter((item) => item.area === area) }))
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) =>
      words.length === 0
        ? 0
        : ranked.indexOf(a.items[0] as NodeDescriptor) -
          ranked.indexOf(b.items[0] as NodeDescriptor),
    )
}

import type { Position } from '../document/command.ts'

export type Alignment = 'left' | 'top' | 'across' | 'down'

const by = (axis: keyof Position) => (a: [string, Position], b: [string, Position]) =>
  a[1][axis] - b[1][axis]

/** Equal steps between the first and the last along an axis. */
function spread(
  places: readonly [string, Position][],
  axis: keyof Position,
): Record<string, Position> {
  const sorted = places.toSorted(by(axis))
  const first = sorted.at(0)?.[1][axis] ?? 0
  const last = sorted.at(-1)?.[1][axis] ?? 0
  const step = sorted.length > 1 ? (last - first) / (sorted.length - 1) : 0
  return Object.fromEntries(
    sorted.map(([id, at], index) => [id, { ...at, [axis]: Math.round(first + index * step) }]),
  )
}

/** The places after aligning at the left or top, or distributing across or down. */
export function aligned(
  places: Readonly<Record<string, Position>>,
  way: Alignment,
): Record<string, Position> {
  const entries = Object.entries(places)
  if (way === 'across') return spread(entries, 'x')
  if (way === 'down') return spread(entries, 'y')
  const axis = way === 'left' ? 'x' : 'y'
  const edge = Math.min(...entries.map(([, at]) => at[axis]))
  return Object.fromEntries(entries.map(([id, at]) => [id, { ...at, [axis]: edge }]))
}

import type { Flow } from '#core/graph/flow.ts'
import type { Position } from './command.ts'

/** px: a card with its surroundings */
const width = 264
const height = 136
const step = 8

/** The first place from `wanted` downwards where a card covers no other. */
export function freePlace(flow: Flow, wanted: Position): Position {
  const near = Object.values(flow.layout).filter((at) => Math.abs(at.x - wanted.x) < width)
  let { y } = wanted
  while (near.some((at) => Math.abs(at.y - y) < height)) y += step
  return { x: wanted.x, y }
}

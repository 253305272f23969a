import type { Sizes } from './sizes.ts'

/** Evaluates all applicants once. */
export type Pass = () => unknown

/** µs per evaluation of each contender: its best round. They take turns, so that a slow moment of the machine meets all. */
export async function inTurns(
  { rounds, atLeast, applicants }: Sizes,
  contenders: Readonly<Record<string, Pass>>,
): Promise<Readonly<Record<string, number>>> {
  const best: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1)
    for (const [name, pass] of Object.entries(contenders)) {
      let passes = 0
      const began = performance.now()
      let took = 0
      while (took < atLeast) {
        await pass()
        passes += 1
        took = performance.now() - began
      }
      const each = (took * 1000) / (passes * applicants)
      best[name] = Math.min(best[name] ?? Infinity, each)
    }
  return best
}

import { boxesMeeting, indexBoxes, type BoxIndex } from '#core/decision/analysis/box-index.ts'
import { uncovered, type Budget, type Uncovered } from '#core/decision/analysis/cover.ts'
import { overlaps, type Overlap } from '#core/decision/analysis/overlap.ts'
import { takenBy } from '#core/decision/analysis/taken-by.ts'
import { presentOn } from '#core/decision/analysis/dimension.ts'
import { spaceOf, type Box, type Space } from '#core/decision/analysis/space.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonSchema } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'

/** Conditions side by side, counted from 0: each statement holds for every input there can be. */
export interface ConditionAnalysis {
  readonly space: Space
  /** Conditions that no input meets. */
  readonly never: readonly number[]
  /** Conditions that every input meets, also one from which everything is missing. */
  readonly always: readonly number[]
  /** Conditions all of whose inputs meet an earlier one. */
  readonly hidden: readonly Hidden[]
  readonly overlaps: () => Generator<Overlap>
  /** Cases in which no value is missing and that no condition takes, each as large as it goes. */
  readonly gaps: () => Uncovered
  /** Whether the conditions together take every case, also one from which everything is missing. */
  readonly coversAll: () => boolean
  /** Which of some conditions take all cases of one together; null where they do not. */
  readonly taken: (condition: number, others: readonly number[]) => readonly number[] | null
}
export interface Hidden {
  readonly condition: number
  /** The earlier conditions that meet it: together they take all its cases. */
  readonly by: readonly number[]
}

/** How long a search may take before its question is left open: well under a second. */
const wordBudget = 20_000_000

/** More gaps are not looked for. */
const mostGaps = 50

/** `schema` is of the data that the conditions read. Null where a condition does not compile. */
export function analyseConditions(
  conditions: readonly Logic[],
  schema: JsonSchema,
): ConditionAnalysis | 'too wide' | null {
  const space = laidOut(conditions, schema)
  if (space === null || space === 'too wide') return space
  const { dimensions } = space
  const index = indexBoxes(dimensions, space.regions.flat())
  const all = Array.from({ length: index.count }, (_, box) => box)
  return {
    space,
    never: space.regions.flatMap((region, number) => (region.length === 0 ? [number] : [])),
    always: alwaysMet(space),
    hidden: hiddenRegions(space, index, { left: wordBudget }),
    overlaps: () => overlaps(space, index),
    gaps: () =>
      uncovered(index, all, {
        within: dimensions.map(presentOn),
        most: mostGaps,
        budget: { left: wordBudget },
      }),
    coversAll: () => {
      const { free, complete } = uncovered(index, all, {
        within: dimensions.map(() => null),
        budget: { left: wordBudget },
        grow: false,
      })
      return complete && free.length === 0
    },
    taken: takenBy(space, index, { left: wordBudget }),
  }
}

function laidOut(conditions: readonly Logic[], schema: JsonSchema): Space | 'too wide' | null {
  try {
    return spaceOf(conditions.map(parseLogic), schema)
  } catch (error) {
    if (error instanceof LogicError) return null
    if (error instanceof RangeError) return 'too wide'
    throw error
  }
}

function alwaysMet({ dimensions, regions }: Space): number[] {
  const everywhere: Box = dimensions.map(() => null)
  return regions.flatMap((region, number) => {
    const { free, complete } = uncovered(indexBoxes(dimensions, region), [...region.keys()], {
      within: everywhere,
      budget: { left: wordBudget },
    })
    return region.length > 0 && complete && free.length === 0 ? [number] : []
  })
}

/** Only earlier regions that meet a region can take its cases. */
export function hiddenRegions({ regions }: Space, index: BoxIndex, budget: Budget): Hidden[] {
  const owners = regions.flatMap((boxes, region) => boxes.map(() => region))
  const hidden: Hidden[] = []
  let first = 0
  for (const [condition, region] of regions.entries()) {
    const from = first
    first += region.length
    const by = new Set<number>()
    const isHidden = region.every((within, place) => {
      const earlier = boxesMeeting(index, from + place, [0, from])
      for (const other of earlier) by.add(owners[other] as number)
      const { free, complete } = uncovered(index, earlier, { within, budget, grow: false })
      return complete && free.length === 0
    })
    if (isHidden && region.length > 0) hidden.push({ condition, by: [...by] })
  }
  return hidden
}

import { boxesMeeting, indexBoxes } from '#core/decision/analysis/box-index.ts'
import { uncovered } from '#core/decision/analysis/cover.ts'
import { spaceOf, type Box } from '#core/decision/analysis/space.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import type { WrittenUnit } from '#core/decision/explain/units.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'

/** How long the search for a case of one row may take. */
const wordBudget = 1_000_000

type Cases = ReadonlyMap<WrittenUnit, JsonObject>
const known = new WeakMap<readonly WrittenUnit[], Cases>()

/** An input that meets each unit; where an earlier one would end the part, one that meets none of them. */
export function casesOf(units: readonly WrittenUnit[], first: boolean, decision: Decision): Cases {
  const found = known.get(units) ?? laidOut(units, first, decision)
  known.set(units, found)
  return found
}

function laidOut(units: readonly WrittenUnit[], first: boolean, decision: Decision): Cases {
  const space = spaceOrNull(units, decision)
  if (space === null) return new Map()
  const boxes = space.regions.flat()
  const owners = space.regions.flatMap((region, unit) => region.map(() => unit))
  const index = indexBoxes(space.dimensions, boxes)
  const cases = new Map<WrittenUnit, JsonObject>()
  for (const [at, box] of boxes.entries()) {
    const owner = owners[at] as number
    const unit = units[owner] as WrittenUnit
    if (cases.has(unit)) continue
    const earlier = (): number[] =>
      boxesMeeting(index, at, [0, at]).filter((other) => owners[other] !== owner)
    const free: readonly Box[] = first
      ? uncovered(index, earlier(), { within: box, budget: { left: wordBudget } }).free
      : [box]
    const witness = free[0] && witnessIn(space.dimensions, free[0])
    if (witness?.real) cases.set(unit, witness.input)
  }
  return cases
}

function spaceOrNull(units: readonly WrittenUnit[], decision: Decision) {
  try {
    return spaceOf(
      units.map(({ condition }) => condition),
      decision.input,
    )
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

import { contains, type Bits } from '#core/decision/analysis/bits.ts'
import { conditionIn } from '#core/decision/analysis/condition-in.ts'
import { meet, type Box, type Space } from '#core/decision/analysis/space.ts'
import type { Rule } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { canonicalJson } from '#core/json.ts'

/** Two neighbours that one rule could say: with another condition, or with the actions of both. */
type Merge =
  | { readonly rules: readonly [number, number]; readonly when: Logic }
  | { readonly rules: readonly [number, number]; readonly then: Rule['then'] }

/** `rules` in the order in which they are tried, as the regions of the space are. */
export function mergeableRules(rules: readonly Rule[], space: Space): Merge[] {
  return rules.flatMap((first, number): Merge[] => {
    const second = rules[number + 1]
    const [a, b] = [space.regions[number] ?? [], space.regions[number + 1] ?? []]
    if (!second || a.length === 0 || b.length === 0 || !sameFrame(first, second)) return []
    const pair = [number, number + 1] as const
    if (sameBoxes(a, b)) return [{ rules: pair, then: [...first.then, ...second.then] }]
    if (canonicalJson(first.then) !== canonicalJson(second.then)) return []
    const adds = first.then.some((action) => action.do === 'adjust')
    if (adds && a.some((one) => b.some((other) => meet(one, other)))) return []
    const when = asOne(space, a, b)
    return when === null ? [] : [{ rules: pair, when }]
  })
}

/** Whether they are in force together, and tried at one time. */
const sameFrame = (one: Rule, other: Rule): boolean =>
  one.priority === other.priority &&
  one.validFrom === other.validFrom &&
  one.validTo === other.validTo &&
  one.tenant === other.tenant

const sameSet = (one: Bits | null, other: Bits | null): boolean =>
  one === other || (one !== null && other !== null && contains(one, other) && contains(other, one))
const sameBoxes = (some: readonly Box[], others: readonly Box[]): boolean =>
  some.length === others.length &&
  some.every((box, at) => box.every((bits, axis) => sameSet(bits, others[at]?.[axis] ?? null)))

/** One condition for two boxes that differ on one axis alone, and lie beside each other on it. */
function asOne({ dimensions }: Space, some: readonly Box[], others: readonly Box[]): Logic | null {
  const [one, more] = some
  const [other, further] = others
  if (!one || !other || more || further) return null
  const [axis = -1, ...rest] = one.flatMap((bits, at) =>
    sameSet(bits, other[at] ?? null) ? [] : [at],
  )
  const [left, right] = [one[axis] ?? null, other[axis] ?? null]
  if (rest.length > 0 || left === null || right === null) return null
  const both = left.map((word, at) => word | (right[at] as number))
  return conditionIn(dimensions, one.with(axis, both))
}

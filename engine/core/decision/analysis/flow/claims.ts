import { keyOf } from '#core/decision/analysis/atom.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import { regionOf, type Box, type Claim } from '#core/decision/analysis/space.ts'
import type { JsonSchema } from '#core/json.ts'
import { pathsIn, related } from '#core/decision/analysis/flow/values.ts'

/** A condition on a way, with where it was asked and how it is said. */
export interface FlowClaim extends Claim {
  readonly node: string
  readonly words: () => string
}

export interface Region {
  readonly dimensions: readonly Dimension[]
  readonly boxes: readonly Box[]
}

/** Where claims hold together; null where that is too wide to be told. */
export function regionWhere(claims: readonly Claim[], schema: JsonSchema): Region | null {
  try {
    return regionOf(claims, schema)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

export const claimKey = ({ tree, met }: Claim): string => `${met ? '' : '!'}${keyOf(tree)}`

/** The same claim twice says nothing more. */
export function withoutTwins<C extends Claim>(claims: readonly C[]): C[] {
  return [...new Map(claims.map((claim) => [claimKey(claim), claim])).values()]
}

/** Of claims that contradict each other those without which they would not. */
export function core(claims: readonly FlowClaim[], schema: JsonSchema): readonly FlowClaim[] {
  let needed = claims
  for (const claim of claims) {
    const fewer = needed.filter((other) => other !== claim)
    if (regionWhere(fewer, schema)?.boxes.length === 0) needed = fewer
  }
  return needed
}

/** The claims that have to do with what is still read, directly or by another claim. */
export function relevant<C extends Claim>(
  claims: readonly C[],
  read: readonly (readonly string[])[],
): C[] {
  const waiting = claims.map((claim) => ({ claim, paths: pathsIn(claim.tree) }))
  const kept = new Set<C>()
  const reached = [...read]
  for (let path = reached.pop(); path; path = reached.pop())
    for (const { claim, paths } of waiting)
      if (!kept.has(claim) && paths.some((other) => related(other, path as readonly string[]))) {
        kept.add(claim)
        reached.push(...paths)
      }
  return claims.filter((claim) => kept.has(claim))
}

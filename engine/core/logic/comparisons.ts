import type { Json } from '#core/json.ts'
import { instantOf } from '#core/logic/times.ts'
import type { Tree } from '#core/logic/tree.ts'

type Kind = 'lt' | 'lte' | 'gt' | 'gte' | 'eqNumber' | 'inNumbers' | 'eqText' | 'inTexts'

/** What a path is compared with, written out. Of a value of another type it is unknown. */
export interface Comparison {
  readonly path: readonly string[]
  readonly kind: Kind
  /** Of `in…` all members, of the others one value. */
  readonly values: readonly (number | string)[]
}

/** It holds of numbers only; else of texts only. */
export const comparesNumbers = ({ kind }: Comparison): boolean =>
  kind !== 'eqText' && kind !== 'inTexts'

/**
 * A condition as comparisons that all have to hold (with `any`: of which one has to); null stands for a part of another
 * form. Conditions of the same kind inside are taken apart, which means the same.
 */
export function comparisonsOf(tree: Tree, any = false): readonly (Comparison | null)[] {
  if (tree.kind !== 'call') return [null]
  const { operator, args } = tree
  // That none of no conditions fails is true of everything.
  if (operator === (any ? 'any_of' : 'all_of') && (args.length > 0 || !any))
    return args.flatMap((arg) => comparisonsOf(arg, any))
  const [left, ...right] = args
  if (left?.kind !== 'path' || left.fallback || left.path.length === 0) return [null]
  const { path } = left
  const values = right.flatMap(written)
  const type = typeof values[0]
  if (values.length === 0 || values.some((value) => typeof value !== type)) return [null]
  if (type !== 'number' && type !== 'string') return [null]
  // A time is equal to the same one with another offset.
  if (values.some((value) => typeof value === 'string' && instantOf(value) !== null)) return [null]
  const [first, second] = values as (number | string)[]
  const by = (kind: Kind, ...of: (number | string | undefined)[]): Comparison => ({
    path,
    kind,
    values: of.filter((value) => value !== undefined),
  })
  if (operator === 'in_list' && right[0] && isList(right[0]))
    return [by(type === 'number' ? 'inNumbers' : 'inTexts', ...(values as (number | string)[]))]
  if (right.some(isList)) return [null]
  if (operator === 'eq') return [by(type === 'number' ? 'eqNumber' : 'eqText', first)]
  if (type !== 'number') return [null]
  if (operator === 'between' && !any && values.length === 2)
    return [by('gte', first), by('lte', second)]
  const ordered = operator === 'lt' || operator === 'lte' || operator === 'gt' || operator === 'gte'
  return ordered ? [by(operator, first)] : [null]
}

const isList = (tree: Tree): boolean =>
  tree.kind === 'list' || (tree.kind === 'value' && Array.isArray(tree.value))

/** Constants one by one; null for what is computed, and for what is no single value. */
function written(tree: Tree): readonly Json[] {
  if (tree.kind === 'list') return tree.items.flatMap(written)
  if (tree.kind !== 'value') return [null]
  return Array.isArray(tree.value) ? (tree.value as Json[]) : [tree.value]
}

/**
 * Tests `from` to `to` (not in) of many: false at once where one is false, else null where a value is of another type.
 * With `any`: true at once where one is true.
 */
export type Verdict = (frame: readonly Json[], from: number, to: number) => boolean | null

/** Comparisons side by side in small arrays: a loop over them takes a quarter of the time of a closure for each. */
export function packComparisons(
  list: readonly Comparison[],
  slotOf: (path: readonly string[]) => number,
  any = false,
): Verdict {
  const slots = Int32Array.from(list, ({ path }) => slotOf(path))
  const ofNumbers = Uint8Array.from(list, (each) => (comparesNumbers(each) ? 1 : 0))
  const lows = Float64Array.from(list, (each) => interval(each)[0])
  const highs = Float64Array.from(list, (each) => interval(each)[1])
  const sets = list.map(({ kind, values }): ReadonlySet<Json> | null =>
    kind.startsWith('in') || kind === 'eqText' ? new Set(values) : null,
  )
  return (frame, from, to) => {
    let result: boolean | null = !any
    for (let i = from; i < to; i += 1) {
      const value = frame[slots[i] as number]
      let met: boolean
      if (typeof value === 'number' && ofNumbers[i] === 1) {
        met = value >= (lows[i] as number) && value <= (highs[i] as number)
        if (met && sets[i]) met = (sets[i] as ReadonlySet<Json>).has(value)
      } else if (typeof value === 'string' && ofNumbers[i] === 0)
        met = (sets[i] as ReadonlySet<Json>).has(value)
      else {
        result = null
        continue
      }
      if (met === any) return any
    }
    return result
  }
}

/** Both ends in: `< 670` is up to the greatest number below 670. */
function interval({ kind, values }: Comparison): readonly [low: number, high: number] {
  const numbers = values.filter((value) => typeof value === 'number')
  const limit = numbers[0] ?? NaN
  if (kind === 'lt') return [-Infinity, -above(-limit)]
  if (kind === 'lte') return [-Infinity, limit]
  if (kind === 'gt') return [above(limit), Infinity]
  if (kind === 'gte') return [limit, Infinity]
  return kind === 'eqNumber' ? [limit, limit] : [-Infinity, Infinity]
}

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)
/** The next greater number: as a whole number, a double's bits count up away from zero. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  float[0] = value
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n)
  return float[0]
}

import type { NestedDecisions } from '#core/decision/compile.ts'
import { isOutcome, outcomes } from '#core/decision/severity.ts'
import { runTests, type DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { isOperation } from '#core/logic/parse.ts'

/** The decision with one small fault put into it. */
interface Mutant {
  /** JSON pointer to the fault. */
  readonly pointer: string
  readonly change: 'operator' | 'threshold' | 'removed' | 'outcome' | 'value'
  readonly from: Json
  readonly to: Json
  readonly decision: Decision
}

const swaps: Readonly<Record<string, string>> = {
  lt: 'lte',
  lte: 'lt',
  gt: 'gte',
  gte: 'gt',
  eq: 'ne',
  ne: 'eq',
  all_of: 'any_of',
  any_of: 'all_of',
  plus: 'minus',
  minus: 'plus',
  times: 'divide',
  divide: 'times',
  min_of: 'max_of',
  max_of: 'min_of',
}
const ordering: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte', 'between'])
const removable: ReadonlySet<string> = new Set(['rules', 'rows', 'then', 'bins', 'cases'])
/** Keys whose value decides something by itself, outside of any operation; a table's cells among them. */
const telling: ReadonlySet<string> = new Set([
  'when',
  'then',
  'value',
  'by',
  'code',
  'points',
  'base',
  'approveFrom',
  'declineBelow',
])

/** One at a time, made when it is asked for. */
function* mutate(decision: Decision): Generator<Mutant> {
  for (const { keys, change, from, to } of faults(
    decision.parts as unknown as Json,
    ['parts'],
    null,
  ))
    yield {
      pointer: `/${keys.join('/')}`,
      change,
      from,
      to: to === undefined ? null : to,
      decision: replaced(decision as unknown as Json, keys, to) as unknown as Decision,
    }
}

interface Fault {
  readonly keys: readonly string[]
  readonly change: Mutant['change']
  readonly from: Json
  /** Undefined where it is taken out. */
  readonly to: Json | undefined
}

/** `operator`: the operation whose argument this is. */
function* faults(part: Json, keys: readonly string[], operator: string | null): Generator<Fault> {
  const key = keys.at(-1) ?? ''
  if (Array.isArray(part)) {
    // A table row's `then` goes by column, from which nothing can be taken out; of a list of values each can.
    const list = part as readonly Json[]
    const isSet = operator === 'in_list' || (operator === null && isIndex(key))
    const whole =
      (removable.has(key) && list.every((item) => isObject(item) && !isOperation(item))) ||
      (isSet && list.length > 1 && list.every(isPlain))
    for (const [index, item] of list.entries()) {
      if (whole)
        yield { keys: [...keys, String(index)], change: 'removed', from: item, to: undefined }
      yield* faults(item, [...keys, String(index)], operator)
    }
    return
  }
  if (typeof part === 'number' && operator !== null && ordering.has(operator)) {
    for (const step of [-1, 1])
      yield { keys, change: 'threshold', from: part, to: part + step * stepFor(part) }
    return
  }
  if (isOutcome(part)) {
    const to = outcomes[(outcomes.indexOf(part) + 1) % outcomes.length] ?? null
    yield { keys, change: 'outcome', from: part, to }
    return
  }
  if (operator !== null || telling.has(key) || (isIndex(key) && telling.has(keys.at(-2) ?? ''))) {
    const to = otherThan(part)
    if (to !== null) yield { keys, change: 'value', from: part, to }
  }
  if (!isObject(part)) return
  const object = part as JsonObject
  const [only = ''] = Object.keys(object)
  if (only === 'var') return
  const operation = isOperation(object)
  const swap = operation && Object.hasOwn(swaps, only) ? swaps[only] : undefined
  const inner = object[only]
  const isTrivial = Array.isArray(inner) && inner.length < 2
  if (swap !== undefined && !isTrivial)
    yield { keys, change: 'operator', from: only, to: { [swap]: inner as Json } }
  for (const [name, value] of Object.entries(object))
    yield* faults(value, [...keys, name], operation ? only : null)
}

const isIndex = (key: string): boolean => /^\d+$/.test(key)
const isPlain = (value: Json): boolean => typeof value === 'string' || typeof value === 'number'
/** A value of the same type; null where it has none. */
function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + stepFor(value)
  if (typeof value === 'boolean') return !value
  return typeof value === 'string' && value !== '' ? `${value}_` : null
}

const stepFor = (number: number): number => {
  const fraction = /\.(\d+)$/.exec(String(number))?.[1] ?? ''
  return 10 ** -fraction.length
}

function replaced(
  into: Json,
  [key = '', ...rest]: readonly string[],
  value: Json | undefined,
): Json {
  const next = (inner: Json): Json => replaced(inner, rest, value)
  if (Array.isArray(into)) {
    const list = into as readonly Json[]
    const index = Number(key)
    if (rest.length > 0) return list.with(index, next(list[index] ?? null))
    return value === undefined ? list.toSpliced(index, 1) : list.with(index, value)
  }
  const object = into as JsonObject
  return { ...object, [key]: rest.length > 0 ? next(object[key] ?? null) : (value ?? null) }
}

export interface MutationScore {
  /** Noticed, of all that were tried; null where none was. */
  readonly score: number | null
  readonly tried: number
  readonly noticed: number
  /** Faults that no test noticed; some of them may change nothing that could be noticed. */
  readonly survivors: readonly Omit<Mutant, 'decision'>[]
  /** False where the budget ended it. */
  readonly complete: boolean
}

export interface MutationOptions {
  /** ms since the epoch at which the tests run */
  readonly at: number
  /** The decisions that this one asks; no fault is put into them. @default none */
  readonly nested?: NestedDecisions
  /** ms; needs `clock` */
  readonly budget?: number
  /** ms, from any beginning */
  readonly clock?: () => number
  readonly onProgress?: (tried: number) => void
}

/** A fault is noticed where a test that passes without it fails with it, or where it keeps the decision from compiling. */
export function mutationScore(
  decision: Decision,
  tests: readonly DecisionTest[],
  { at, nested = () => undefined, budget = Infinity, clock = () => 0, onProgress }: MutationOptions,
): MutationScore {
  const passing = runTests(decision, tests, { at, nested })
  const good = tests.filter((_, index) => passing[index])
  const end = clock() + budget
  const survivors: Omit<Mutant, 'decision'>[] = []
  let tried = 0
  let complete = true
  for (const { decision: faulty, ...fault } of mutate(decision)) {
    if (clock() >= end) {
      complete = false
      break
    }
    if (!isNoticed(faulty, good, { at, nested })) survivors.push(fault)
    tried += 1
    onProgress?.(tried)
  }
  const noticed = tried - survivors.length
  return { score: tried === 0 ? null : noticed / tried, tried, noticed, survivors, complete }
}

function isNoticed(
  decision: Decision,
  tests: readonly DecisionTest[],
  env: { readonly at: number; readonly nested: NestedDecisions },
): boolean {
  try {
    return runTests(decision, tests, env).includes(false)
  } catch {
    return true
  }
}

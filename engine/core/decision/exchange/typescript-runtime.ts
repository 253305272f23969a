import type { Helper } from '#core/decision/exchange/typescript-helper.ts'
import { lendingHelpers, lendingSources } from '#core/decision/exchange/typescript-lending.ts'

/**
 * Our operators as they stand in a module by themselves, with the same meaning: null for what is missing or of another
 * type. Operators that are not here cannot be written.
 */
export const operatorSources: Readonly<Record<string, Helper>> = {
  ...lendingSources,
  eq: {
    needs: ['same', 'compared'],
    source: `function eq(a: Json, b: Json): Truth {
  if (a === null || b === null) return null
  if (typeof a === 'string' && typeof b === 'string') return a === b || compared(a, b) === 0
  if (typeof a !== 'object') return typeof a === typeof b ? a === b : null
  if (Array.isArray(a) !== Array.isArray(b)) return null
  return typeof b === 'object' ? same(a, b) : null
}`,
  },
  ne: { needs: ['eq', 'not'], source: `const ne = (a: Json, b: Json): Truth => not(eq(a, b))` },
  lt: {
    needs: ['compared'],
    source: `function lt(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a < b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) < 0 : null
}`,
  },
  lte: {
    needs: ['compared'],
    source: `function lte(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a <= b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) <= 0 : null
}`,
  },
  gt: { needs: ['lt'], source: `const gt = (a: Json, b: Json): Truth => lt(b, a)` },
  gte: { needs: ['lte'], source: `const gte = (a: Json, b: Json): Truth => lte(b, a)` },
  between: {
    needs: ['all_of', 'gte', 'lte'],
    source: `const between = (value: Json, from: Json, to: Json): Truth => all_of(gte(value, from), lte(value, to))`,
  },
  in_list: {
    needs: ['any_of', 'eq'],
    source: `const in_list = (value: Json, list: Json): Truth =>
  value === null || !Array.isArray(list) ? null : any_of(...list.map((item: Json) => eq(value, item)))`,
  },
  is_missing: { source: `const is_missing = (value: Json): boolean => value === null` },
  is_present: { source: `const is_present = (value: Json): boolean => value !== null` },
  all_of: {
    source: `/** False if one is false, else null if one is unknown, else true. */
function all_of(...conditions: Json[]): Truth {
  if (conditions.includes(false)) return false
  return conditions.every((one) => one === true) ? true : null
}`,
  },
  any_of: {
    source: `/** True if one is true, else null if one is unknown, else false. */
function any_of(...conditions: Json[]): Truth {
  if (conditions.includes(true)) return true
  return conditions.every((one) => one === false) ? false : null
}`,
  },
  not: {
    source: `const not = (value: Json): Truth => (value === true ? false : value === false ? true : null)`,
  },
  if_then: {
    source: `const if_then = (condition: Json, yes: Json, no: Json): Json => (condition === true ? yes : no)`,
  },
  coalesce: {
    source: `const coalesce = (...values: Json[]): Json => values.find((one) => one !== null) ?? null`,
  },
  plus: {
    needs: ['fold'],
    source: `const plus = (...values: Json[]): Json =>
  values.every((one) => typeof one === 'string') ? values.join('') : fold(values, (a, b) => a + b)`,
  },
  minus: {
    needs: ['numbers'],
    source: `const minus = (a: Json, b: Json): Json => numbers(a, b, (x, y) => x - y)`,
  },
  times: {
    needs: ['fold'],
    source: `const times = (...values: Json[]): Json => fold(values, (a, b) => a * b)`,
  },
  divide: {
    needs: ['numbers'],
    source: `const divide = (a: Json, b: Json): Json => numbers(a, b, (x, y) => x / y)`,
  },
  floor: {
    needs: ['numbers'],
    source: `const floor = (a: Json): Json => numbers(a, 0, Math.floor)`,
  },
  ceiling: {
    needs: ['numbers'],
    source: `const ceiling = (a: Json): Json => numbers(a, 0, Math.ceil)`,
  },
  abs: { needs: ['numbers'], source: `const abs = (a: Json): Json => numbers(a, 0, Math.abs)` },
  min_of: {
    needs: ['extreme'],
    source: `const min_of = (...values: Json[]): Json => extreme(values, 1)`,
  },
  max_of: {
    needs: ['extreme'],
    source: `const max_of = (...values: Json[]): Json => extreme(values, -1)`,
  },
  sum_of: {
    needs: ['fold', 'spread'],
    source: `const sum_of = (...values: Json[]): Json => fold(spread(values), (a, b) => a + b)`,
  },
  count_of: {
    source: `const count_of = (list: Json): Json => (Array.isArray(list) ? list.length : null)`,
  },
}

/** What operators and the module itself are made of. */
export const helperSources: Readonly<Record<string, Helper>> = {
  ...operatorSources,
  ...lendingHelpers,
  compared: {
    needs: ['instant'],
    source: `/** Two times with their offsets as instants, other texts by code unit. */
function compared(a: string, b: string): number {
  const first = instant(a)
  const second = first === null ? null : instant(b)
  if (first !== null && second !== null) return first - second
  return a < b ? -1 : a > b ? 1 : 0
}`,
  },
  instant: {
    source: `/** Of a time on a day with its offset, ms since 1970; null for any other text. */
function instant(text: string): number | null {
  const [, day = '', hours = '', minutes = '', seconds = '00', fraction = '0', offset = ''] =
    /^(\\d{4}-\\d{2}-\\d{2})T([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(\\.\\d{1,9})?)?(Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)$/.exec(text) ?? []
  const midnight = day < '0100' ? NaN : Date.parse(day)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null
  const east = offset === 'Z' ? 0 : (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * (offset[0] === '-' ? -1 : 1)
  return midnight + ((Number(hours) * 60 + Number(minutes) - east) * 60 + Number(seconds)) * 1000 + Math.floor(Number(\`0\${fraction}\`) * 1000)
}`,
  },
  same: {
    source: `/** Whether two values have the same JSON. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, Json>, b as Record<string, Json>]
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key] ?? null, right[key] ?? null))
  )
}`,
  },
  finite: {
    source: `const finite = (value: number): Json => (Number.isFinite(value) ? value + 0 : null)`,
  },
  numbers: {
    needs: ['finite'],
    source: `const numbers = (a: Json, b: Json, call: (a: number, b: number) => number): Json =>
  typeof a === 'number' && typeof b === 'number' ? finite(call(a, b)) : null`,
  },
  fold: {
    needs: ['finite'],
    source: `function fold(values: readonly Json[], call: (a: number, b: number) => number): Json {
  let result: number | null = null
  for (const value of values) {
    if (typeof value !== 'number') return null
    result = result === null ? value : call(result, value)
  }
  return result === null ? null : finite(result)
}`,
  },
  spread: {
    source: `/** One list, or the values themselves. */
const spread = (values: readonly Json[]): readonly Json[] =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly Json[]) : values`,
  },
  extreme: {
    needs: ['spread'],
    source: `function extreme(values: readonly Json[], sign: 1 | -1): Json {
  let best: Json | undefined
  for (const value of spread(values)) {
    const other = best ?? value
    if (typeof value !== typeof other) return null
    if (typeof value !== 'number' && typeof value !== 'string') return null
    const way = value < (other as typeof value) ? -1 : value > (other as typeof value) ? 1 : 0
    if (best === undefined || way * sign < 0) best = value
  }
  return best ?? null
}`,
  },
  get: {
    source: `/** Follows own properties; null where one is missing. */
function get(from: Json, ...path: string[]): Json {
  let value: Json | undefined = from
  for (const key of path) {
    if (value === null || value === undefined || !Object.hasOwn(Object(value), key)) return null
    value = (value as Record<string, Json>)[key]
  }
  return value ?? null
}`,
  },
  table: {
    needs: ['same', 'sum_of', 'min_of', 'max_of'],
    source: `interface Row {
  readonly id: string
  readonly name: string
  readonly met: () => Json
  readonly gives: () => Record<string, Json>
}
interface Table {
  readonly policy: 'unique' | 'first' | 'any' | 'priority' | 'rule order' | 'output order' | 'collect'
  readonly total?: 'sum' | 'min' | 'max' | 'count'
  readonly fields: readonly string[]
  /** By field its values, best first. */
  readonly ranks: Readonly<Record<string, readonly Json[]>>
  readonly rows: readonly Row[]
}

/** A decision table by its hit policy, as in DMN. Throws where rows contradict a unique or any policy. */
function table(result: Result, own: Own, id: string, { policy, total, fields, ranks, rows }: Table): Json {
  const hits: { row: Row; outputs: Record<string, Json> }[] = []
  for (const row of rows) {
    const met = row.met()
    if (met === null) result.unknown.push(\`\${id}.\${row.id}\`)
    if (met !== true) continue
    hits.push({ row, outputs: row.gives() })
    if (policy === 'first') break
  }
  const rank = (field: string, value: Json): number => {
    const values = ranks[field] ?? []
    const found = values.findIndex((one) => same(one, value))
    return found < 0 ? values.length : found
  }
  const ranked = () =>
    [...hits].sort((a, b) => {
      for (const field of fields) {
        const way = rank(field, a.outputs[field] ?? null) - rank(field, b.outputs[field] ?? null)
        if (way !== 0) return way
      }
      return 0
    })
  if (policy === 'unique' && hits.length > 1) throw new Error(\`\${id}: more than one row is met\`)
  if (policy === 'any' && hits.some((hit) => !same(hit.outputs, hits[0]?.outputs ?? null)))
    throw new Error(\`\${id}: rows that are met differ\`)
  const chosen =
    policy === 'priority'
      ? ranked().slice(0, 1)
      : policy === 'output order'
        ? ranked()
        : policy === 'any'
          ? hits.slice(0, 1)
          : hits
  for (const { row, outputs } of chosen) {
    result.fired.push(\`\${id}.\${row.id}\`)
    const { outcome, reason, reason_text: text, condition, flag } = outputs
    if (severity.includes(outcome as Outcome)) give(result, own, outcome as Outcome)
    if (typeof reason === 'string')
      result.reasons.push({ code: reason, text: typeof text === 'string' ? text : row.name || reason, source: \`\${id}.\${row.id}\` })
    if (typeof condition === 'string') result.conditions.push(condition)
    if (typeof flag === 'string' && !result.flags.includes(flag)) result.flags.push(flag)
  }
  const single = policy === 'unique' || policy === 'first' || policy === 'any' || policy === 'priority'
  const totals = { sum: sum_of, min: min_of, max: max_of, count: (list: Json) => (list as Json[]).length }
  const value: Json = single
    ? (chosen[0]?.outputs ?? null)
    : policy === 'collect' && total
      ? Object.fromEntries(
          fields.map((field) => [field, totals[total](chosen.map(({ outputs }) => outputs[field] ?? null))]),
        )
      : chosen.map(({ outputs }) => outputs)
  if (single || total) for (const [field, one] of Object.entries(value ?? {})) set(result, own, field, one as Json)
  return value
}`,
  },
  scorecard: {
    source: `interface Bin {
  readonly id: string
  readonly met: () => Json
  readonly points: number
  readonly reason?: { readonly code: string; readonly text: string }
}
interface Characteristic {
  readonly id: string
  readonly value: Json
  readonly bins: readonly Bin[]
  readonly missing?: Pick<Bin, 'points' | 'reason'>
}
interface Scorecard {
  readonly base: number
  readonly most: number
  readonly approveFrom?: number
  readonly declineBelow?: number
  readonly hasCutoffs: boolean
  readonly characteristics: readonly Characteristic[]
}

/** Points by characteristic, and reasons where most points were lost. Null where a value without points is missing. */
function scorecard(result: Result, own: Own, id: string, card: Scorecard): Json {
  let score = card.base
  let known = true
  const points: Record<string, Json> = {}
  const lost: { contribution: number; code: string; text: string }[] = []
  for (const { id: name, value, bins, missing } of card.characteristics) {
    const bin =
      value === null ? missing && { ...missing, id: 'missing' } : bins.find((one) => one.met() === true)
    if (!bin) {
      known = false
      result.unknown.push(\`\${id}.\${name}\`)
      continue
    }
    const best = Math.max(...bins.map((one) => one.points), missing?.points ?? -Infinity)
    score += bin.points
    points[name] = bin.points
    if (bin.points < best && bin.reason) lost.push({ ...bin.reason, contribution: bin.points - best })
    result.fired.push(\`\${id}.\${name}.\${bin.id}\`)
  }
  if (!known) return null
  const reasons = lost
    .sort((a, b) => a.contribution - b.contribution)
    .map(({ code, text, contribution }) => ({ code, text, contribution }))
    .slice(0, card.most)
  if (card.hasCutoffs) {
    const outcome: Outcome =
      card.declineBelow !== undefined && score < card.declineBelow
        ? 'decline'
        : card.approveFrom === undefined || score >= card.approveFrom
          ? 'approve'
          : 'refer'
    give(result, own, outcome)
    if (outcome !== 'approve') result.reasons.push(...reasons.map((one) => ({ ...one, source: id })))
  }
  return { score, points, reasons }
}`,
  },
  choose: {
    source: `/** The first case that is true, else \`otherwise\`. */
function choose(result: Result, id: string, cases: readonly (readonly [id: string, met: () => Json])[]): string {
  for (const [name, met] of cases) {
    const value = met()
    if (value === null) result.unknown.push(\`\${id}.\${name}\`)
    if (value !== true) continue
    result.fired.push(\`\${id}.\${name}\`)
    return name
  }
  return 'otherwise'
}`,
  },
}

/** What every module begins with, after the types of its input. */
export const preamble = `export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** Null is unknown: something that it asks for is missing or of another type. */
type Truth = boolean | null
export type Outcome = 'approve' | 'approve_with_conditions' | 'refer' | 'decline'
export interface Result {
  outcome: Outcome | null
  reasons: { code: string; text: string; source: string; contribution?: number }[]
  conditions: string[]
  flags: string[]
  adjust: { limit: number; rate: number }
  /** Fields that rules and tables set, and every part's value by its id. */
  values: Record<string, Json>
  /** \`part.rule\` of what fired, in order. */
  fired: string[]
  /** \`part.rule\` of what could not be told for want of a value. */
  unknown: string[]
  output?: Json
}`

/** What every module ends with. */
export const postamble = `/** What one part gave. */
interface Own {
  outcome: Outcome | null
  fields: Record<string, Json>
}
const severity: readonly Outcome[] = ['approve', 'approve_with_conditions', 'refer', 'decline']

const nothing = (): Result => ({
  outcome: null,
  reasons: [],
  conditions: [],
  flags: [],
  adjust: { limit: 0, rate: 0 },
  values: {},
  fired: [],
  unknown: [],
})

/** The most severe outcome stands. */
function give(result: Result, own: Own, outcome: Outcome): void {
  const worse = (a: Outcome | null) => (a !== null && severity.indexOf(a) >= severity.indexOf(outcome) ? a : outcome)
  own.outcome = worse(own.outcome)
  result.outcome = worse(result.outcome)
}

/** The first to set a field wins. */
function set(result: Result, own: Own, field: string, value: Json): void {
  if (!Object.hasOwn(own.fields, field)) own.fields[field] = value
  if (!Object.hasOwn(result.values, field)) result.values[field] = value
}

function meets(result: Result, id: string, met: Json): boolean {
  if (met === null) result.unknown.push(id)
  if (met === true) result.fired.push(id)
  return met === true
}

function adjust(result: Result, id: string, target: 'limit' | 'rate', by: Json): void {
  if (typeof by === 'number') result.adjust[target] += by
  else result.unknown.push(id)
}`

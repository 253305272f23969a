import type { Json, JsonSchema } from '#core/json.ts'

/** The values that an input may take one after the other: whole steps of a number, or days. */
export interface Scale {
  readonly at: (step: number) => Json
  /** Where to begin. */
  readonly start: number
  /** The first and the last step. */
  readonly low: number
  readonly high: number
}

const oneDay = 86_400_000
const dayPattern = /^\d{4}-\d{2}-\d{2}$/
/** Further no search goes: money to the paisa, and every day of the calendar. */
const furthest = 1e12
/** What an amount is begun with where nothing is known of it. */
const someAmount = 10_000

/**
 * The scale of an input that has the value `from`. Null where its values have no such order. `day`: where it is read as
 * a day; `today`: ms since the epoch.
 */
export function scaleOf(
  schema: JsonSchema,
  from: Json,
  { day, number, today }: { day: boolean; number: boolean; today: number },
): Scale | null {
  const { type, format } = schema
  if (Array.isArray(schema['enum'])) return null
  const isDay = typeof from === 'string' && dayPattern.test(from)
  if (format === 'date' || isDay || (from === null && day))
    return dayScale(isDay ? from : null, today)
  const isNumber = typeof from === 'number' || (from === null && number)
  if (type !== 'number' && type !== 'integer' && !isNumber) return null
  return numberScale(schema, typeof from === 'number' ? from : null)
}

function dayScale(from: string | null, today: number): Scale {
  const dayOf = (ms: number): number => Math.floor(ms / oneDay)
  return {
    at: (step) => new Date(step * oneDay).toISOString().slice(0, 10),
    start: dayOf(from === null ? today : Date.parse(from)),
    low: dayOf(Date.UTC(1900, 0, 1)),
    high: dayOf(Date.UTC(2199, 11, 31)),
  }
}

function numberScale(schema: JsonSchema, from: number | null): Scale {
  const { minimum, maximum } = schema
  const low = typeof minimum === 'number' ? minimum : -furthest
  const high = typeof maximum === 'number' ? maximum : furthest
  const start =
    from ??
    (low > -furthest && high < furthest
      ? (low + high) / 2
      : Math.max(low, Math.min(high, someAmount)))
  const step = stepOf(start, schema)
  return {
    // Fifteen digits: what is written, not what binary makes of it.
    at: (count) => Number((count * step).toPrecision(15)),
    start: Math.round(start / step),
    low: Math.ceil(low / step),
    high: Math.floor(high / step),
  }
}

/** `multipleOf` of the schema, 1 for whole numbers, else the last place in which the number is written. */
export function stepOf(number: number, schema: JsonSchema): number {
  if (typeof schema['multipleOf'] === 'number' && schema['multipleOf'] > 0)
    return schema['multipleOf']
  if (schema['type'] === 'integer') return 1
  const fraction = /\.(\d+)$/.exec(String(number))?.[1] ?? ''
  return 10 ** -Math.min(fraction.length, 6)
}

/** All values of an input that has only a few. */
export function listedValues(schema: JsonSchema): readonly Json[] {
  if (Array.isArray(schema['enum'])) return schema['enum'] as Json[]
  return schema['type'] === 'boolean' ? [true, false] : []
}

/** Changes of side looked for in one direction. */
const mostFlips = 3

/**
 * The steps on either side of each place where the side changes, the nearest before and behind the start. `budget` is
 * counted down with each look.
 */
export function flipsAlong(
  { start, low, high }: Scale,
  sideAt: (step: number) => number | null,
  budget: { left: number },
): readonly number[] {
  const found = new Set<number>()
  const look = (step: number): number | null => {
    budget.left -= 1
    return sideAt(step)
  }
  const begin = Math.min(Math.max(start, low), high)
  const here = look(begin)
  for (const [direction, end] of [
    [1, high],
    [-1, low],
  ] as const) {
    let [last, side] = [begin, here]
    let flips = 0
    for (let width = 1; last !== end && flips < mostFlips && budget.left > 0; width *= 2) {
      const next = direction === 1 ? Math.min(end, begin + width) : Math.max(end, begin - width)
      const now = look(next)
      if (now !== side) {
        for (const step of between(last, next, side)) found.add(step)
        flips += 1
      }
      ;[last, side] = [next, now]
    }
  }
  return [...found]

  /** The two neighbours between which the side is no longer the first one; where that is a border itself, both of its ends. */
  function between(from: number, to: number, side: number | null): number[] {
    let [same, other] = [from, to]
    while (Math.abs(other - same) > 1 && budget.left > 0) {
      const middle = Math.trunc((same + other) / 2)
      if (look(middle) === side) same = middle
      else other = middle
    }
    const border = look(other)
    if (border !== 0 || other === to) return [same, other]
    // The border may be many steps wide, as a year is of an age.
    let [inside, beyond] = [other, to]
    if (look(beyond) === 0) return [same, other]
    while (Math.abs(beyond - inside) > 1 && budget.left > 0) {
      const middle = Math.trunc((inside + beyond) / 2)
      if (look(middle) === 0) inside = middle
      else beyond = middle
    }
    return [same, other, inside, beyond]
  }
}

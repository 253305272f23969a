import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { readsName } from '#core/logic/feel/sorting.ts'

/** An entry of an object that is written out. */
export interface Entry {
  readonly key: string
  readonly logic: Logic
}

/** The path by which later entries read one: its key, or another name where that is no path. */
export const entryPath = (key: string, index: number): string =>
  /^[a-zA-Z_]\w*$/.test(key) ? key : `_${index + 1}_${key.replaceAll(/\W+/g, '_')}`

/**
 * The object of the entries. Where one reads another before it, each is worked out once, in order, and known by its
 * name to those behind it.
 */
export function contextOf(entries: readonly Entry[]): Logic {
  const isRead = entries.some(({ key }, index) =>
    entries.slice(index + 1).some(({ logic }) => readsName(logic, entryPath(key, index))),
  )
  if (!isRead) return { context: entries.flatMap(({ key, logic }) => [key, logic]) }
  const paths = entries.map(({ key }, index) => entryPath(key, index))
  const whole: Logic = { context: entries.flatMap(({ key }, i) => [key, { var: paths[i] ?? '' }]) }
  return entries.reduceRight<Logic>(
    (inner, { logic }, i) => ({ with_name: [logic, { as: paths[i] ?? '', do: inner }] }),
    whole,
  )
}

/** The entries of an object that reads itself; null for anything else. */
export function entriesOf(logic: Json): readonly Entry[] | null {
  const values: Json[] = []
  let inner = logic
  for (;;) {
    const [value, body] = argumentsOf(inner, 'with_name')
    if (!isObject(body)) break
    values.push(value ?? null)
    inner = (body as Record<string, Json>)['do'] ?? null
  }
  const whole = argumentsOf(inner, 'context')
  const entries = values.map((value, i): Entry | null => {
    const key = whole[2 * i]
    return typeof key === 'string' ? { key, logic: value } : null
  })
  if (entries.length === 0 || !entries.every((entry) => entry !== null)) return null
  return JSON.stringify(contextOf(entries)) === JSON.stringify(logic) ? entries : null
}

const argumentsOf = (logic: Json, operator: string): readonly Json[] => {
  const args = isObject(logic) ? logic[operator] : undefined
  return Array.isArray(args) ? (args as readonly Json[]) : []
}

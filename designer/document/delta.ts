import { isObject } from '#core/json.ts'

/**
 * How to make one document from another, where most of it is the very same objects: null keeps all of it, `value`
 * takes another, `fields` changes some, `items` lines up a list anew, each item an old one's place or a change of it.
 */
export type Delta =
  | null
  | { readonly value: unknown }
  | { readonly fields: Readonly<Record<string, Delta>>; readonly gone: readonly string[] }
  | { readonly items: readonly (number | readonly [from: number, delta: Delta])[] }

const idOf = (value: unknown): unknown => (isObject(value) ? value['id'] : undefined)

function listDelta(before: readonly unknown[], after: readonly unknown[]): Delta {
  const places = new Map(before.map((item, index) => [item, index]))
  const byId = new Map(before.map((item, index) => [idOf(item), index]))
  return {
    items: after.map((item, index) => {
      const same = before[index] === item ? index : places.get(item)
      if (same !== undefined) return same
      const id = idOf(item)
      const alike = id === undefined ? index : (byId.get(id) ?? -1)
      return [alike, deltaOf(before[alike], item)]
    }),
  }
}

/** Compares by identity and keeps what is the same; the time it takes grows with what is not. */
export function deltaOf(before: unknown, after: unknown): Delta {
  if (Object.is(before, after)) return null
  if (Array.isArray(before) && Array.isArray(after)) return listDelta(before, after)
  if (!isObject(before) || !isObject(after)) return { value: after }
  const fields: Record<string, Delta> = {}
  for (const [key, value] of Object.entries(after)) {
    const had = Object.hasOwn(before, key)
    if (!had || !Object.is(before[key], value))
      fields[key] = had ? deltaOf(before[key], value) : { value }
  }
  return { fields, gone: Object.keys(before).filter((key) => !Object.hasOwn(after, key)) }
}

export function applyDelta(before: unknown, delta: Delta): unknown {
  if (delta === null) return before
  if ('value' in delta) return delta.value
  if ('items' in delta) {
    const old = before as readonly unknown[]
    return delta.items.map((item) =>
      typeof item === 'number' ? old[item] : applyDelta(old[item[0]], item[1]),
    )
  }
  const entries = Object.entries(before as object).filter(([key]) => !delta.gone.includes(key))
  const kept = Object.fromEntries(entries)
  const changed = Object.entries(delta.fields).map(([key, change]) => [
    key,
    applyDelta(kept[key], change),
  ])
  return { ...kept, ...Object.fromEntries(changed) }
}

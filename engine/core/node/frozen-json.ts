import type { Json } from '#core/json.ts'

/**
 * Frozen all the way down and JSON already: spares another walk. Only what has much in it is remembered so, for looking
 * through a few members costs a tenth of what an entry here does, collecting it included.
 */
const known = new WeakSet<object>()
const much = 64
/** Members that walks have met: how much a value has in it is what this grows by. */
let met = 0

/**
 * A value as JSON keeps it, frozen all the way down, so that nothing can change what a run remembers.
 * What is JSON already is returned itself. As in JSON.stringify, undefined members vanish and a date becomes text.
 */
export function frozenJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  // JSON has no NaN, no infinity, and one zero.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null
  if (typeof value !== 'object') return null
  if (known.has(value)) return value as Json
  if (hasToJson(value)) return frozenJson(value.toJSON())
  const before = met
  return kept(Array.isArray(value) ? cleanList(value as unknown[]) : cleanObject(value), before)
}

function kept(clean: object, before: number): Json {
  if (!Object.isFrozen(clean)) Object.freeze(clean)
  if (met - before > much) known.add(clean)
  return clean as Json
}

const hasToJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function'

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function cleanList(items: unknown[]): unknown[] {
  met += items.length
  let clean: unknown[] | undefined
  for (let index = 0; index < items.length; index += 1) {
    const json = frozenJson(items[index])
    if (json !== items[index]) clean ??= items.slice(0, index)
    clean?.push(json)
  }
  return clean ?? items
}

function cleanObject(value: object): object {
  const members = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(members)
  met += keys.length
  let clean: Record<string, unknown> | undefined = isPlain(value) ? undefined : {}
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string
    const member = members[key]
    // Assigned, it would become the prototype. Other names that logic never reads are data like any.
    const json = member === undefined || key === '__proto__' ? undefined : frozenJson(member)
    if (!clean && (json === undefined || json !== member)) {
      clean = {}
      for (const earlier of keys.slice(0, index)) clean[earlier] = members[earlier]
    }
    if (clean && json !== undefined) clean[key] = json
  }
  return clean ?? value
}

/** Whether it is what `frozenJson` would return itself without a change; not asked of more than `much` members. */
function isKept(value: unknown, until: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (known.has(value)) return true
  if (!Object.isFrozen(value) || hasToJson(value)) return false
  const list = Array.isArray(value)
  if (!list && (!isPlain(value) || Object.hasOwn(value, '__proto__'))) return false
  const members: readonly unknown[] = list ? value : Object.values(value)
  met += members.length
  if (met > until) return false
  for (const member of members) if (!isKept(member, until)) return false
  return true
}

/**
 * What others may go on changing, as JSON keeps it: copied and frozen in one walk, but for parts that are frozen already.
 * Undefined, as in JSON.stringify, where nothing of the value has a JSON form.
 */
export function frozenCopy(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value + 0 : null
    case 'bigint':
      throw new TypeError('a bigint has no JSON form')
    case 'object':
      return value === null ? null : copied(value)
    default:
      return undefined
  }
}

function copied(value: object): Json | undefined {
  if (isKept(value, met + much)) return value as Json
  if (hasToJson(value)) return frozenCopy(value.toJSON())
  const before = met
  let copy: Json
  if (Array.isArray(value)) {
    met += value.length
    const items: Json[] = []
    // A loop sees holes, too.
    for (const item of value) items.push(frozenCopy(item) ?? null)
    copy = items
  } else {
    const members: Record<string, Json> = {}
    const keys = Object.keys(value)
    met += keys.length
    for (const key of keys) {
      const json = frozenCopy((value as Record<string, unknown>)[key])
      if (json !== undefined && key !== '__proto__') members[key] = json
    }
    copy = members
  }
  return kept(copy, before)
}

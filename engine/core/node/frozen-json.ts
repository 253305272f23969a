import type { Json } from '#core/json.ts'

/** Already frozen all the way down; the check spares a second walk. */
const frozen = new WeakSet<object>()

/**
 * A value as JSON keeps it, frozen all the way down, so that nothing can change what a run remembers.
 * What is JSON already is returned itself. As in JSON.stringify, undefined members vanish and a date becomes text.
 */
export function frozenJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  // JSON has no NaN, no infinity, and one zero.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null
  if (typeof value !== 'object') return null
  if (frozen.has(value)) return value as Json
  if (hasToJson(value)) return frozenJson(value.toJSON())
  const clean = Array.isArray(value) ? cleanList(value as unknown[]) : cleanObject(value)
  frozen.add(Object.freeze(clean))
  return clean as Json
}

const hasToJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function'

function cleanList(items: unknown[]): unknown[] {
  const clean = items.map(frozenJson)
  return clean.every((item, index) => item === items[index]) ? items : clean
}

function cleanObject(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value)
  let same = prototype === Object.prototype || prototype === null
  const clean: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    // Assigned, it would become the prototype. Other names that logic never reads are data like any.
    const json = member === undefined || key === '__proto__' ? undefined : frozenJson(member)
    if (json === undefined || json !== member) same = false
    if (json !== undefined) clean[key] = json
  }
  return same ? value : clean
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
  if (frozen.has(value)) return value as Json
  if (hasToJson(value)) return frozenCopy(value.toJSON())
  let copy: Json
  if (Array.isArray(value)) copy = value.map((item) => frozenCopy(item) ?? null)
  else {
    const members: Record<string, Json> = {}
    for (const key of Object.keys(value)) {
      const json = frozenCopy((value as Record<string, unknown>)[key])
      if (json !== undefined && key !== '__proto__') members[key] = json
    }
    copy = members
  }
  frozen.add(Object.freeze(copy))
  return copy
}

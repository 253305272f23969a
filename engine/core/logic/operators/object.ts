import { isForbiddenKey, isObject, type Json, type JsonObject } from '#core/json.ts'
import { same } from '#core/logic/compare.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const object = { name: 'context', type: 'any' } as const

/** Of entries with key and value; null where one is none, or a key comes twice. */
function fromEntries(list: Json): Json {
  if (!Array.isArray(list)) return isObject(list) ? fromEntries([list as JsonObject]) : null
  const entries = new Map<string, Json>()
  for (const entry of list as readonly Json[]) {
    if (!isObject(entry) || !Object.hasOwn(entry, 'value')) return null
    const { key, value } = entry
    if (typeof key !== 'string' || isForbiddenKey(key) || entries.has(key)) return null
    entries.set(key, value as Json)
  }
  return Object.fromEntries(entries)
}

/** The object with a value under a key, or under keys that lead down; what is not there on the way is made. */
function withEntry(from: Json, key: Json, value: Json): Json {
  if (!isObject(from)) return null
  const [first, ...rest] = Array.isArray(key) ? (key as readonly Json[]) : [key]
  if (typeof first !== 'string' || isForbiddenKey(first)) return null
  const all = from as JsonObject
  if (rest.length === 0) return { ...all, [first]: value }
  const inner = withEntry(Object.hasOwn(all, first) ? (all[first] ?? {}) : {}, rest, value)
  return inner === null ? null : { ...all, [first]: inner }
}

function merged(list: Json): Json {
  if (!Array.isArray(list) || !list.every(isObject)) return null
  return Object.assign({}, ...list) as Json
}

/** Objects that are made of others. */
export const objects = {
  same_as: {
    group: 'value',
    arguments: [
      { name: 'value1', type: 'any' },
      { name: 'value2', type: 'any' },
    ],
    min: 2,
    max: 2,
    result: 'boolean',
    title: 'is the same as',
    symbol: 'is',
    phrase: '{0} is the same as {1}',
    help: 'Whether both have the same kind and value; of two missing values true. Never null.',
    form: { kind: 'binary', call: (a, b) => same(a ?? null, b ?? null) },
  },
  object_from: {
    group: 'value',
    arguments: [{ name: 'entries', type: 'any' }],
    min: 1,
    max: 1,
    result: 'any',
    title: 'object of entries',
    symbol: 'context',
    phrase: 'the object of {0}',
    help: 'Of a list of objects with key and value. Null for anything else, or where a key comes twice.',
    form: { kind: 'unary', call: fromEntries },
  },
  with_entry: {
    group: 'value',
    arguments: [object, { name: 'key', type: 'any' }, { name: 'value', type: 'any' }],
    min: 3,
    max: 3,
    result: 'any',
    title: 'with an entry',
    symbol: 'context put',
    phrase: '{0} with {2} as {1}',
    help: 'The object with a value under a name, or under a list of names that lead down. Null for anything else.',
    form: { kind: 'ternary', call: (from, key, value) => withEntry(from, key, value ?? null) },
  },
  merged: {
    group: 'value',
    arguments: [{ name: 'contexts', type: 'list' }],
    min: 1,
    max: 1,
    result: 'any',
    title: 'objects in one',
    symbol: 'context merge',
    phrase: 'the objects of {0} in one',
    help: 'Of a list of objects; of entries with one name the last stands. Null for anything else.',
    form: { kind: 'unary', call: merged },
  },
} as const satisfies Record<string, Operator>

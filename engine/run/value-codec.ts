import { createHmac } from 'node:crypto'
import type { Json } from '#core/json.ts'
import { isObject } from '#core/json.ts'
import type { ValueTable } from '#core/store.ts'
import { places } from './places.ts'
import { seal, unseal } from './seal.ts'

/** A JSON text longer than this, in UTF-16 units, is stored once and referenced. */
export const largeValue = 16_384
const reference = '$value'
const literal = '$literal'

/** Whose values are encoded: they are sealed under the case's key and shared only within the case. */
export interface ValueScope {
  readonly tenant: string
  readonly case: number
  readonly key: Uint8Array
}

export interface ValueCodec {
  /** Sealed bytes; parts over 16 kB go to the value table. `identity` names the row. */
  encode(scope: ValueScope, identity: string, value: unknown): Buffer
  decode(scope: ValueScope, identity: string, sealed: Uint8Array): Json
  /** After a rollback: what was put is not in the table. */
  forget(): void
}

const plainMark = '0'
const referringMark = '1'

export function valueCodec(values: ValueTable): ValueCodec {
  /** Equal objects met again (a state carries them from step to step) are not hashed again. */
  let written = new WeakMap<object, { case: number; id: string }>()

  const put = (scope: ValueScope, text: string): string => {
    // Keyed by the case: the id of a value tells nothing about it to who has only the file.
    const id = createHmac('sha256', scope.key).update(text).digest('base64url')
    const data = seal(scope.key, places.value(scope.tenant, scope.case, id), text)
    values.put({ tenant: scope.tenant, case: scope.case, id, data })
    return id
  }

  /** JSON text in which every part that is large by itself, smallest first, is a reference. */
  const shrink = (scope: ValueScope, value: unknown): string => {
    if (typeof value === 'string') {
      const text = JSON.stringify(value)
      return text.length > largeValue ? `{"${reference}":"${put(scope, text)}"}` : text
    }
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const known = written.get(value)
    if (known?.case === scope.case) return `{"${reference}":"${known.id}"}`
    const text = Array.isArray(value)
      ? `[${value.map((item) => shrink(scope, item ?? null)).join(',')}]`
      : shrinkObject(scope, value as Record<string, unknown>)
    if (text.length <= largeValue) return text
    const id = put(scope, text)
    written.set(value, { case: scope.case, id })
    return `{"${reference}":"${id}"}`
  }
  const shrinkObject = (scope: ValueScope, value: Record<string, unknown>): string => {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    const members = keys.map((key) => `${JSON.stringify(key)}:${shrink(scope, value[key])}`)
    const text = `{${members.join(',')}}`
    const looksLikeOurs = keys.length === 1 && (keys[0] === reference || keys[0] === literal)
    return looksLikeOurs ? `{"${literal}":${text}}` : text
  }

  const expand = (scope: ValueScope, value: Json, loaded: Map<string, Json>): Json => {
    if (Array.isArray(value)) return value.map((item) => expand(scope, item as Json, loaded))
    if (!isObject(value)) return value
    const keys = Object.keys(value)
    const only = keys.length === 1 ? keys[0] : undefined
    if (only === literal) return expandMembers(scope, value[literal] as Json, loaded)
    if (only === reference) return load(scope, value[reference] as string, loaded)
    return expandMembers(scope, value as Json, loaded)
  }
  const expandMembers = (scope: ValueScope, value: Json, loaded: Map<string, Json>): Json =>
    Object.fromEntries(
      Object.entries(value as Record<string, Json>).map(([key, member]) => [
        key,
        expand(scope, member, loaded),
      ]),
    )
  const load = (scope: ValueScope, id: string, loaded: Map<string, Json>): Json => {
    const known = loaded.get(id)
    if (known !== undefined) return known
    const identity = places.value(scope.tenant, scope.case, id)
    const sealed = values.get(scope.case, id)
    const text = unseal(scope.key, identity, sealed ?? new Uint8Array(28)).toString()
    const value = expand(scope, JSON.parse(text) as Json, loaded)
    loaded.set(id, value)
    return value
  }

  return {
    forget() {
      written = new WeakMap()
    },
    encode(scope, identity, value) {
      const text = JSON.stringify(value)
      return text.length <= largeValue
        ? seal(scope.key, identity, plainMark + text)
        : seal(scope.key, identity, referringMark + shrink(scope, value))
    },
    decode(scope, identity, sealed) {
      const text = unseal(scope.key, identity, sealed).toString()
      const value = JSON.parse(text.slice(1)) as Json
      return text.startsWith(referringMark) ? expand(scope, value, new Map()) : value
    },
  }
}

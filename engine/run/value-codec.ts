import { createHmac } from 'node:crypto'
import type { Json } from '#core/json.ts'
import { isObject } from '#core/json.ts'
import type { ValueTable } from '#core/store.ts'
import { LruMap } from './lru-map.ts'
import { places } from './places.ts'
import { seal, unseal } from './seal.ts'

/** A JSON text longer than this, in UTF-16 units, is stored once and referenced. */
export const largeValue = 16_384
/**
 * A list longer than that is stored in parts of this many units, cut from its beginning: what is added to its end
 * changes the last part alone, so that a list that grows is written once and not with every snapshot.
 */
const partSize = 4_096
/** So many stored values are known to be there, and are not sealed and offered to the table again. */
const knownValues = 8_192
const reference = '$value'
const parts = '$parts'
const literal = '$literal'
const ours: ReadonlySet<string | undefined> = new Set([reference, parts, literal])

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
/** Lists are whole. No longer written. */
const wholeMark = '1'
const referringMark = '2'

/** The values that have been read for a row; `parted` where lists may be in parts. */
interface Loaded {
  readonly parted: boolean
  readonly values: Map<string, Json>
}

export function valueCodec(values: ValueTable): ValueCodec {
  /** Equal objects met again (a state carries them from step to step) are not hashed again. */
  let written = new WeakMap<object, { case: number; text: string }>()
  let kept = new LruMap<string, true>(knownValues)

  const put = (scope: ValueScope, text: string): string => {
    // Keyed by the case: the id of a value tells nothing about it to who has only the file.
    const id = createHmac('sha256', scope.key).update(text).digest('base64url')
    const place = `${scope.case}/${id}`
    if (kept.get(place)) return id
    kept.set(place, true)
    const data = seal(scope.key, places.value(scope.tenant, scope.case, id), text)
    values.put({ tenant: scope.tenant, case: scope.case, id, data })
    return id
  }

  const refer = (scope: ValueScope, text: string): string =>
    `{"${reference}":"${put(scope, text)}"}`

  /** JSON text in which every part that is large by itself, smallest first, is a reference. */
  const shrink = (scope: ValueScope, value: unknown): string => {
    if (typeof value === 'string') {
      const text = JSON.stringify(value)
      return text.length > largeValue ? refer(scope, text) : text
    }
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const known = written.get(value)
    if (known?.case === scope.case) return known.text
    if (Array.isArray(value)) {
      const items = value.map((item) => shrink(scope, item ?? null))
      const whole = `[${items.join(',')}]`
      if (whole.length <= largeValue) return whole
      const text = inParts(scope, items)
      written.set(value, { case: scope.case, text })
      return text
    }
    const whole = shrinkObject(scope, value as Record<string, unknown>)
    if (whole.length <= largeValue) return whole
    const text = refer(scope, whole)
    written.set(value, { case: scope.case, text })
    return text
  }
  /** The list as its parts, what is left of it at the end, and where these are many, they in parts as well. */
  const inParts = (scope: ValueScope, items: readonly string[]): string => {
    const full: string[] = []
    let rest: string[] = []
    let length = 0
    for (const item of items) {
      rest.push(item)
      length += item.length + 1
      if (length < partSize) continue
      full.push(refer(scope, `[${rest.join(',')}]`))
      rest = []
      length = 0
    }
    const list = full.join(',').length < partSize ? `[${full.join(',')}]` : inParts(scope, full)
    return `{"${parts}":[${list},[[${rest.join(',')}]]]}`
  }
  const shrinkObject = (scope: ValueScope, value: Record<string, unknown>): string => {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    const members = keys.map((key) => `${JSON.stringify(key)}:${shrink(scope, value[key])}`)
    const text = `{${members.join(',')}}`
    const looksLikeOurs = keys.length === 1 && ours.has(keys[0])
    return looksLikeOurs ? `{"${literal}":${text}}` : text
  }

  const expand = (scope: ValueScope, value: Json, loaded: Loaded): Json => {
    if (Array.isArray(value)) return value.map((item) => expand(scope, item as Json, loaded))
    if (!isObject(value)) return value
    const keys = Object.keys(value)
    const only = keys.length === 1 ? keys[0] : undefined
    if (only === literal) return expandMembers(scope, value[literal] as Json, loaded)
    if (only === parts && loaded.parted)
      return (expand(scope, value[parts] as Json, loaded) as Json[][][]).flat(2)
    if (only === reference) return load(scope, value[reference] as string, loaded)
    return expandMembers(scope, value as Json, loaded)
  }
  const expandMembers = (scope: ValueScope, value: Json, loaded: Loaded): Json =>
    Object.fromEntries(
      Object.entries(value as Record<string, Json>).map(([key, member]) => [
        key,
        expand(scope, member, loaded),
      ]),
    )
  const load = (scope: ValueScope, id: string, loaded: Loaded): Json => {
    const known = loaded.values.get(id)
    if (known !== undefined) return known
    const identity = places.value(scope.tenant, scope.case, id)
    const sealed = values.get(scope.case, id)
    const text = unseal(scope.key, identity, sealed ?? new Uint8Array(28)).toString()
    const value = expand(scope, JSON.parse(text) as Json, loaded)
    loaded.values.set(id, value)
    return value
  }

  return {
    forget() {
      written = new WeakMap()
      kept = new LruMap(knownValues)
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
      if (text.startsWith(plainMark)) return value
      return expand(scope, value, { parted: !text.startsWith(wholeMark), values: new Map() })
    },
  }
}

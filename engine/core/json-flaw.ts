import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

/** Levels of lists and objects inside each other that are taken from outside. */
export const deepestJson = 100

export interface JsonFlaw {
  readonly code: MessageCode & ('JSON_TOO_DEEP' | 'JSON_KEY_FORBIDDEN')
  readonly params: MessageParams
}

/**
 * Why parsed JSON from outside is not taken: nested beyond `deepestJson`, where whoever walks it by recursion would
 * run out of stack, or with a field `__proto__`, which no copy of an object keeps. Null where nothing is wrong.
 */
export function jsonFlaw(value: unknown): JsonFlaw | null {
  let level: object[] = isNested(value) ? [value] : []
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestJson) return { code: 'JSON_TOO_DEEP', params: { limit: deepestJson } }
    const inside: object[] = []
    for (const each of level) {
      if (Object.hasOwn(each, '__proto__'))
        return { code: 'JSON_KEY_FORBIDDEN', params: { key: '__proto__' } }
      for (const member of Object.values(each)) if (isNested(member)) inside.push(member)
    }
    level = inside
  }
  return null
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null

import { isForbiddenKey, isObject } from '#core/json.ts'

/** One reference token of a JSON pointer (RFC 6901), escaped. */
const token = (key: string | number): string =>
  String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** `pointer('nodes', 3, 'config')` → `/nodes/3/config` */
export const pointer = (...path: readonly (string | number)[]): string =>
  path.map((key) => `/${token(key)}`).join('')

/** The value at a JSON pointer, or undefined. Never reads the prototype. */
export function readPointer(value: unknown, at: string): unknown {
  let current = value
  for (const raw of at.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isForbiddenKey(key)) return undefined
    if (Array.isArray(current)) current = current[Number(key)]
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key]
    else return undefined
  }
  return current
}

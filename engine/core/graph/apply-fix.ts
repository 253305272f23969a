import type { Fix } from '#core/graph/finding.ts'
import { isForbiddenKey, type Json } from '#core/json.ts'

type Mutable = { [key: string]: Json } & Json[]

/** The document with a finding's fix applied (JSON Patch: add, remove, replace). The given document stays as it is. */
export function applyFix<T>(document: T, fix: Fix | undefined): T {
  const changed = structuredClone(document)
  for (const { op, path, value } of fix?.patch ?? []) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = keys.pop()
    if (last === undefined || [...keys, last].some(isForbiddenKey)) continue
    const parent = keys.reduce<unknown>(
      (at, key) => (at as Mutable | undefined)?.[key as never],
      changed,
    )
    if (typeof parent !== 'object' || parent === null) continue
    if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last)
      parent.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]))
    } else if (op === 'remove') Reflect.deleteProperty(parent, last)
    else (parent as Mutable)[last] = value as Json
  }
  return changed
}

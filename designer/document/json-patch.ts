import type { Fix } from '#core/graph/finding.ts'
import { isForbiddenKey, isObject } from '#core/json.ts'

type Operation = Fix['patch'][number]

const parts = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

function changed(target: unknown, keys: readonly string[], operation: Operation): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return operation.op === 'remove' ? undefined : operation.value
  if (isForbiddenKey(key)) return target
  if (Array.isArray(target)) {
    const index = key === '-' ? target.length : Number(key)
    if (!Number.isInteger(index) || index < 0 || index > target.length) return target
    if (rest.length > 0) return target.with(index, changed(target[index], rest, operation))
    if (operation.op === 'add') return target.toSpliced(index, 0, operation.value)
    if (operation.op === 'remove') return target.toSpliced(index, 1)
    return target.with(index, operation.value)
  }
  const before = isObject(target) ? target : {}
  if (rest.length > 0) return { ...before, [key]: changed(before[key], rest, operation) }
  if (operation.op !== 'remove') return { ...before, [key]: operation.value }
  const { [key]: _removed, ...others } = before
  return others
}

/** Applies the operations of RFC 6902 that fixes use; the input stays as it is. */
export const applyPatch = <T>(document: T, patch: Fix['patch']): T =>
  patch.reduce<unknown>(
    (state, operation) => changed(state, parts(operation.path), operation),
    document,
  ) as T

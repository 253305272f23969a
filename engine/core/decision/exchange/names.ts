import { isForbiddenKey } from '#core/json.ts'

/** A name as the field of a path: everything but letters, digits and `_` becomes `_`. */
export function fieldName(name: string): string {
  const field = name
    .trim()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^(?=\p{N})/u, '_')
  return field === '' || isForbiddenKey(field) ? `_${field}` : field
}

/** The base with a number behind it where it is taken; what is given is taken from then on. */
export function freshName(base: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

/** Fit to be the id of a part. */
export const partName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .replace(/^(?![a-z])/, 'table_')
    .replace(/_+$/, '')

/** Fit to be the id of a document. */
export const documentName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .replace(/^(?![a-z])/, 'decision-')
    .replace(/-+$/, '')

import { isObject, type Json } from '#core/json.ts'

/** A text as it stands in a program: JSON, with the two line ends that JSON lets through. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/** A value as it stands in a program. Objects are read from their text, so that no name of theirs means anything there. */
export function literal(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  return isObject(value) ? `(JSON.parse(${quoted(JSON.stringify(value))}))` : JSON.stringify(value)
}

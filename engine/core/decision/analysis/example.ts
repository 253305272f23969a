import { isObject, type Json, type JsonObject } from '#core/json.ts'

export const textOf = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** `score 650, kind A`: an applicant in a line. */
export const exampleOf = (input: JsonObject, prefix = ''): string =>
  Object.entries(input)
    .map(([key, value]) =>
      isObject(value)
        ? exampleOf(value as JsonObject, `${prefix}${key}.`)
        : `${prefix}${key} ${textOf(value)}`,
    )
    .join(', ')

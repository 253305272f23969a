import type { JsonSchema } from '#core/json.ts'
import { inputFields } from '../input-fields.ts'

const alike = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** For each header the path of the input that it names, however it is written; each input once, null for the rest. */
export function columnTargets(headers: readonly string[], input: JsonSchema): (string | null)[] {
  const free = new Set(inputFields(input).map(({ path }) => path))
  const exact = headers.map((header) => (free.delete(header) ? header : null))
  return headers.map((header, index) => {
    const found = exact[index] ?? [...free].find((path) => alike(path) === alike(header)) ?? null
    if (found !== null) free.delete(found)
    return found
  })
}

import type { Json } from '#core/json.ts'
import { patternProblem } from '#core/logic/pattern.ts'

/** Where an operator with a regular expression has its flags. */
const flagsAt: Readonly<Record<string, number>> = { matches: 2, replaced: 3, split_pattern: 2 }

/** A regular expression that is written out and is none; null where it is one, or is not known yet. */
export function wrongPattern(
  operator: string,
  args: readonly Json[],
): { readonly pattern: string; readonly detail: string } | null {
  const at = Object.hasOwn(flagsAt, operator) ? flagsAt[operator] : undefined
  const [, pattern] = args
  if (at === undefined || typeof pattern !== 'string') return null
  const flags = args[at] ?? ''
  const detail = patternProblem(pattern, typeof flags === 'string' ? flags : '')
  return detail === null ? null : { pattern, detail }
}

/** A text that means itself as a regular expression too. */
export const isPlainDelimiter = (value: Json | undefined): boolean =>
  typeof value === 'string' && value !== '' && !/[\\^$.|?*+()[\]{}]/.test(value)

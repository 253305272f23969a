import { RE2JS } from 're2js'

/**
 * Regular expressions that cannot hang: RE2's, matched in time linear in the text. There are no references back and no
 * looking around, which would need more.
 */
export interface Pattern {
  test(text: string): boolean
  /** `$1` in the replacement is the first group, `$0` the whole, `\$` a dollar sign. */
  replace(text: string, replacement: string): string
  split(text: string): readonly string[]
}

/** Characters; longer texts have no answer. */
const longestText = 10_000
/** Instructions of the matcher, by which its time grows; `(a{9}){9}` has about a hundred. */
const largestProgram = 500
const mostKept = 200

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
}

type Compiled = { readonly pattern: Pattern } | { readonly problem: string }
const kept = new Map<string, Compiled>()

/** Each pattern is compiled once and kept; the flags are `i`, `m` and `s`. */
function compiled(source: string, flags: string): Compiled {
  const key = `${flags}/${source}`
  const before = kept.get(key)
  if (before) return before
  const made = compile(source, flags)
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, made)
  return made
}

function compile(source: string, flags: string): Compiled {
  const unknown = [...flags].find((flag) => !Object.hasOwn(flagBits, flag))
  if (unknown !== undefined) return { problem: `there is no flag “${unknown}”, only i, m and s` }
  if (source.length > longestText) return { problem: 'it is too long' }
  try {
    const regex = RE2JS.compile(
      source,
      [...flags].reduce((bits, flag) => bits | (flagBits[flag] ?? 0), 0),
    )
    return regex.programSize() > largestProgram
      ? { problem: 'it repeats too much' }
      : { pattern: patternOf(regex) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { problem: detail.replace('error parsing regexp: ', '') }
  }
}

const patternOf = (regex: RE2JS): Pattern => ({
  test: (text) => regex.matcher(text).find(),
  replace: (text, replacement) =>
    regex.matcher(text).replaceAll((...found: unknown[]) => {
      // The groups, the place and the text come as JavaScript's own `replace` gives them.
      const groups = found.slice(0, regex.groupCount() + 1)
      return replacement.replaceAll(/\\([\\$])|\$(\d)/g, (_, sign?: string, group?: string) =>
        group === undefined ? (sign ?? '') : textOf(groups[Number(group)]),
      )
    }),
  split: (text) => regex.split(text, -1),
})

const textOf = (group: unknown): string => (typeof group === 'string' ? group : '')

/** The pattern; null where it is none, or where the text is too long for it. */
export function patternFor(text: string, source: string, flags: string): Pattern | null {
  if (text.length > longestText) return null
  const made = compiled(source, flags)
  return 'pattern' in made ? made.pattern : null
}

/** What is wrong with a pattern that is written out; null where nothing is. */
export function patternProblem(source: string, flags: string): string | null {
  const made = compiled(source, flags)
  return 'problem' in made ? made.problem : null
}

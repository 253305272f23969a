import type { FeelFunction } from '#core/logic/feel/functions.ts'

/** The call in which a place of a text stands. */
export interface FeelCall {
  readonly called: FeelFunction
  /** The arguments as the signature names them, each with its place in it. */
  readonly parameters: readonly (readonly [from: number, to: number])[]
  /** Which of them the place stands in. */
  readonly active: number
}

const opening = '([{'
const closing = ')]}'

/** Where each argument stands in `substring(text, from, length)`. */
function parametersOf(signature: string): (readonly [number, number])[] {
  const open = signature.indexOf('(') + 1
  const inner = signature.slice(open, signature.lastIndexOf(')'))
  if (open === 0 || inner.trim() === '') return []
  let from = open
  return inner.split(',').map((each) => {
    const lead = each.length - each.trimStart().length
    const at = [from + lead, from + each.trimEnd().length] as const
    from += each.length + 1
    return at
  })
}

/** The function whose name ends the text; the longest, for names may end alike. */
const endingWith = (text: string, functions: readonly FeelFunction[]): FeelFunction | undefined => {
  const written = text.trimEnd().replaceAll(/\s+/g, ' ')
  return functions
    .filter(({ name }) => written.endsWith(name) && !/[\w.]$/.test(written.slice(0, -name.length)))
    .toSorted((one, other) => other.name.length - one.name.length)[0]
}

/** The innermost call around a place, with the argument that stands there; null outside of every call. */
export function callAt(
  text: string,
  at: number,
  functions: readonly FeelFunction[],
): FeelCall | null {
  // What lies in quotes and comments opens and closes nothing; an open quote at the end is one too.
  const before = text
    .slice(0, at)
    .replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)|\/\/[^\n]*|\/\*.*?(?:\*\/|$)/gs, (found) =>
      ' '.repeat(found.length),
    )
  let depth = 0
  let commas = 0
  for (let place = before.length - 1; place >= 0; place -= 1) {
    const sign = before[place] as string
    if (closing.includes(sign)) depth += 1
    else if (opening.includes(sign)) {
      depth -= 1
      if (depth >= 0) continue
      const called = sign === '(' ? endingWith(before.slice(0, place), functions) : undefined
      if (called !== undefined) {
        const parameters = parametersOf(called.signature)
        return { called, parameters, active: Math.min(commas, Math.max(0, parameters.length - 1)) }
      }
      // A bracket that calls nothing stands within an argument of what is around it.
      depth = 0
      commas = 0
    } else if (sign === ',' && depth === 0) commas += 1
  }
  return null
}

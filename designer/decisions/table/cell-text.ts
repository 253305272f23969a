import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { parseCell as parseFeelCell, type FeelOptions } from '#core/logic/feel/parse.ts'
import { printCell } from '#core/logic/feel/print-cell.ts'
import { isLiteral, quoted, readBare, readLogic, type Parsed } from './cell-value.ts'

/** Stands for the value that a cell tests. */
const tested = { var: '?' } as const

/** A text in quotes, or one value where it may stand alone: between commas, brackets, signs of comparison and ends of ranges. */
const quotedOrLone =
  /"(?:[^"\\]|\\.)*"|(?<=(?:^|[,([]|\.\.|[<>=!]=?|not\s*\()\s*)([^\s,()[\]<>=!".?](?:[^,()[\]<>=!".?]*[^\s,()[\]<>=!".?])?)(?=\s*(?:$|[,)\]]|\.\.))/gsu

/** Only `not` is called in a plain cell; names within other calls are names. */
const called = /[\p{L}\p{N}_]\s*\(/u

const isPlain = (text: string): boolean =>
  !called.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '""').replaceAll(/\bnot\s*\(/g, '('))

/** The text as FEEL wants it: words and days in quotes, where they stand alone. */
const spelled = (text: string): string =>
  isPlain(text)
    ? text.replace(quotedOrLone, (found, word: string | undefined) =>
        word === undefined ? found : (quoted(word) ?? word),
      )
    : text

/**
 * The condition that a cell's text writes, in FEEL's unary tests: `-`, `> 700`, `[650..700)`, `"SALARIED", "SELF"`,
 * `not("SELF")`, `null`. Words and days need no quotes. Null stands for "any".
 */
export function parseCell(text: string, options: FeelOptions = {}): Parsed {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '-') return { logic: null }
  const value = readBare(trimmed)
  if (value !== undefined) return { logic: { eq: [tested, value] } }
  return readLogic(parseFeelCell(spelled(trimmed), options), 'cellUnreadable')
}

/** Reads as a text where it stands alone, though it is the name of a field. */
const isBareName = (logic: Json): boolean =>
  isObject(logic) &&
  typeof logic['var'] === 'string' &&
  logic['var'] !== '?' &&
  quoted(logic['var']) !== undefined

function holdsBareName(logic: Json): boolean {
  if (isBareName(logic)) return true
  if (Array.isArray(logic)) return (logic as readonly Json[]).some(holdsBareName)
  return isObject(logic) && Object.values(logic as Record<string, Json>).some(holdsBareName)
}

/** How a cell shows its condition; null where the text form cannot say it. */
export function cellText(logic: Logic): string | null {
  if (isLiteral(logic) || logic === null) return printCell(logic)
  const text = holdsBareName(logic) ? null : printCell(logic)
  // A difference from the value itself needs no name for it.
  const isDifference =
    isObject(logic) && Array.isArray(logic['ne']) && !/^\? !=.*\?/s.test(text ?? '')
  return isDifference && text?.startsWith('? != ') === true ? text.slice(2) : text
}

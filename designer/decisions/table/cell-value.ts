import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { sentence } from '#core/messages/catalogue.ts'
import { parseFeel, type FeelOptions, type FeelResult } from '#core/logic/feel/parse.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { t } from './messages.ts'

/** What a cell's text means, or why it means nothing. */
export type Parsed = { readonly logic: Logic } | { readonly problem: string }

const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i
const day = /^\d{4}-\d{2}-\d{2}$/
const word = /^[\p{L}_][\p{L}\p{N}_ /&-]*$/u
const kept = new Set(['true', 'false', 'null'])

/** A word or a day as the text that it is; undefined where it is something else. */
export const quoted = (text: string): string | undefined =>
  day.test(text) || (word.test(text) && !kept.has(text)) ? JSON.stringify(text) : undefined

/** A number, a yes or no, a word, a day or a text in quotes, read without the language; undefined for the rest. */
export function readBare(text: string): Json | undefined {
  if (number.test(text)) return Number(text) + 0
  if (text === 'true' || text === 'false') return text === 'true'
  const written = quoted(text) ?? (/^"[^"\\]*"$/.test(text) ? text : undefined)
  return written?.slice(1, -1)
}

export const isLiteral = (logic: Logic): boolean =>
  typeof logic === 'string' || typeof logic === 'number' || typeof logic === 'boolean'

export function readLogic(result: FeelResult, key: 'cellUnreadable' | 'outputUnreadable'): Parsed {
  if ('logic' in result) return result
  const [{ code, params }] = result.problems
  return { problem: `${sentence(code, params)} ${t(key)}` }
}

/** What an output cell's text gives: a value, or a FEEL expression. Empty and `-` give nothing. */
export function parseOutput(text: string, options: FeelOptions = {}): Parsed {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '-') return { logic: null }
  const value = readBare(trimmed)
  return value === undefined
    ? readLogic(parseFeel(trimmed, options), 'outputUnreadable')
    : { logic: value }
}

/** How a value or expression is written; null where the text would read back as something else. */
export function outputText(logic: Logic): string | null {
  if (logic === null) return '-'
  const text = printFeel(logic)
  return text === null || quoted(text) !== undefined ? null : text
}

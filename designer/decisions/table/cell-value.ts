import type { Logic } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'
import { t } from './messages.ts'
import type { Parsed } from './cell-text.ts'

const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i
const path = /^[a-z_][\w]*(\.[a-z_][\w]*)+$/i
const word = /^[\p{L}_][\p{L}\p{N}_ /&-]*$/u

/** A literal or a field: `700`, `"SELF"`, `SELF`, `true`, `2026-04-01`, `bureau.score`; null where it is neither. */
export function parseValue(text: string): { readonly value: Logic } | null {
  if (number.test(text)) return { value: Number(text) + 0 }
  if (text === 'true' || text === 'false') return { value: text === 'true' }
  if (text.startsWith('"')) {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'string' ? { value } : null
    } catch {
      return null
    }
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { value: text }
  if (path.test(text)) return { value: { var: text } }
  return word.test(text) && text !== 'null' ? { value: text } : null
}

/** How a literal or a field is written; null where it is a longer expression. */
export function valueText(value: Logic): string | null {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!isObject(value) || Object.keys(value).length !== 1) return null
  const field = value['var']
  return typeof field === 'string' && path.test(field) ? field : null
}

/** What an output cell's text gives; empty and `-` give nothing. */
export function parseOutput(text: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '-') return { logic: null }
  const value = parseValue(trimmed)
  return value === null
    ? { problem: t('outputUnreadable', { text: trimmed }) }
    : { logic: value.value }
}

export const outputText = (logic: Logic): string | null => (logic === null ? '-' : valueText(logic))

import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { level, printFeel, texts } from '#core/logic/feel/print.ts'
import { isOperation } from '#core/logic/parse.ts'

/** A cell's condition as its column shows it; null where only the longer form can say it. */
export function printCell(logic: Logic): string | null {
  if (logic === null) return '-'
  if (Array.isArray(logic)) return valueTexts(logic as readonly Json[])
  if (typeof logic !== 'object') return printFeel(logic)
  const [operator, written] = Object.entries(logic as Readonly<Record<string, Json>>)[0] ?? []
  if (operator === undefined || !Array.isArray(written) || !isOperation(logic)) return null
  const args = written as readonly Json[]
  return cellForms[operator]?.(args) ?? mentioned(logic)
}

const isTested = (logic: Json | undefined): boolean =>
  isObject(logic) && Object.keys(logic).length === 1 && logic['var'] === '?'

/** A condition that names the value itself, as a whole. */
function mentioned(logic: Logic): string | null {
  const text = printFeel(logic)
  return text !== null && /(^|[^"\w])\?/.test(text.replaceAll(/"([^"\\]|\\.)*"/g, '""'))
    ? text
    : null
}

const isPlain = (value: Json): boolean => value !== null && typeof value !== 'object'

const valueTexts = (values: readonly Json[]): string | null =>
  values.length < 2 || !values.every(isPlain) ? null : (texts(values)?.join(', ') ?? null)

const simple =
  (sign: string): ((args: readonly Json[]) => string | null) =>
  ([left, right = null]) => {
    const [text] = (isTested(left) ? texts([right], level.sum) : null) ?? []
    return text === undefined || right === null ? null : `${sign}${text}`
  }

const cellForms: Readonly<Record<string, (args: readonly Json[]) => string | null>> = {
  eq: ([left, right = null]) => {
    const text = simple('')([left ?? null, right])
    if (Array.isArray(right)) return null
    // A list would be read as its elements, `?` as a condition of its own.
    return isPlain(right) || !(text ?? '?').includes('?') ? text : null
  },
  lt: simple('< '),
  lte: simple('<= '),
  gt: simple('> '),
  gte: simple('>= '),
  is_missing: ([value]) => (isTested(value) ? 'null' : null),
  is_present: ([value]) => (isTested(value) ? 'not(null)' : null),
  in_list: ([value, list]) =>
    isTested(value) && Array.isArray(list) ? valueTexts(list as readonly Json[]) : null,
  between: ([value, low = null, high = null]) =>
    isTested(value) ? range('[', low, high, ']') : null,
  all_of: ([low, high, ...more]) => {
    const [from, to] = [bound(low, { gte: '[', gt: '(' }), bound(high, { lte: ']', lt: ')' })]
    if (from === null || to === null || more.length > 0) return null
    return from.sign === '[' && to.sign === ']'
      ? null
      : range(from.sign, from.value, to.value, to.sign)
  },
  any_of: (args) => {
    const parts = args.map((each) => (isJoinable(each) ? printCell(each) : null))
    return parts.length < 2 || parts.includes(null) ? null : parts.join(', ')
  },
  not: ([inner = null]) => {
    const text = inner !== null && isObject(inner) ? printCell(inner) : null
    if (text === 'null') return 'not(null)'
    return text === null || text.startsWith('not(') || mentionsWhole(inner) ? null : `not(${text})`
  },
}

/** Written as a condition of its own, which `not(…)` of a cell reads the same. */
const mentionsWhole = (logic: Json): boolean =>
  isObject(logic) &&
  cellForms[Object.keys(logic)[0] ?? '']?.(Object.values(logic)[0] as Json[]) === null

const range = (open: string, low: Json, high: Json, close: string): string | null => {
  const parts = low === null || high === null ? null : texts([low, high], level.sum)
  return parts === null ? null : `${open}${parts.join('..')}${close}`
}

function bound(
  logic: Json | undefined,
  signs: Readonly<Record<string, string>>,
): { readonly sign: string; readonly value: Json } | null {
  if (!isObject(logic)) return null
  const [operator, args] = Object.entries(logic)[0] ?? []
  const sign = signs[operator ?? '']
  const [value, limit = null] = Array.isArray(args) ? (args as readonly Json[]) : []
  return sign === undefined || !isTested(value) || limit === null ? null : { sign, value: limit }
}

/** Whether a part of an "or" reads back as itself: nested ors, lists and plain values would melt into one. */
const isJoinable = (logic: Json): boolean =>
  isObject(logic) && !['any_of', 'in_list', 'not', 'is_present'].some((each) => each in logic)

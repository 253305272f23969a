import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { parseValue, valueText } from './cell-value.ts'
import { t } from './messages.ts'

/** What a cell's text means, or why it means nothing. */
export type Parsed = { readonly logic: Logic } | { readonly problem: string }

/** Stands for the value that a cell tests. */
const tested = { var: '?' } as const
const isTested = (logic: Json | undefined): boolean =>
  isObject(logic) && Object.keys(logic).length === 1 && logic['var'] === '?'

const comparisons = { '>=': 'gte', '<=': 'lte', '!=': 'ne', '>': 'gt', '<': 'lt' } as const
const symbols: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(comparisons).map(([symbol, id]) => [id, symbol]),
)

const problem = (text: string): Parsed => ({ problem: text })
const unreadable = (text: string): Parsed => problem(t('cellUnreadable', { text }))

/** Divides at commas that stand in no quotes and no brackets. */
function parts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\' && quoted) at += 1
    else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '(' || sign === '[')) depth += 1
    else if (!quoted && (sign === ')' || sign === ']')) depth -= 1
    else if (!quoted && depth === 0 && sign === ',') {
      found.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...found, text.slice(from)].map((part) => part.trim())
}

/** `[650..700)`: square brackets take the end in, round ones leave it out. */
function parseRange(text: string): Parsed | null {
  const match = /^([[(])(.+?)\.\.(.+)([\])])$/s.exec(text)
  if (match === null) return null
  const [, open, low = '', high = '', close] = match
  const from = parseValue(low.trim())
  const to = parseValue(high.trim())
  if (from === null || to === null) return unreadable(text)
  if (open === '[' && close === ']') return { logic: { between: [tested, from.value, to.value] } }
  const above = { [open === '[' ? 'gte' : 'gt']: [tested, from.value] }
  const below = { [close === ']' ? 'lte' : 'lt']: [tested, to.value] }
  return { logic: { all_of: [above, below] } }
}

function parseOne(text: string): Parsed {
  if (text === '') return problem(t('cellEmptyPart'))
  if (text === 'null') return { logic: { is_missing: [tested] } }
  if (text === 'not(null)') return { logic: { is_present: [tested] } }
  const negated = /^not\s*\((.*)\)$/s.exec(text)
  if (negated !== null) {
    const inner = parseCell(negated[1] ?? '')
    if ('problem' in inner) return inner
    return inner.logic === null ? problem(t('cellEmptyPart')) : { logic: { not: [inner.logic] } }
  }
  const range = parseRange(text)
  if (range !== null) return range
  const compared = /^(>=|<=|!=|>|<|=)\s*(.+)$/s.exec(text)
  const value = parseValue((compared?.[2] ?? text).trim())
  if (value === null) return unreadable(text)
  const symbol = compared?.[1]
  const id =
    symbol === undefined || symbol === '=' ? 'eq' : comparisons[symbol as keyof typeof comparisons]
  return { logic: { [id]: [tested, value.value] } }
}

const literal = (logic: Logic): Json | undefined => {
  const list = isObject(logic) ? logic['eq'] : undefined
  const value: Json | undefined = Array.isArray(list) ? (list[1] as Json) : undefined
  return typeof value === 'object' ? undefined : value
}

/**
 * The condition that a cell's text writes, in the manner of FEEL's unary tests:
 * `-`, `> 700`, `[650..700)`, `"SALARIED","SELF"`, `not("SELF")`, `null`. Null stands for "any".
 */
export function parseCell(text: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '-') return { logic: null }
  const read = parts(trimmed).map(parseOne)
  const logics: Logic[] = []
  for (const each of read) {
    if ('problem' in each) return each
    logics.push(each.logic)
  }
  const [first = null] = logics
  if (logics.length === 1) return { logic: first }
  const literals = logics.map(literal)
  if (literals.every((value) => value !== undefined))
    return { logic: { in_list: [tested, literals] } }
  return { logic: { any_of: logics } }
}

const argumentsOf = (value: unknown): readonly Json[] | null =>
  Array.isArray(value) ? (value as Json[]) : null

function rangeText(low: Logic, high: Logic): string | null {
  const [below] = isObject(low) ? Object.entries(low) : []
  const [above] = isObject(high) ? Object.entries(high) : []
  if (below === undefined || above === undefined) return null
  const opens = { gte: '[', gt: '(' }[below[0]]
  const closes = { lte: ']', lt: ')' }[above[0]]
  const [lowTested, from] = argumentsOf(below[1]) ?? []
  const [highTested, to] = argumentsOf(above[1]) ?? []
  if (opens === undefined || closes === undefined || !isTested(lowTested) || !isTested(highTested))
    return null
  if (opens === '[' && closes === ']') return null
  const fromText = from === undefined ? null : valueText(from)
  const toText = to === undefined ? null : valueText(to)
  return fromText === null || toText === null ? null : `${opens}${fromText}..${toText}${closes}`
}

const literalText = (value: Json): string | null =>
  typeof value === 'object' ? null : valueText(value)

const joined = (texts: readonly (string | null)[]): string | null =>
  texts.length < 2 || texts.includes(null) ? null : texts.join(', ')

/** How a cell shows its condition; null where the text form cannot say it. */
export function cellText(logic: Logic): string | null {
  if (logic === null) return '-'
  if (Array.isArray(logic)) return joined(logic.map(literalText))
  if (!isObject(logic)) return literalText(logic)
  const [entry, ...more] = Object.entries(logic)
  const args = argumentsOf(entry?.[1])
  if (entry === undefined || more.length > 0 || args === null) return null
  const [id] = entry
  const [first, second, third] = args
  if (id === 'all_of')
    return args.length === 2 && first !== undefined && second !== undefined
      ? rangeText(first, second)
      : null
  if (id === 'any_of')
    return joined(args.map((each) => (isPlainPart(each) ? cellText(each) : null)))
  if (id === 'not') {
    const inner =
      args.length === 1 && first !== undefined && first !== null ? cellText(first) : null
    return inner === null || inner === 'null' ? null : `not(${inner})`
  }
  if (!isTested(first)) return null
  if (id === 'is_missing') return 'null'
  if (id === 'is_present') return 'not(null)'
  if (id === 'in_list')
    return Array.isArray(second) ? joined((second as Json[]).map(literalText)) : null
  if (id === 'between') {
    const from = second === undefined ? null : valueText(second)
    const to = third === undefined ? null : valueText(third)
    return from === null || to === null ? null : `[${from}..${to}]`
  }
  const value = second === undefined || args.length !== 2 ? null : valueText(second)
  if (value === null) return null
  if (id === 'eq') return value
  const symbol = symbols[id]
  return symbol === undefined ? null : `${symbol} ${value}`
}

/** Whether a part of an "or" reads back as itself: nested ors and lists would melt into one. */
const isPlainPart = (logic: Logic): boolean =>
  isObject(logic) && !('any_of' in logic) && !('in_list' in logic)

import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { entriesOf, entryPath, type Entry } from '#core/logic/feel/entries.ts'
import { elementName, pathsOf, resolved, withField, type Frame } from '#core/logic/feel/frames.ts'
import { nameOfOperator } from '#core/logic/feel/functions.ts'
import { longestText } from '#core/logic/feel/limits.ts'
import { readsName } from '#core/logic/feel/sorting.ts'
import { isDuration, isTime, writtenTime } from '#core/logic/feel/time-kind.ts'
import { kindNames } from '#core/logic/operators/kind.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { isOperation, isScoped } from '#core/logic/parse.ts'
import { isPlainDelimiter, wrongPattern } from '#core/logic/patterns-written.ts'
import { renameRoot } from '#core/logic/references.ts'

/** How strongly a text holds together; a looser one needs brackets inside a tighter one. */
export const level = {
  open: 0,
  or: 1,
  and: 2,
  comparison: 3,
  sum: 4,
  product: 5,
  power: 6,
  sign: 7,
  atom: 8,
} as const

interface Text {
  readonly text: string
  readonly level: number
}

/**
 * Authored logic as FEEL text that reads back as the same logic; null where there is no such text, as for JsonLogic's
 * own operators.
 */
export function printFeel(logic: Logic): string | null {
  const text = print(logic)?.text ?? null
  return text === null || text.length > longestText ? null : text
}

const atom = (text: string): Text => ({ text, level: level.atom })

function print(logic: Json): Text | null {
  if (logic === null || typeof logic === 'boolean') return atom(String(logic))
  if (typeof logic === 'number')
    return { text: digits(logic), level: logic < 0 ? level.sign : level.atom }
  if (typeof logic === 'string') return atom(JSON.stringify(logic))
  if (Array.isArray(logic)) {
    const items = texts(logic as readonly Json[])
    return items === null ? null : atom(`[${items.join(', ')}]`)
  }
  if (!isOperation(logic)) return null
  const [operator, written] = Object.entries(logic)[0] as [string, Json]
  if (operator === 'var') return written === '?' ? atom('?') : path(logic)
  if (!isOperator(operator) || !Array.isArray(written)) return null
  const args = written as readonly Json[]
  if (wrongPattern(operator, args) !== null) return null
  if (isScoped(operator)) return scoped(operator, args)
  const { min, max } = operators[operator]
  if (args.length < min || args.length > max) return null
  return (forms[operator] ?? call(operator))(args)
}

/** Numbers without an exponent, which FEEL does not have. */
function digits(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e')
  if (exponent === undefined) return mantissa
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const written = whole + fraction
  const unsigned = point > 0 ? written.padEnd(point, '0') : `0.${'0'.repeat(-point)}${written}`
  return value < 0 ? `-${unsigned}` : unsigned
}

const reserved = new Set(
  'if then else for in return some every satisfies and or between instance of function not true false null item'.split(
    ' ',
  ),
)

/** What gives names around what is printed. */
let frames: readonly Frame[] = []

function within<T>(inner: readonly Frame[], print: () => T): T {
  const outer = frames
  frames = [...outer, ...inner]
  try {
    return print()
  } finally {
    frames = outer
  }
}

const named = (name: string): Frame => ({ kind: 'name', name, path: name })

/** A name that reads back as this path from here. */
function path(logic: Json): Text | null {
  const paths = pathsOf(logic)
  if (paths === null) return null
  const last = paths.at(-1) ?? ''
  const frame = frames.findLast((each) => each.kind === 'name' && each.path === last.split('.')[0])
  const written =
    frame?.kind === 'name' ? [frame.name, ...last.split('.').slice(1)].join('.') : last
  const [root = '', ...rest] = written.split('.')
  if (![root, ...rest].every((name, index) => isName(name, index === 0))) return null
  const read = resolved(frames, root, { field: root, outside: root })
  const whole = rest.reduce((from, name) => withField(pathsOf(from) ?? [], name), read)
  return JSON.stringify(whole) === JSON.stringify(logic) ? atom(written) : null
}

/** Words that the parser takes for one name; the first may be `item`. */
const isName = (name: string, first: boolean): boolean =>
  /^[a-zA-Z_]\w*( [a-zA-Z_]\w*)*$/.test(name) &&
  (first || !name.includes(' ')) &&
  name.split(' ').every((word) => !reserved.has(word) || (first && name === 'item'))

/** Each at least as tight as `least`. */
export function texts(args: readonly Json[], least: number = level.open): string[] | null {
  const found: string[] = []
  for (const arg of args) {
    const each = print(arg)
    if (each === null) return null
    found.push(each.level < least ? `(${each.text})` : each.text)
  }
  return found
}

type Form = (args: readonly Json[]) => Text | null

const call =
  (operator: keyof typeof operators): Form =>
  (args) => {
    const name = nameOfOperator(operator)
    const written = texts(args)
    return name === undefined || written === null ? null : atom(`${name}(${written.join(', ')})`)
  }

/** `a sign b`: the left side may be of the same level, the right one must be tighter. */
const infix =
  (sign: string, own: number): Form =>
  (args) => {
    const [first, ...rest] = args
    const left = texts([first ?? null], own)
    const right = texts(rest, own + 1)
    return left === null || right === null
      ? null
      : { text: [...left, ...right].join(` ${sign} `), level: own }
  }

/** Of two or more; every part must be tighter, because a chain is one call. */
const chain =
  (sign: string, own: number, single?: string): Form =>
  (args) => {
    if (sign === '+' && args.some(isTime)) return null
    if (args.length < 2) {
      const listed = texts(args)
      return single === undefined || listed === null
        ? null
        : atom(`${single}([${listed.join('')}])`)
    }
    const parts = texts(args, own + 1)
    return parts === null ? null : { text: parts.join(` ${sign} `), level: own }
  }

const compare =
  (sign: string): Form =>
  (args) =>
    // `= null` asks whether something is missing, which is another operator; durations compare by their size.
    args.some(isDuration) ||
    ((args[0] === null || args[1] === null) && (sign === '=' || sign === '!='))
      ? null
      : sides(args, (a, b) => `${a} ${sign} ${b}`)

const sides = (args: readonly Json[], join: (...sides: string[]) => string): Text | null => {
  const parts = texts(args, level.sum)
  return parts === null ? null : { text: join(...parts), level: level.comparison }
}

/** A sign where one side is known to be a time, else the function. */
const reckoned =
  (operator: 'plus_time' | 'minus_time', sign: string): Form =>
  (args) =>
    args.some(isTime) ? infix(sign, level.sum)(args) : call(operator)(args)

/** A text alone is read as what it means. */
const timed =
  (operator: 'to_date' | 'to_date_time' | 'to_time' | 'to_duration'): Form =>
  (args) => {
    const [text] = args
    const plain = typeof text !== 'string' || args.length > 1
    return plain || isObject(writtenTime(operator, text)) ? call(operator)(args) : null
  }

const forms: Partial<Record<keyof typeof operators, Form>> = {
  split_text: (args) => {
    const written = texts(args)
    const name = isPlainDelimiter(args[1]) ? 'split' : 'split text'
    return written && atom(`${name}(${written.join(', ')})`)
  },
  split_pattern: (args) => (isPlainDelimiter(args[1]) ? null : call('split_pattern')(args)),
  range_of: (args) => {
    const [low = null, high = null, from, to] = args
    const parts = texts([low, high], level.sum)
    if (typeof from !== 'boolean' || typeof to !== 'boolean') return call('range_of')(args)
    return parts && atom(`${from ? '[' : '('}${parts.join('..')}${to ? ']' : ')'}`)
  },
  all_of: chain('and', level.and, 'all'),
  any_of: chain('or', level.or, 'any'),
  not: (args) => {
    const inner = texts(args)
    return inner === null ? null : atom(`not(${inner.join('')})`)
  },
  eq: compare('='),
  ne: compare('!='),
  lt: compare('<'),
  lte: compare('<='),
  gt: compare('>'),
  gte: compare('>='),
  is_missing: (args) => sides(args, (a) => `${a} = null`),
  is_present: (args) => sides(args, (a) => `${a} != null`),
  between: (args) => sides(args, (a, b, c) => `${a} between ${b} and ${c}`),
  in_list: ([value = null, list = null]) => {
    const parts = texts([list, value])
    return parts === null ? null : atom(`list contains(${parts.join(', ')})`)
  },
  plus: chain('+', level.sum),
  times: chain('*', level.product),
  minus: (args) => (args.some(isTime) ? null : infix('-', level.sum)(args)),
  to_date: timed('to_date'),
  to_date_time: timed('to_date_time'),
  to_time: timed('to_time'),
  to_duration: timed('to_duration'),
  plus_time: reckoned('plus_time', '+'),
  minus_time: reckoned('minus_time', '-'),
  divide: infix('/', level.product),
  power: infix('**', level.power),
  if_then: (args) => {
    const parts = texts(args, level.or)
    if (parts === null) return null
    const [condition = '', yes = '', no = ''] = parts
    return { text: `if ${condition} then ${yes} else ${no}`, level: level.open }
  },
  context: (args) => {
    const entries: Entry[] = []
    for (let i = 0; i + 1 < args.length; i += 2) {
      const key = args[i]
      if (typeof key !== 'string') return null
      entries.push({ key, logic: args[i + 1] ?? null })
    }
    return object(entries)
  },
  is_kind: ([value = null, name = null]) => {
    const parts = texts([value], level.atom)
    return parts === null || typeof name !== 'string' || !kindNames.includes(name)
      ? null
      : { text: `${parts.join('')} instance of ${name}`, level: level.comparison }
  },
  item_of: (args) => {
    const [list = null, place = null] = args
    const parts = texts([list], level.atom)
    // Any other place reads as a condition on the elements.
    return parts === null || typeof place !== 'number'
      ? call('item_of')(args)
      : atom(`${parts.join('')}[${place}]`)
  },
}

/** Each entry may read those before it. */
function object(entries: readonly Entry[]): Text | null {
  const written: string[] = []
  const before: Frame[] = []
  for (const [index, { key, logic }] of entries.entries()) {
    const value = reserved.has(key) ? null : within(before, () => print(logic))
    if (value === null) return null
    written.push(`${JSON.stringify(key)}: ${value.text}`)
    before.push({ kind: 'name', name: key, path: entryPath(key, index) })
  }
  return atom(`{${written.join(', ')}}`)
}

function scoped(operator: string, args: readonly Json[]): Text | null {
  const [list = null, body = null] = args
  const { as: name, do: inner = null } = isObject(body) ? body : {}
  if (typeof name !== 'string' || args.length !== 2) return null
  if (operator === 'with_name') {
    const entries = entriesOf({ [operator]: args })
    return entries && object(entries)
  }
  if (operator === 'items_where') return filter(list, name, inner)
  if (reserved.has(name)) return null
  if (operator === 'sorted_by' || operator === 'sorted_down_by')
    return sort(list, { name, inner, sign: operator === 'sorted_by' ? '<' : '>' })
  const isFor = operator === 'for_each' || operator === 'grown_each' || operator === 'joined_each'
  const around = [...(isFor ? [named('partial')] : []), named(name)]
  const written = within(around, () => print(inner))
  const items = iterated(list, level.sum)
  if (written === null || items === null) return null
  if (isFor && (operator === 'grown_each') !== readsName(inner, 'partial')) return null
  if (operator === 'joined_each') {
    // One list after the other: what follows is an iteration of its own, without its first word.
    const more = isObject(inner) && ('for_each' in inner || 'joined_each' in inner)
    return more
      ? { text: `for ${name} in ${items}, ${written.text.slice('for '.length)}`, level: level.open }
      : null
  }
  const [head, middle] = isFor ? ['for', 'return'] : [operator.slice(0, -3), 'satisfies']
  return {
    text: `${head} ${name} in ${items} ${middle} ${written.text}`,
    level: level.open,
  }
}

/** With `item` before an element's fields, or with their bare names. */
function filter(list: Json, name: string, inner: Json): Text | null {
  const items = iterated(list, level.atom)
  const isBare = name === elementName(frames)
  if (items === null || (!isBare && name !== 'item') || isBare === saysItem(inner)) return null
  const around: readonly Frame[] = isBare ? [{ kind: 'element', path: name }] : [named('item')]
  const written = within(around, () => print(inner))
  const counts = typeof inner === 'number' || (isObject(inner) && 'minus' in inner)
  return written === null || counts ? null : atom(`${items}[${written.text}]`)
}

/** Whether a filter's condition names the element, filters within it apart. */
function saysItem(logic: Json): boolean {
  if (Array.isArray(logic)) return (logic as readonly Json[]).some(saysItem)
  if (!isObject(logic)) return false
  if (pathsOf(logic)?.some((each) => each.split('.')[0] === 'item')) return true
  const [[operator, args] = ['', null]] = Object.entries(logic as Record<string, Json>)
  const parts = Array.isArray(args) ? (args as readonly Json[]) : [args]
  if (operator === 'items_where') return saysItem(parts[0] ?? null)
  return parts.some((part) =>
    isScoped(operator) && isObject(part) && 'as' in part
      ? saysItem((part as Record<string, Json>)['do'] ?? null)
      : saysItem(part),
  )
}

/** `sort(list, function(x, y) x.age < y.age)` */
function sort(
  list: Json,
  { name, inner, sign }: { name: string; inner: Json; sign: string },
): Text | null {
  const other = ['x', 'y', 'z'].find((each) => each !== name && !mentions(inner, each))
  if (other === undefined || !readsName(inner, name)) return null
  const names = [named(name), named(other)]
  const sides = within(names, () => texts([inner, renameRoot(inner, name, other)], level.sum))
  const items = texts([list])
  return sides === null || items === null
    ? null
    : atom(`sort(${items.join('')}, function(${name}, ${other}) ${sides.join(` ${sign} `)})`)
}

/** Whether the name stands anywhere, as a path or as what an iteration calls its element. */
const mentions = (logic: Json, name: string): boolean =>
  new RegExp(`"${name}["\\.]`).test(JSON.stringify(logic))

/** What is gone through: a list, or `1..3`. */
function iterated(list: Json, least: number): string | null {
  const run = isObject(list) ? list['numbers_from'] : undefined
  const numbers = Array.isArray(run) && run.length === 2 && least === level.sum
  if (numbers) return texts(run as readonly Json[], level.atom)?.join('..') ?? null
  return texts([list], least)?.join('') ?? null
}

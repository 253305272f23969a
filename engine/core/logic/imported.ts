import type { Json } from '#core/json.ts'
import {
  joined,
  less,
  lessOrEqual,
  looselyEqual,
  number,
  substring,
  text,
  truthy,
} from '#core/logic/coerce.ts'
import type { Evaluate } from '#core/logic/evaluation.ts'
import { own, read, segments } from '#core/logic/path.ts'
import { ThrownError } from '#core/logic/thrown.ts'

/** JsonLogic's own operators, with its coercions: for rules that come from elsewhere. */
type Call = (args: readonly Json[], data: Json) => Json
/** Decides itself which arguments are evaluated, and on what. */
type Form = (args: readonly Evaluate[]) => Evaluate

/** The value at a dotted path; the fallback where a property is missing, also below null. */
function lookUp(data: Json, name: Json | undefined, fallback: Json = null): Json {
  if (name === undefined || name === null || name === '') return data
  return read(data, segments(text(name))) ?? found(data, text(name), fallback)
}

/** Tells a property that is null from one that is not there. */
function found(data: Json, name: string, fallback: Json): Json {
  const path = segments(name)
  const holder = read(data, path.slice(0, -1))
  return own(holder, path.at(-1) ?? '') === null ? null : fallback
}

function missing(data: Json, keys: readonly Json[]): readonly Json[] {
  return keys.filter((key) => {
    const value = lookUp(data, key)
    return value === null || value === ''
  })
}

const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value)
    ? (value as readonly Json[])
    : value === null || value === undefined
      ? []
      : [value]

const parsed = (value: Json): number => parseFloat(text(value))

export const calls: Readonly<Record<string, Call>> = {
  '!!': ([a]) => truthy(a),
  '!': ([a]) => !truthy(a),
  '%': ([a, b]) => number(a) % number(b),
  '+': (args) => args.reduce<number>((sum, value) => sum + parsed(value), 0),
  '*': (args) =>
    args.length === 0 ? 1 : args.reduce((product, value) => parsed(product) * parsed(value)),
  '-': ([a, b]) => (b === undefined ? -number(a) : number(a) - number(b)),
  '/': ([a, b]) => number(a) / number(b),
  min: (args) => args.reduce<number>((least, value) => Math.min(least, number(value)), Infinity),
  max: (args) => args.reduce<number>((most, value) => Math.max(most, number(value)), -Infinity),
  merge: (args) => args.flatMap((value) => value),
  cat: (args) => joined(args, ''),
  substr: ([source, start, length]) => substring(source, start, length),
  in: ([a, b]) => {
    // json-logic-js finds nothing in an empty text, not even nothing.
    if (typeof b === 'string') return b !== '' && b.includes(text(a))
    return Array.isArray(b) && b.includes(a as Json)
  },
  /** Says nothing: values never reach a log. */
  log: ([a]) => a as Json,
  var: ([name, fallback], data) => lookUp(data, name, fallback),
  /** A value by its keys one after the other; no key is taken apart at its dots. */
  val: (keys, data) => read(data, keys.map(text)) ?? null,
  exists: (keys, data) => read(data, keys.map(text)) !== undefined,
  missing: (args, data) =>
    missing(data, Array.isArray(args[0]) ? (args[0] as readonly Json[]) : args),
  missing_some: ([need, options], data) => {
    const keys = asList(options)
    const absent = missing(data, keys)
    return keys.length - absent.length >= number(need) ? [] : absent
  },
}

const nothing: Evaluate = () => null

type Holds = (a: Json | undefined, b: Json | undefined) => boolean

/** Of the first two; what stands behind them is not evaluated. An argument that is not written is undefined, not null. */
const pair =
  (holds: Holds): Form =>
  ([a, b]) =>
  (data, env) =>
    holds(a?.(data, env), b?.(data, env))

/** Of two, or of three in a row; the third is evaluated only where the first two hold. */
const row =
  (holds: Holds): Form =>
  ([a, b, c]) =>
  (data, env) => {
    const [first, middle] = [a?.(data, env), b?.(data, env)]
    return holds(first, middle) && (c === undefined || holds(middle, c(data, env)))
  }

const choose: Form = (args) => (data, env) => {
  let i = 0
  for (; i + 1 < args.length; i += 2) {
    if (truthy(args[i]?.(data, env))) return args[i + 1]?.(data, env) ?? null
  }
  return i < args.length ? (args[i]?.(data, env) ?? null) : null
}

/** Evaluates up to the first value whose truth is `stop`; gives that one, or the last. */
const until =
  (stop: boolean): Form =>
  (args) =>
  (data, env) => {
    let value: Json = null
    for (const arg of args) {
      value = arg(data, env)
      if (truthy(value) === stop) return value
    }
    return value
  }

const firstPresent: Form = (args) => (data, env) => {
  for (const arg of args) {
    const value = arg(data, env)
    if (value !== null) return value
  }
  return null
}

/** The first argument that does not throw; each after the first starts from what the one before it threw. */
const attempt: Form = (args) => (data, env) => {
  let from = data
  let thrown = new ThrownError(null)
  for (const arg of args) {
    try {
      return arg(from, env)
    } catch (error) {
      if (!(error instanceof ThrownError)) throw error
      thrown = error
      from = error.value
    }
  }
  throw thrown
}

const raise: Form =
  ([value = nothing]) =>
  (data, env) => {
    throw new ThrownError(value(data, env))
  }

/** The list of an iteration and its body for one item. */
const over =
  (run: (items: readonly Json[] | null, body: (item: Json) => Json) => Json): Form =>
  ([list = nothing, body = nothing]) =>
  (data, env) => {
    const items = list(data, env)
    return run(Array.isArray(items) ? (items as readonly Json[]) : null, (item) => body(item, env))
  }

export const forms: Readonly<Record<string, Form>> = {
  '==': pair(looselyEqual),
  '!=': pair((a, b) => !looselyEqual(a, b)),
  '===': pair((a, b) => a === b),
  '!==': pair((a, b) => a !== b),
  '>': pair((a, b) => less(b, a)),
  '>=': pair((a, b) => lessOrEqual(b, a)),
  '<': row(less),
  '<=': row(lessOrEqual),
  if: choose,
  '?:': choose,
  '??': firstPresent,
  and: until(false),
  or: until(true),
  try: attempt,
  throw: raise,
  filter: over((items, body) => items?.filter((item) => truthy(body(item))) ?? []),
  map: over((items, body) => items?.map(body) ?? []),
  all: over((items, body) => !!items?.length && items.every((item) => truthy(body(item)))),
  some: over((items, body) => items?.some((item) => truthy(body(item))) ?? false),
  none: over((items, body) => !items?.some((item) => truthy(body(item)))),
  reduce:
    ([list = nothing, body = nothing, initial = nothing]) =>
    (data, env) => {
      const items = list(data, env)
      const first = initial(data, env)
      if (!Array.isArray(items)) return first
      return (items as readonly Json[]).reduce<Json>(
        (accumulator, current) => body({ current, accumulator }, env),
        first,
      )
    },
}

/** JsonLogic's operators of values whose list one argument may give, and how many of them each needs then. */
const fewest: Readonly<Record<string, number>> = {
  '+': 0,
  '-': 1,
  '*': 0,
  '/': 1,
  '%': 2,
  min: 0,
  max: 0,
  cat: 0,
}
export const isSpreadable = (operator: string): boolean => Object.hasOwn(fewest, operator)

/** The arguments that a list gives, as later dialects have it. @throws ThrownError where they are too few */
export function spreadArguments(operator: string, given: Json): readonly Json[] {
  const values = Array.isArray(given) ? (given as readonly Json[]) : [given]
  if (values.length < (fewest[operator] ?? 0)) throw new ThrownError('Invalid Arguments')
  return operator === '/' && values.length === 1 ? [1, ...values] : values
}

/** Operators that decide which of their arguments are evaluated, and so take none from a list that is worked out. */
export const takesWritten = (operator: string): boolean =>
  Object.hasOwn(forms, operator) && !['try', 'throw', '??'].includes(operator)

export const isImported = (operator: string): boolean =>
  Object.hasOwn(calls, operator) || Object.hasOwn(forms, operator)

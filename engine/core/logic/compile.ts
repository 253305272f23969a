import { isObject, type Json } from '#core/json.ts'
import type { Logic } from '#core/graph/flow.ts'
import { toJson } from '#core/logic/coerce.ts'
import { comparisonWith } from '#core/logic/compile-comparison.ts'
import { comparisonsOf, packComparisons } from '#core/logic/comparisons.ts'
import type { CompiledLogic, Evaluate } from '#core/logic/evaluation.ts'
import { calls, forms, isImported, spreadArguments } from '#core/logic/imported.ts'
import { ThrownError } from '#core/logic/thrown.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import type { OperatorForm } from '#core/logic/operators/operator.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { read, reader } from '#core/logic/path.ts'
import { climbOf, startsAnew, type Tree } from '#core/logic/tree.ts'

/** How a tree gets at its data, and who watches. */
export interface Reading {
  read(path: readonly string[]): Evaluate
  /** Where the data is an array with a place for each path: that place. */
  readonly slotOf?: (path: readonly string[]) => number
  /** What an iteration or an object calls so, where the name is one of theirs. */
  readonly bound?: (name: string) => Evaluate | undefined
  /** The data as one value, for paths that are computed. */
  readonly whole: Evaluate
  /** The data that iterations around this part stand in, the nearest first. */
  readonly above?: readonly Above[]
  /** Within a `try`: an imported operator that gives no number throws. */
  readonly strict?: boolean
  /** Wraps every part, for a trace; nothing is specialised or left out then. */
  readonly observe?: (tree: Tree, evaluate: Evaluate) => Evaluate
}

/** What a path that climbs out of an iteration reads: the data around it, and which element it is. */
interface Above {
  readonly reading: Reading
  data: Json
  /** From 0; null in an arm of a `try`. */
  index: number | null
}

export const plainReading: Reading = { read: reader, whole: (data) => data }

/**
 * JsonLogic as a function of closures; no text is ever evaluated. Total on JSON data for our own operators.
 * @throws LogicError with the place where the logic does not compile
 */
export function compileLogic(logic: Logic): CompiledLogic {
  const tree = parseLogic(logic)
  const evaluate = compileTree(tree, plainReading)
  return usesImported(tree) ? (scope, env) => toJson(evaluate(scope, env)) : evaluate
}

/** Whether an imported operator is in it: only these can yield what JSON has no word for. */
export function usesImported(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.items.some(usesImported)
  if (tree.kind === 'path') return tree.fallback !== null && usesImported(tree.fallback)
  if (tree.kind === 'value') return false
  return isImported(tree.operator) || tree.args.some(usesImported)
}

export function compileTree(tree: Tree, reading: Reading): Evaluate {
  const evaluate = compilePart(tree, reading)
  return reading.observe ? reading.observe(tree, evaluate) : evaluate
}

function compilePart(tree: Tree, reading: Reading): Evaluate {
  switch (tree.kind) {
    case 'value':
      return constant(tree.value)
    case 'path':
      return compilePath(tree, reading)
    case 'list': {
      const items = tree.items.map((item) => compileTree(item, reading))
      if (!reading.observe && tree.items.every(isConstant)) return constant(fold(items))
      return (data, env) => items.map((item) => item(data, env))
    }
    case 'call':
      return compileCall(tree, reading)
  }
}

const constant =
  (value: Json): Evaluate =>
  () =>
    value

const nowhere = { at: NaN }
const fold = (items: readonly Evaluate[]): readonly Json[] =>
  items.map((item) => item(null, nowhere))

const isConstant = (tree: Tree): boolean =>
  tree.kind === 'value' || (tree.kind === 'list' && tree.items.every(isConstant))

function compilePath(tree: Tree & { kind: 'path' }, reading: Reading): Evaluate {
  const { path, fallback } = tree
  if (path.length === 0) return reading.whole
  if (!fallback) return reading.read(path)
  const otherwise = compileTree(fallback, reading)
  const [root = '', ...below] = path
  const bound = reading.bound?.(root)
  const [whole, inner] = bound ? [bound, below] : [reading.whole, path]
  return (data, env) => {
    const value = read(whole(data, env), inner)
    return value === undefined ? otherwise(data, env) : value
  }
}

function compileCall(tree: Tree & { kind: 'call' }, reading: Reading): Evaluate {
  const { operator, args } = tree
  if (tree.binds !== undefined) return compileScoped(tree, tree.binds, reading)
  const climb = climbOf(tree)
  if (climb) return compileClimb(climb, reading)
  const around: Reading = operator === 'try' ? { ...reading, strict: true } : reading
  const above: Above = { reading: around, data: null, index: null }
  const evaluated = args.map((arg, index) => {
    if (!startsAnew(operator, index)) return compileTree(arg, around)
    const body = compileTree(arg, anew(around, above))
    return operator === 'try' ? body : counting(body, above)
  })
  const evaluate = compileArguments(tree, evaluated, reading)
  return args.some((_, index) => startsAnew(operator, index)) ? inside(evaluate, above) : evaluate
}

function compileArguments(
  tree: Tree & { kind: 'call' },
  evaluated: readonly Evaluate[],
  reading: Reading,
): Evaluate {
  const { operator, args, spread } = tree
  if (isOperator(operator)) return compileOperator(operator, args, evaluated, reading)
  const form = forms[operator]
  if (form) return form(evaluated)
  const call = calls[operator] as NonNullable<(typeof calls)[string]>
  const evaluate: Evaluate = (data, env) => {
    const values = evaluated.map((arg) => arg(data, env))
    const given = spread ? spreadArguments(operator, values[0] ?? null) : values
    return call(given, reading.whole(data, env))
  }
  return reading.strict ? throwingOnNaN(evaluate) : evaluate
}

/** The body of an iteration, told which element it is at. */
const counting =
  (body: Evaluate, above: Above): Evaluate =>
  (item, env) => {
    above.index = (above.index ?? -1) + 1
    return body(item, env)
  }

/** With the data around it known to what climbs out of it. */
const inside =
  (evaluate: Evaluate, above: Above): Evaluate =>
  (data, env) => {
    const { data: outer, index } = above
    above.data = data
    above.index = null
    try {
      return evaluate(data, env)
    } finally {
      above.data = outer
      above.index = index
    }
  }

/** An iteration is two scopes: the element, and what is said of it, its `index`. Above all of them there is nothing. */
function compileClimb(
  { up, keys }: { readonly up: number; readonly keys: readonly string[] },
  reading: Reading,
): Evaluate {
  const [first] = keys
  if (up % 2 === 1) {
    const around = reading.above?.[(up - 1) / 2]
    return () => (around && keys.length === 1 && first === 'index' ? around.index : null)
  }
  if (up === 0) return keys.length === 0 ? reading.whole : reading.read(keys)
  const around = reading.above?.[up / 2 - 1]
  if (!around) return () => null
  const follow = keys.length === 0 ? around.reading.whole : around.reading.read(keys)
  return (_, env) => follow(around.data, env)
}

/** Of a part that starts from other data: what watches it stays. */
const anew = ({ strict, observe, above = [] }: Reading, around: Above): Reading => ({
  ...plainReading,
  above: [around, ...above],
  ...(strict && { strict }),
  ...(observe && { observe }),
})

const throwingOnNaN =
  (evaluate: Evaluate): Evaluate =>
  (data, env) => {
    const value = evaluate(data, env)
    if (typeof value === 'number' && !Number.isFinite(value)) throw new ThrownError('NaN')
    return value
  }

/** The body reads the element from a place of its own, and everything else as the whole does. */
function compileScoped(tree: Tree & { kind: 'call' }, name: string, reading: Reading): Evaluate {
  const { form } = operators[tree.operator as keyof typeof operators]
  if (form.kind !== 'scoped') throw new Error(`${tree.operator} binds a name and is not scoped`)
  const [list, body] = tree.args as readonly [Tree, Tree]
  let element: Json = null
  let partial: Json | undefined
  const grows = tree.operator === 'grown_each'
  const bound = (root: string): Evaluate | undefined => {
    if (root === name) return () => element
    return grows && root === 'partial' ? () => partial ?? null : reading.bound?.(root)
  }
  const inside: Reading = {
    bound,
    read: (path) => {
      const [root = '', ...below] = path
      const from = root === name || (grows && root === 'partial') ? bound(root) : undefined
      if (!from) return reading.read(path)
      const follow = reader(below)
      return (data, env) => follow(from(data, env), env)
    },
    whole: (data, env) => {
      const all = reading.whole(data, env)
      const sofar = partial === undefined ? {} : { partial }
      return { ...(isObject(all) ? all : {}), ...sofar, [name]: element }
    },
    ...(reading.above && { above: reading.above }),
    ...(reading.strict && { strict: reading.strict }),
    ...(reading.observe && { observe: reading.observe }),
  }
  const items = compileTree(list, reading)
  const each = compileTree(body, inside)
  const { call } = form
  return (data, env) => {
    const outer = [element, partial] as const
    const result = call(items(data, env), (item, sofar) => {
      element = item
      partial = sofar
      return each(data, env)
    })
    ;[element, partial] = outer
    return result
  }
}

function compileOperator(
  operator: keyof typeof operators,
  args: readonly Tree[],
  evaluated: readonly Evaluate[],
  reading: Reading,
): Evaluate {
  const { form } = operators[operator]
  if (reading.slotOf && !reading.observe && (operator === 'all_of' || operator === 'any_of')) {
    const together = compileComparisons(args, reading.slotOf, operator === 'any_of')
    if (together) return together
  }
  const lazy = lazily[operator]
  if (lazy && !(reading.observe && (operator === 'all_of' || operator === 'any_of'))) {
    return lazy(evaluated)
  }
  if (reading.observe) return compileForm(form, evaluated)
  if (form.kind !== 'clock' && args.every(isConstant)) {
    return constant(compileForm(form, evaluated)(null, nowhere))
  }
  const [left, right] = args
  if (left && right && args.length === 2 && isConstant(right)) {
    const special = comparisonWith(
      operator,
      evaluated[0] as Evaluate,
      fold(evaluated.slice(1))[0] as Json,
    )
    if (special) return special
  }
  return compileForm(form, evaluated)
}

/** Nothing but comparisons with written values: the usual rule, and the usual row of a table. Null where it is more. */
function compileComparisons(
  args: readonly Tree[],
  slotOf: (path: readonly string[]) => number,
  any: boolean,
): Evaluate | null {
  const all = args.flatMap((arg) => comparisonsOf(arg, any))
  const list = all.filter((each) => each !== null)
  if (list.length === 0 || list.length < all.length) return null
  const verdict = packComparisons(list, slotOf, any)
  return (frame) => verdict(frame as readonly Json[], 0, list.length)
}

/** Positional calls, so that the usual operators allocate nothing. */
function compileForm(form: OperatorForm, args: readonly Evaluate[]): Evaluate {
  const [a, b, c] = args as [Evaluate, Evaluate, Evaluate]
  switch (form.kind) {
    case 'unary': {
      const { call } = form
      return (data, env) => call(a(data, env))
    }
    case 'binary': {
      const { call } = form
      return (data, env) => call(a(data, env), b(data, env))
    }
    case 'ternary': {
      const { call } = form
      return (data, env) => call(a(data, env), b(data, env), c(data, env))
    }
    case 'list': {
      const { call } = form
      return (data, env) => call(args.map((arg) => arg(data, env)))
    }
    case 'clock': {
      const { call } = form
      return (_, env) => call(env)
    }
    case 'scoped':
      throw new Error('a scoped operator is compiled with its body')
  }
}

/** The same results as their eager forms, without evaluating what cannot matter. */
const lazily: { readonly [operator: string]: (args: readonly Evaluate[]) => Evaluate } = {
  all_of: (args) => (data, env) => {
    let result: boolean | null = true
    for (const arg of args) {
      const value = arg(data, env)
      if (value === false) return false
      if (value !== true) result = null
    }
    return result
  },
  any_of: (args) => (data, env) => {
    let result: boolean | null = false
    for (const arg of args) {
      const value = arg(data, env)
      if (value === true) return true
      if (value !== false) result = null
    }
    return result
  },
  if_then: (args) => {
    const [condition, yes, no] = args as [Evaluate, Evaluate, Evaluate]
    return (data, env) => (condition(data, env) === true ? yes(data, env) : no(data, env))
  },
  coalesce: (args) => (data, env) => {
    for (const arg of args) {
      const value = arg(data, env)
      if (value !== null && value !== undefined) return value
    }
    return null
  },
}

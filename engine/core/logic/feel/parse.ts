import { parser, trackVariables } from 'lezer-feel'
import type { Logic } from '#core/graph/flow.ts'
import { isForbiddenKey, type Json } from '#core/json.ts'
import { contextOf, entryPath, type Entry } from '#core/logic/feel/entries.ts'
import { elementName, pathsOf, resolved, withField, type Frame } from '#core/logic/feel/frames.ts'
import { operatorNamed, parametersOf } from '#core/logic/feel/functions.ts'
import { longestText } from '#core/logic/feel/limits.ts'
import { ownFunction, type FeelOwnFunction } from '#core/logic/feel/own-function.ts'
import { readsName, sortingBy } from '#core/logic/feel/sorting.ts'
import {
  children,
  definition,
  ends,
  firstError,
  isContent,
  mentionsTested,
  only,
  saysItem,
  unquoted,
  type SyntaxNode,
} from '#core/logic/feel/syntax.ts'
import { isDuration, isTime, writtenTime } from '#core/logic/feel/time-kind.ts'
import { kindNames } from '#core/logic/operators/kind.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import { isPlainDelimiter, wrongPattern } from '#core/logic/patterns-written.ts'
import { timeParts } from '#core/logic/times.ts'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

/** Why a text is no logic; `from` and `to` are offsets in it. */
interface FeelProblem {
  readonly code: MessageCode
  readonly params: MessageParams
  readonly from: number
  readonly to: number
}
export type FeelResult =
  { readonly logic: Logic } | { readonly problems: readonly [FeelProblem, ...FeelProblem[]] }

export interface FeelOptions {
  /** Names that are written otherwise than the paths they stand for: `Monthly Salary` → `monthly_salary`. */
  readonly names?: ReadonlyMap<string, string>
  /** Functions of the text's own document. */
  readonly functions?: ReadonlyMap<string, FeelOwnFunction>
  /** Whether a path is known to hold a list: a field of it is then the list of its elements' fields. */
  readonly isList?: (path: string) => boolean
  /**
   * Whether a filter's bare names are fields of the element first even where it says `item`, as DMN has it.
   * @default false
   */
  readonly elementFirst?: boolean
}

/** Deeper brackets are refused: they cost the parser's time as length does. */
const deepestBrackets = 100
/** Deeper logic is refused; stored logic may nest a little deeper. */
const deepest = 200

const tested: Json = { var: '?' }

/**
 * FEEL text as stored logic. Names are paths; texts, numbers, dates, lists and contexts are values.
 * @see docs/rules.md for what is read and what it means
 */
export const parseFeel = (text: string, options: FeelOptions = {}): FeelResult =>
  convert(text, 'Expression', options, (reader, root) => reader.expression(only(root)))

/**
 * A cell's text: unary tests on the column's value, `?`. `-` and nothing are any value (null); one value is written
 * as a test for equality, several as one for membership.
 */
export function parseCell(text: string, options: FeelOptions = {}): FeelResult {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '-') return { logic: null }
  return convert(text, 'UnaryTests', options, (reader, root) => reader.unaryTests(root))
}

function convert(
  text: string,
  top: 'Expression' | 'UnaryTests',
  options: FeelOptions,
  read: (reader: Reader, root: SyntaxNode) => Logic,
): FeelResult {
  const all = { from: 0, to: text.length }
  if (text.length > longestText)
    return { problems: [{ code: 'FEEL_TOO_LONG', params: { limit: longestText }, ...all }] }
  const deep = tooDeep(text)
  if (deep !== null)
    return { problems: [{ code: 'FEEL_TOO_DEEP', params: { limit: deepestBrackets }, ...deep }] }
  const root = parserFor(top, options).parse(text).topNode
  const broken = firstError(root)
  if (broken !== null) {
    const found = text.slice(broken.from, Math.max(broken.to, broken.from + 1)).trim()
    const code = found === '' ? 'FEEL_ENDS' : 'FEEL_SYNTAX'
    return { problems: [{ code, params: { found }, from: broken.from, to: broken.to }] }
  }
  try {
    return { logic: read(new Reader(text, options), root) }
  } catch (error) {
    if (error instanceof Unreadable) return { problems: [error.problem] }
    throw error
  }
}

/** Where brackets first nest too deep, texts left out. */
function tooDeep(text: string): { from: number; to: number } | null {
  let depth = 0
  for (const { 0: found, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[({\])}]/gs)) {
    if (found.length === 1) depth += '[({'.includes(found) ? 1 : -1
    if (depth > deepestBrackets) return { from: index, to: index + 1 }
  }
  return null
}

const parsers = {
  Expression: parser.configure({ top: 'Expression' }),
  UnaryTests: parser.configure({ top: 'UnaryTests' }),
}

/** Names with signs in them are told to the parser, which takes `Net-Amount` for a difference otherwise. */
function parserFor(top: keyof typeof parsers, { names }: FeelOptions): typeof parser {
  const unusual = [...(names?.keys() ?? [])].filter(
    (name) => !name.startsWith('.') && /[^\p{L}\p{N}_ .]/u.test(name),
  )
  if (unusual.length === 0) return parsers[top]
  const context = Object.fromEntries(unusual.map((name) => [name, 1]))
  return parsers[top].configure({ contextTracker: trackVariables(context) })
}

class Unreadable extends Error {
  readonly problem: FeelProblem
  constructor(code: MessageCode, params: MessageParams, node: { from: number; to: number }) {
    super(code)
    this.problem = { code, params, from: node.from, to: node.to }
  }
}

const comparisons: Readonly<Record<string, string>> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}
const arithmetic: Readonly<Record<string, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divide',
  '**': 'power',
}

/** Turns the syntax tree of one text into logic. */
class Reader {
  readonly #text: string
  readonly #options: FeelOptions
  /** What gives names around the place. */
  #frames: readonly Frame[] = []
  /** Entries around the place that are functions, with how many frames there were then. */
  #functions: ReadonlyMap<string, LocalFunction> = new Map()
  #depth = 0

  constructor(text: string, options: FeelOptions) {
    this.#text = text
    this.#options = options
  }

  expression(node: SyntaxNode): Logic {
    this.#depth += 1
    if (this.#depth > deepest) throw new Unreadable('FEEL_TOO_DEEP', { limit: deepest }, node)
    const read = this.#readers[node.name]
    if (read === undefined)
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(node) }, node)
    const logic = read(node, children(node))
    this.#depth -= 1
    return logic
  }

  readonly #readers: Readonly<
    Record<string, (node: SyntaxNode, parts: readonly SyntaxNode[]) => Logic>
  > = {
    NumericLiteral: (node) => Number(this.#of(node).replaceAll(/\s/g, '')),
    StringLiteral: (node) => unquoted(this.#of(node)),
    BooleanLiteral: (node) => this.#of(node) === 'true',
    null: () => null,
    '?': () => tested,
    ParenthesizedExpression: (_, parts) => this.expression(parts[1] as SyntaxNode),
    VariableName: (node) => this.#variable(node),
    PathExpression: (node, parts) => this.#field(node, parts),
    ArithmeticExpression: (node, parts) => this.#arithmetic(node, parts),
    Conjunction: (node) => this.#condition(node),
    Disjunction: (node) => this.#condition(node),
    Comparison: (node, parts) => this.#comparison(node, parts),
    IfExpression: (_, [, condition, , yes, , no]) => ({
      if_then: [condition, yes, no].map((each) => this.expression(each as SyntaxNode)),
    }),
    List: (_, parts) => parts.filter(isContent).map((each) => this.expression(each)),
    Context: (_, parts) => this.#context(parts),
    FunctionInvocation: (node, parts) => this.#call(node, parts),
    DateTimeLiteral: (node, parts) => this.#date(node, parts),
    FilterExpression: (_, [list, , condition]) =>
      this.#filter(list as SyntaxNode, condition as SyntaxNode),
    QuantifiedExpression: (_, parts) => {
      const [kind, ranges, , body] = parts as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
      return this.#each(kind.name === 'some' ? 'some_of' : 'every_of', children(ranges), body)
    },
    ForExpression: (_, [, ranges, , body]) =>
      this.#each('for_each', children(ranges as SyntaxNode), body as SyntaxNode),
    SimplePositiveUnaryTest: (node, [first]) => {
      if (first?.name !== 'Interval')
        throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(node) }, node)
      const { low, high, opens, closes } = ends(first)
      return { range_of: [this.expression(low), this.expression(high), opens, closes] }
    },
    InstanceOfExpression: (_, [value, , , type]) =>
      this.#instance(value as SyntaxNode, type as SyntaxNode),
  }

  #of = (node: SyntaxNode): string => this.#text.slice(node.from, node.to)

  #brief(node: SyntaxNode): string {
    const text = this.#of(node)
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
  }

  /** A name's words with one blank between them. */
  #name = (node: SyntaxNode): string => this.#of(node).trim().replaceAll(/\s+/g, ' ')

  #variable(node: SyntaxNode): Logic {
    const name = this.#name(node)
    const known = this.#frames.some((frame) => frame.kind === 'name' && frame.name === name)
    const outside = known ? '' : this.#path(this.#options.names?.get(name) ?? name, node)
    const inElement = this.#frames.some(({ kind }) => kind === 'element')
    const field = inElement ? this.#path(this.#fieldName(name), node) : ''
    return resolved(this.#frames, name, { field, outside })
  }

  #path(path: string, node: SyntaxNode): string {
    const fits = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}\p{N}_]+)*$/u.test(path)
    if (!fits || path.split('.').some(isForbiddenKey))
      throw new Unreadable('FEEL_NAME', { name: this.#name(node) }, node)
    return path
  }

  #field(node: SyntaxNode, parts: readonly SyntaxNode[]): Logic {
    const [from, , named] = parts as [SyntaxNode, SyntaxNode, SyntaxNode]
    const name = this.#name(named)
    const base = this.expression(from)
    const paths = pathsOf(base)
    const [path = ''] = paths ?? []
    const isList = paths?.length === 1 && this.#options.isList?.(path) === true
    if (paths === null || isList) {
      if (isForbiddenKey(name)) throw new Unreadable('FEEL_NAME', { name }, named)
      if (isTime(base) && timeParts.includes(name)) return { time_part: [base, name] }
      return { field_of: [base, isList ? this.#fieldName(name) : name] }
    }
    const whole = paths.length === 1 ? this.#options.names?.get(this.#name(node)) : undefined
    return whole === undefined
      ? withField(paths, this.#path(this.#fieldName(name), named))
      : { var: whole }
  }

  #fieldName = (name: string): string => this.#options.names?.get(`.${name}`) ?? name

  #arithmetic(node: SyntaxNode, parts: readonly SyntaxNode[]): Logic {
    if (parts.length === 2) return { minus: [0, this.expression(parts[1] as SyntaxNode)] }
    const [left, sign, right] = parts as [SyntaxNode, SyntaxNode, SyntaxNode]
    const operator = arithmetic[this.#of(sign)]
    if (operator === undefined)
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(node) }, node)
    const [a, b] = [this.expression(left), this.expression(right)]
    if ((operator === 'plus' || operator === 'minus') && (isTime(a) || isTime(b)))
      return { [`${operator}_time`]: [a, b] }
    // `a + b + c` is one sum; brackets keep their own.
    const chained = operator === 'plus' || operator === 'times'
    const first = chained && left.name === 'ArithmeticExpression' ? argumentsOf(a, operator) : null
    return { [operator]: first === null ? [a, b] : [...first, b] }
  }

  /**
   * `and` binds tighter than `or`, and each is one operation of many parts. The parts are put together anew, in the
   * order of the text: the syntax takes `and y` in `x in list and y` for a part of the list.
   */
  #condition(node: SyntaxNode): Logic {
    const groups: Logic[][] = []
    for (const { word, logic } of this.#conditions(node, 'Disjunction')) {
      if (word === 'Disjunction') groups.push([logic])
      else groups.at(-1)?.push(logic)
    }
    return joined(
      'any_of',
      groups.map((group) => joined('all_of', group)),
    )
  }

  /** Each part with the word before it. */
  #conditions(node: SyntaxNode, word: Word): readonly { word: Word; logic: Logic }[] {
    const [left, sign, ...rest] = children(node) as [SyntaxNode, SyntaxNode, ...SyntaxNode[]]
    if (isWord(node.name)) {
      const right = rest[0] as SyntaxNode
      return [...this.#conditions(left, word), ...this.#conditions(right, node.name)]
    }
    if (node.name !== 'Comparison' || sign.name !== 'in')
      return [{ word, logic: this.expression(node) }]
    const [tests] = rest.filter(isContent) as [SyntaxNode]
    const behind: { word: Word; node: SyntaxNode }[] = []
    let list = tests.name === 'PositiveUnaryTest' ? only(tests) : tests
    for (let { name } = list; isWord(name); { name } = list) {
      const [first, , last] = children(list) as [SyntaxNode, SyntaxNode, SyntaxNode]
      behind.unshift({ word: name, node: last })
      list = first
    }
    if (list.name === 'ParenthesizedExpression') {
      // `x in (> 5)`: a single test in brackets.
      const inside = children(list)[1]
      if (inside?.name === 'SimplePositiveUnaryTest') list = inside
    }
    if (list.name === 'Comparison')
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(list) }, list)
    const several = list.name === 'PositiveUnaryTests' ? children(list) : [list]
    return [
      { word, logic: this.#anyOf(several, this.expression(left), true) },
      ...behind.flatMap((each) => this.#conditions(each.node, each.word)),
    ]
  }

  #comparison(node: SyntaxNode, parts: readonly SyntaxNode[]): Logic {
    const [left, sign, ...rest] = parts as [SyntaxNode, SyntaxNode, ...SyntaxNode[]]
    if (sign.name === 'between') {
      const [from, , to] = rest as [SyntaxNode, SyntaxNode, SyntaxNode]
      return { between: [left, from, to].map((each) => this.expression(each)) }
    }
    if (sign.name === 'in') return this.#condition(node)
    const value = this.expression(left)
    const [right] = rest as [SyntaxNode]
    if (left.name === 'null' && /^!?=$/.test(this.#of(sign)))
      return this.#compare(this.#of(sign), this.expression(right), left, node)
    return this.#compare(this.#of(sign), value, right, node)
  }

  /** `x = null` asks whether x is missing. */
  #compare(symbol: string, left: Logic, right: SyntaxNode, node: SyntaxNode): Logic {
    const operator = comparisons[symbol]
    if (operator === undefined)
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(node) }, node)
    if (right.name === 'null' && operator === 'eq') return { is_missing: [left] }
    if (right.name === 'null' && operator === 'ne') return { is_present: [left] }
    const other = this.expression(right)
    // Durations compare by their size, not by their text.
    if (isDuration(left) || isDuration(other))
      return { [operator]: [{ duration_size: [left] }, { duration_size: [other] }] }
    return { [operator]: [left, other] }
  }

  unaryTests(root: SyntaxNode): Logic {
    const parts = children(root)
    const list = parts.find(({ name }) => name === 'PositiveUnaryTests')
    const tests = list === undefined ? [] : children(list)
    if (tests.length === 0) return null
    const logic = this.#anyOf(tests, tested, false)
    if (parts[0]?.name !== 'not') return logic
    // A single null under `not` asks for presence.
    return this.#of(list as SyntaxNode) === 'null' ? { is_present: [tested] } : { not: [logic] }
  }

  /** Several plain values are one list; anything else is tried in turn. */
  #anyOf(tests: readonly SyntaxNode[], value: Logic, contained: boolean): Logic {
    const read = tests.map((test) => this.#test(test, value, contained))
    const [first] = read
    if (read.length === 1 && first !== undefined) return first.logic
    const values = read.map((each) => each.value)
    if (values.every((each) => each !== undefined)) return { in_list: [value, values] }
    return { any_of: read.map(({ logic }) => logic) }
  }

  /** One unary test; `value` where it is a value that is written out. */
  #test(test: SyntaxNode, value: Logic, contained: boolean): { logic: Logic; value?: Json } {
    const inner = test.name === 'PositiveUnaryTest' ? only(test) : test
    if (inner.name === 'SimplePositiveUnaryTest') {
      const [first, second] = children(inner)
      if (first?.name === 'Interval') return { logic: this.#interval(first, value) }
      return {
        logic: this.#compare(this.#of(first as SyntaxNode), value, second as SyntaxNode, inner),
      }
    }
    const logic = this.expression(inner)
    if (inner.name === 'null') return { logic: { is_missing: [value] } }
    if (
      Array.isArray(logic) ||
      (contained && inner.name !== 'StringLiteral' && pathOf(logic) !== null)
    )
      return { logic: { in_list: [value, logic] } }
    if (logic === null || typeof logic !== 'object')
      return { logic: { eq: [value, logic] }, value: logic }
    // A test that names the value itself is a condition, anything else is compared with it.
    return { logic: mentionsTested(inner) ? logic : { eq: [value, logic] } }
  }

  #interval(node: SyntaxNode, value: Logic): Logic {
    const { low, high, opens, closes } = ends(node)
    const [from, to] = [this.expression(low), this.expression(high)]
    if (opens && closes) return { between: [value, from, to] }
    return {
      all_of: [{ [opens ? 'gte' : 'gt']: [value, from] }, { [closes ? 'lte' : 'lt']: [value, to] }],
    }
  }

  /** Entries that a later one reads by its name are given that name around it. */
  #context(parts: readonly SyntaxNode[]): Logic {
    const [outer, functions] = [this.#frames, this.#functions]
    const entries: Entry[] = []
    for (const entry of parts.filter(({ name }) => name === 'ContextEntry')) {
      const [key, value] = children(entry) as [SyntaxNode, SyntaxNode]
      const inner = only(key)
      const name = inner.name === 'StringLiteral' ? unquoted(this.#of(inner)) : this.#name(inner)
      if (isForbiddenKey(name)) throw new Unreadable('FEEL_NAME', { name }, key)
      if (value.name === 'FunctionDefinition') {
        const local = { own: this.#function(value), frames: this.#frames.length }
        this.#functions = new Map([...this.#functions, [name, local]])
        continue
      }
      entries.push({ key: name, logic: this.expression(value) })
      this.#frames = [
        ...this.#frames,
        { kind: 'name', name, path: entryPath(name, entries.length - 1) },
      ]
    }
    this.#frames = outer
    this.#functions = functions
    return contextOf(entries)
  }

  /** A function that an entry holds: it is no value, later entries may call it. */
  #function(node: SyntaxNode): FeelOwnFunction {
    const { parameters, body } = definition(node)
    if (body === undefined)
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(node) }, node)
    const names = parameters.map(this.#parameter)
    return ownFunction(names, this.#inside(names, body))
  }

  #ownFunction(called: string): LocalFunction | undefined {
    const name = this.#options.names?.get(called) ?? called
    const local = this.#functions.get(called) ?? this.#functions.get(name)
    const own = this.#options.functions?.get(called)
    return local ?? (own && { own, frames: 0 })
  }

  /** What the body reads of around it must not be hidden where it is called. */
  #callOwn({ own, frames }: LocalFunction, values: readonly Logic[], node: SyntaxNode): Logic {
    const hidden = this.#frames.slice(frames).some(({ path }) => own.reads.has(path))
    const logic = hidden ? null : own.call(values)
    if (logic === null)
      throw new Unreadable('FEEL_FUNCTION_CALL', { name: this.#brief(node) }, node)
    return logic
  }

  #call(node: SyntaxNode, parts: readonly SyntaxNode[]): Logic {
    const [called, , list] = parts as [SyntaxNode, SyntaxNode, SyntaxNode]
    const name = this.#name(called)
    const local = this.#ownFunction(name)
    const own = local?.own
    const written = own === undefined ? this.#withFunction(name, list) : null
    if (written !== null) return written
    const values =
      list.name === 'NamedParameters'
        ? this.#named(name, list, own?.parameters ?? parametersOf(name))
        : list.name === 'PositionalParameters'
          ? children(list)
              .filter(isContent)
              .map((each) => this.expression(each))
          : []
    if (local !== undefined) return this.#callOwn(local, values, node)
    const count = (expected: number): void => {
      if (values.length !== expected)
        throw new Unreadable('FEEL_ARGUMENTS', { name, expected, given: values.length }, node)
    }
    if (name === 'not') {
      count(1)
      return { not: values }
    }
    if (name === 'is defined') {
      count(1)
      return { is_present: values }
    }
    if (name === 'list contains') {
      count(2)
      return { in_list: [values[1] ?? null, values[0] ?? null] }
    }
    if (name === 'all' || name === 'any') {
      const [conditions] = values
      if (values.length !== 1 || !Array.isArray(conditions))
        throw new Unreadable(
          'FEEL_ARGUMENTS',
          { name, expected: 'a list', given: values.length },
          node,
        )
      return { [name === 'all' ? 'all_of' : 'any_of']: conditions as Json[] }
    }
    const found = operatorNamed(name)
    if (found === undefined) throw new Unreadable('FEEL_FUNCTION', { name }, called)
    const operator = found === 'split_pattern' && isPlainDelimiter(values[1]) ? 'split_text' : found
    const { min, max } = operators[operator]
    if (values.length < min || values.length > max) {
      const expected = min === max ? min : max === Infinity ? `at least ${min}` : `${min} to ${max}`
      throw new Unreadable('FEEL_ARGUMENTS', { name, expected, given: values.length }, node)
    }
    const wrong = wrongPattern(operator, values)
    if (wrong !== null) throw new Unreadable('FEEL_PATTERN', wrong, node)
    return { [operator]: values }
  }

  /** Functions that are given one: `sort(list, function(x, y) x.age < y.age)`, `list replace(list, function(x) …, value)`. */
  #withFunction(name: string, list: SyntaxNode): Logic | null {
    if (list.name !== 'PositionalParameters') return null
    const [first, given, last, ...more] = children(list).filter(isContent)
    if (first === undefined || given?.name !== 'FunctionDefinition') return null
    const { parameters, body } = definition(given)
    const [x, y] = parameters.map(this.#parameter)
    if (x === undefined || body === undefined) return null
    const unsupported = new Unreadable('FEEL_FUNCTION_USE', { name }, given)
    if (name === 'sort' && y !== undefined && last === undefined) {
      const [left, sign, right] = children(body) as [SyntaxNode, SyntaxNode, SyntaxNode]
      const order = sign?.name === 'CompareOp' ? this.#of(sign) : ''
      if (!/^[<>]$/.test(order)) throw unsupported
      const [a, b] = [left, right].map((side) => this.#inside([x, y], side)) as [Logic, Logic]
      const sorting = sortingBy({ a, b, x, y })
      if (sorting === null) throw unsupported
      const rising = (order === '<') !== sorting.turned
      return {
        [rising ? 'sorted_by' : 'sorted_down_by']: [
          this.expression(first),
          { as: x, do: sorting.key },
        ],
      }
    }
    if (name !== 'list replace' || last === undefined || more.length > 0) throw unsupported
    const value = this.expression(last)
    const met = this.#inside(y === undefined ? [x] : [x, y], body)
    if (y !== undefined && readsName(met, y)) throw unsupported
    const each = { if_then: [met, value, { var: x }] }
    if (readsName(value, x)) throw unsupported
    return { for_each: [this.expression(first), { as: x, do: each }] }
  }

  #parameter = (node: SyntaxNode): string => {
    const name = this.#name(node)
    if (!/^[a-zA-Z_]\w*$/.test(name) || isForbiddenKey(name))
      throw new Unreadable('FEEL_NAME', { name }, node)
    return name
  }

  /** Arguments in the order of the function's parameters; one that is left out before another is null. */
  #named(name: string, list: SyntaxNode, parameters: readonly string[] | null): Logic[] {
    if (parameters === null) throw new Unreadable('FEEL_FUNCTION', { name }, list)
    const values: Logic[] = []
    for (const each of children(list).filter(isContent)) {
      const [named, value] = children(each) as [SyntaxNode, SyntaxNode]
      const parameter = this.#name(named)
      const written: number = parameters.indexOf(parameter)
      const place: number =
        written < 0 ? parameters.indexOf(this.#options.names?.get(parameter) ?? '') : written
      if (place < 0 || values[place] !== undefined)
        throw new Unreadable(
          'FEEL_PARAMETER',
          { name, parameter, parameters: parameters.join(', ') },
          named,
        )
      values[place] = this.expression(value)
    }
    return Array.from(values, (value) => value ?? null)
  }

  /** A day or a time that is written out is its text; a duration stays one. */
  #date(node: SyntaxNode, parts: readonly SyntaxNode[]): Logic {
    const [first, , list] = parts as [SyntaxNode, SyntaxNode, SyntaxNode | undefined]
    const at = first.name === 'AtLiteral'
    if (!at && list?.name === 'NamedParameters') return this.#namedDate(this.#name(first), list)
    const args = at ? [only(first)] : list ? children(list).filter(isContent) : []
    const [value] = args
    const literal =
      args.length === 1 && value?.name === 'StringLiteral' ? unquoted(this.#of(value)) : undefined
    const name = at ? kindOfTime(literal ?? '') : this.#name(first)
    const operator = operatorNamed(name)
    if (operator === undefined) throw new Unreadable('FEEL_FUNCTION', { name }, node)
    const { min, max } = operators[operator]
    if (args.length < min || args.length > max)
      throw new Unreadable(
        'FEEL_ARGUMENTS',
        { name, expected: `${min} to ${max}`, given: args.length },
        node,
      )
    if (literal === undefined) return { [operator]: args.map((each) => this.expression(each)) }
    const logic = writtenTime(operator, literal)
    if (logic === null) throw new Unreadable('FEEL_DAY', { text: literal }, value ?? node)
    return logic
  }

  #namedDate(name: string, list: SyntaxNode): Logic {
    const values = this.#named(name, list, parametersOf(name))
    const operator = operatorNamed(name) as OperatorId
    const [text] = values
    if (values.length !== 1 || typeof text !== 'string') return { [operator]: values }
    const logic = writtenTime(operator, text)
    if (logic === null) throw new Unreadable('FEEL_DAY', { text }, list)
    return logic
  }

  /** A number counts from the start or the end; a condition sees each element as `item`. */
  #filter(list: SyntaxNode, condition: SyntaxNode): Logic {
    const from = this.expression(list)
    const counted =
      condition.name === 'NumericLiteral' ||
      (condition.name === 'ArithmeticExpression' && children(condition).length === 2)
    if (counted) return { item_of: [from, this.expression(condition)] }
    // Where it says `item`, bare names are those of outside.
    if (!this.#options.elementFirst && saysItem(condition, this.#text))
      return { items_where: [from, { as: 'item', do: this.#inside(['item'], condition) }] }
    const path = elementName(this.#frames)
    const outer = this.#frames
    this.#frames = [...outer, { kind: 'element', path }, { kind: 'name', name: 'item', path }]
    const met = this.expression(condition)
    this.#frames = outer
    return { items_where: [from, { as: path, do: met }] }
  }

  #instance(value: SyntaxNode, type: SyntaxNode): Logic {
    const name = this.#name(type)
    if (!kindNames.includes(name))
      throw new Unreadable('FEEL_KIND', { name, kinds: kindNames.join(', ') }, type)
    return { is_kind: [this.expression(value), name] }
  }

  #each(operator: string, ranges: readonly SyntaxNode[], body: SyntaxNode): Logic {
    const [range, ...more] = ranges.filter(({ name }) => name === 'InExpression')
    if (range === undefined) return this.expression(body)
    const [named, , source] = children(range) as [SyntaxNode, SyntaxNode, SyntaxNode]
    const over = source.name === 'IterationContext' ? children(source) : [source]
    const [list, dots, end] = over
    if (list === undefined || (dots !== undefined && dots.name !== '..'))
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(range) }, range)
    const name = this.#parameter(named)
    const items =
      end === undefined
        ? this.expression(list)
        : { numbers_from: [this.expression(list), this.expression(end)] }
    const several = operator === 'for_each' && more.some((each) => each.name === 'InExpression')
    const outer = this.#frames
    const partial: Frame = { kind: 'name', name: 'partial', path: 'partial' }
    this.#frames = [
      ...outer,
      ...(operator === 'for_each' ? [partial] : []),
      { kind: 'name', name, path: name },
    ]
    const inner = this.#each(operator, more, body)
    this.#frames = outer
    const grows = operator === 'for_each' && readsName(inner, 'partial')
    if (grows && several)
      throw new Unreadable('FEEL_UNSUPPORTED', { text: this.#brief(range) }, range)
    const each = several ? 'joined_each' : grows ? 'grown_each' : operator
    return { [each]: [items, { as: name, do: inner }] }
  }

  #inside(names: readonly string[], body: SyntaxNode): Logic {
    const outer = this.#frames
    this.#frames = [...outer, ...names.map((name): Frame => ({ kind: 'name', name, path: name }))]
    const logic = this.expression(body)
    this.#frames = outer
    return logic
  }
}

interface LocalFunction {
  readonly own: FeelOwnFunction
  readonly frames: number
}

type Word = 'Conjunction' | 'Disjunction'
const isWord = (name: string): name is Word => name === 'Conjunction' || name === 'Disjunction'

const joined = (operator: string, parts: readonly Logic[]): Logic =>
  parts.length === 1 ? (parts[0] as Logic) : { [operator]: parts }

/** Which of them a text after `@` writes. */
const kindOfTime = (text: string): string => {
  if (/^-?P/.test(text)) return 'duration'
  if (!text.includes('-') || text.indexOf(':') === 2) return 'time'
  return text.includes('T') ? 'date and time' : 'date'
}

/** The path that a variable reads; null where it is something else. */
function pathOf(logic: Logic): string | null {
  if (logic === null || typeof logic !== 'object' || Array.isArray(logic)) return null
  const { var: path } = logic as { readonly var?: Json }
  return typeof path === 'string' ? path : null
}

function argumentsOf(logic: Logic, operator: string): readonly Json[] | null {
  if (logic === null || typeof logic !== 'object' || Array.isArray(logic)) return null
  const args = (logic as Readonly<Record<string, Json>>)[operator]
  return Array.isArray(args) ? (args as readonly Json[]) : null
}

import { isForbiddenKey, isObject, type Json, type JsonObject } from '#core/json.ts'
import { isImported, isSpreadable, takesWritten } from '#core/logic/imported.ts'
import { LogicError, type LogicProblem } from '#core/logic/logic-error.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { wrongPattern } from '#core/logic/patterns-written.ts'
import { segments } from '#core/logic/path.ts'
import type { Tree } from '#core/logic/tree.ts'

/** Deeper logic is refused: evaluating recurses as deep as the logic nests. */
const maxDepth = 250
/** Larger logic is refused; the count is of values, operations and arguments. */
const maxSize = 100_000

/** An operation is an object with exactly one key; any other object is a value. */
export const isOperation = (logic: Json): logic is { readonly [operator: string]: Json } =>
  isObject(logic) && Object.keys(logic).length === 1

const escape = (key: string) =>
  /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key

/** @throws LogicError LOGIC_UNKNOWN_OPERATOR, LOGIC_ARGUMENTS, LOGIC_FORBIDDEN_NAME, LOGIC_TOO_DEEP, LOGIC_TOO_LARGE */
export function parseLogic(logic: Json): Tree {
  const { tree, problems } = parse(logic)
  if (problems[0]) throw new LogicError(problems[0])
  return tree
}

/** Everything that keeps the logic from compiling; empty where it compiles. */
export const checkLogic = (logic: Json): readonly LogicProblem[] => parse(logic).problems

interface Parsed {
  readonly tree: Tree
  readonly problems: readonly LogicProblem[]
}
const known = new WeakMap<object, Parsed>()

/** Documents are never changed in place: what was parsed before is known, whatever was edited around it. */
function parse(logic: Json): Parsed {
  if (typeof logic !== 'object' || logic === null) return parsed(logic)
  const found = known.get(logic) ?? parsed(logic)
  known.set(logic, found)
  return found
}

function parsed(logic: Json): Parsed {
  const problems: LogicProblem[] = []
  const report = (
    code: LogicProblem['code'],
    place: string,
    params: LogicProblem['params'] = {},
  ): Tree => {
    problems.push({ code, params, place })
    return { kind: 'value', value: null, place }
  }
  let size = 0

  const visit = (part: Json, place: string, depth: number): Tree => {
    if (depth > maxDepth) return report('LOGIC_TOO_DEEP', place, { limit: maxDepth })
    size += 1
    if (size === maxSize + 1) return report('LOGIC_TOO_LARGE', place, { limit: maxSize })
    if (size > maxSize) return { kind: 'value', value: null, place }
    if (Array.isArray(part)) {
      return {
        kind: 'list',
        items: part.map((item: Json, i) => visit(item, `${place}/${i}`, depth + 1)),
        place,
      }
    }
    if (!isOperation(part)) return { kind: 'value', value: part, place }
    const operator = Object.keys(part)[0] as string
    const written = part[operator] as Json
    if (isScoped(operator)) return visitScoped(operator, written, place, depth)
    if (operator === 'preserve') return { kind: 'value', value: written, place }
    const at = `${place}/${escape(operator)}`
    const args = Array.isArray(written)
      ? written.map((item: Json, i) => visit(item, `${at}/${i}`, depth + 1))
      : [visit(written, at, depth + 1)]
    if (operator === 'var') return visitPath(args, place)
    if (operator === 'val') {
      const path = keysOf(args)
      if (path) return { kind: 'path', path, fallback: null, place }
    }
    const wrong = checkCall(operator, args)
    if (wrong) return report(wrong.code, place, wrong.params)
    const workedOut = isOperation(written) && isOfLaterDialect(written)
    if (workedOut && takesWritten(operator)) {
      const params = { operator, expected: 'written', given: 'a list that is worked out' }
      return report('LOGIC_ARGUMENTS', place, params)
    }
    const spread = workedOut && isSpreadable(operator)
    return { kind: 'call', operator, args, place, ...(spread && { spread }) }
  }

  /** `[list, { as, do }]`: the body is logic over an element, which it knows by the name `as`. */
  const visitScoped = (operator: string, written: Json, place: string, depth: number): Tree => {
    const at = `${place}/${escape(operator)}`
    const args = Array.isArray(written) ? (written as readonly Json[]) : [written]
    const [list = null, body = null] = args
    if (args.length !== 2 || !isBody(body)) {
      const params = { operator, expected: 'a list and { as, do }', given: args.length }
      return report('LOGIC_ARGUMENTS', place, params)
    }
    if (isForbiddenKey(body.as)) return report('LOGIC_FORBIDDEN_NAME', place, { name: body.as })
    const parsed = [visit(list, `${at}/0`, depth + 1), visit(body.do, `${at}/1/do`, depth + 1)]
    return { kind: 'call', operator, args: parsed, binds: body.as, place }
  }

  return { tree: visit(logic, '', 0), problems }
}

/** Whether the operator's second argument is logic over each element of its first. */
export const isScoped = (operator: string): boolean =>
  isOperator(operator) && operators[operator].form.kind === 'scoped'

/** The second argument of a scoped operator. */
const isBody = (value: Json): value is { readonly as: string; readonly do: Json } =>
  isObject(value) &&
  Object.keys(value).length === 2 &&
  typeof value['as'] === 'string' &&
  /^[a-zA-Z_]\w*$/.test(value['as']) &&
  Object.hasOwn(value, 'do')

/** A path that is written out is known now; one that is computed stays a call. */
function visitPath(args: readonly Tree[], place: string): Tree {
  const [name, fallback = null] = args
  if (name === undefined) return { kind: 'path', path: [], fallback: null, place }
  if (name.kind !== 'value' || (typeof name.value === 'object' && name.value !== null))
    return { kind: 'call', operator: 'var', args, place }
  return {
    kind: 'path',
    path: segments(name.value === null ? '' : String(name.value)),
    fallback,
    place,
  }
}

const laterOperators: ReadonlySet<string> = new Set([
  'val',
  'exists',
  'preserve',
  '??',
  'try',
  'throw',
])

const later = new WeakMap<object, boolean>()

/**
 * Whether it has an operator that json-logic-js lacks. In later dialects one argument that is worked out gives the
 * list of them; where json-logic-js knows what is written, it has its meaning there.
 */
function isOfLaterDialect(logic: Json, depth = 0): boolean {
  // What nests deeper is refused anyway.
  if (typeof logic !== 'object' || logic === null || depth > maxDepth) return false
  const known = later.get(logic)
  if (known !== undefined) return known
  const [operator = ''] = isOperation(logic) ? Object.keys(logic) : []
  const found =
    laterOperators.has(operator) ||
    Object.values(logic as JsonObject).some((part) => isOfLaterDialect(part, depth + 1))
  later.set(logic, found)
  return found
}

/** The keys of a `val` that are written out; one that begins with a list climbs, and stays a call. */
function keysOf(args: readonly Tree[]): readonly string[] | null {
  const keys = args.map((arg) => (arg.kind === 'value' ? arg.value : undefined))
  return keys.every((key) => typeof key === 'string' || typeof key === 'number')
    ? keys.map(String)
    : null
}

function checkCall(
  operator: string,
  args: readonly Tree[],
): Pick<LogicProblem, 'code' | 'params'> | null {
  const given = args.length
  if (!isOperator(operator)) {
    if (!isImported(operator)) return { code: 'LOGIC_UNKNOWN_OPERATOR', params: { operator } }
    const climbs = args[0]?.kind === 'list' && (operator === 'val' || operator === 'exists')
    if (climbs && !(operator === 'val' && isClimb(args)))
      return {
        code: 'LOGIC_ARGUMENTS',
        params: { operator, expected: 'names as', given: 'a list' },
      }
    return null
  }
  const { min, max } = operators[operator]
  // `{ "today": [] }` and `{ "today": null }` are both written for "no argument".
  const count = max === 0 && given === 1 && isNull(args[0]) ? 0 : given
  if (count < min || count > max) {
    const expected =
      max === Infinity ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`
    return { code: 'LOGIC_ARGUMENTS', params: { operator, expected, given } }
  }
  const wrong = wrongPattern(
    operator,
    args.map((arg) => (arg.kind === 'value' ? arg.value : null)),
  )
  if (wrong !== null) return { code: 'LOGIC_PATTERN', params: wrong }
  if (operator === 'context') {
    if (given % 2)
      return { code: 'LOGIC_ARGUMENTS', params: { operator, expected: 'pairs', given } }
    for (let i = 0; i < given; i += 2) {
      const name = args[i]
      if (name?.kind !== 'value' || typeof name.value !== 'string' || isForbiddenKey(name.value)) {
        const shown = name?.kind === 'value' ? JSON.stringify(name.value) : '…'
        return { code: 'LOGIC_FORBIDDEN_NAME', params: { name: shown } }
      }
    }
  }
  return null
}

/** `[[2], "a", "b"]`: levels, then keys that are written out. */
const isClimb = ([levels, ...keys]: readonly Tree[]): boolean =>
  levels?.kind === 'list' &&
  levels.items.length === 1 &&
  levels.items[0]?.kind === 'value' &&
  Number.isInteger(levels.items[0].value) &&
  keysOf(keys) !== null

const isNull = (tree: Tree | undefined): boolean => tree?.kind === 'value' && tree.value === null

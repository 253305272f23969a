import { report } from '#core/decision/report.ts'
import { inferLogic, schemaOfType, scopeInside } from '#core/decision/typing/infer.ts'
import { schemaOfValue, valueTypeOf } from '#core/decision/typing/value-type.ts'
import { logicOf } from '#core/decision/validate-references.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, plainText, type Json, type JsonSchema } from '#core/json.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

const words: Readonly<Record<ValueType, string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'yes or no',
  date: 'a date',
  list: 'a list',
  any: 'anything',
}

/**
 * Where a part compares or computes with a value of another type than it needs, so that the answer is never known; and
 * values that the schema does not list. `scope` is the schema of all that it can read.
 */
export function typeFindings(part: DecisionPart, path: string, scope: JsonSchema): Finding[] {
  const read = reader(scope)
  const wrongType = (place: string, wanted: ValueType, tree: Tree, given: JsonSchema): Finding[] =>
    fits(wanted, given)
      ? []
      : [
          report('TYPE_CLASH', place, {
            severity: 'warning',
            params: {
              part: part.name,
              what: shown(tree),
              given: words[valueTypeOf(given)],
              wanted: words[wanted],
            },
          }),
        ]
  const within = (tree: Tree, place: string, scoped: JsonSchema): Finding[] => {
    if (tree.kind !== 'call') return sameScope(tree).flatMap((each) => within(each, place, scoped))
    const { operator, args, binds } = tree
    const inner = args.flatMap((arg, index) =>
      binds !== undefined && index === 1
        ? within(arg, place, scopeInside(tree, scoped))
        : sameScope(tree).includes(arg)
          ? within(arg, place, scoped)
          : [],
    )
    if (inner.length > 0 || !isOperator(operator)) return inner
    const at = place + tree.place
    const given = args.map((arg, index) =>
      binds !== undefined && index === 1 ? {} : inferLogic(arg, scoped),
    )
    if (compared.has(operator)) return comparison(tree, at, given)
    if (operator === 'in_list') return membership(tree, at, given)
    if (lenient.has(operator)) return []
    const { arguments: wanted, max } = operators[operator]
    return args.flatMap((arg, index) => {
      const type = wanted[Math.min(index, wanted.length - 1)]?.type ?? 'any'
      // A list may also be written as its elements.
      if (type === 'list' && max === Infinity) return []
      return wrongType(at, type, arg, given[index] as JsonSchema)
    })
  }
  const comparison = (tree: Tree & { kind: 'call' }, at: string, given: readonly JsonSchema[]) => {
    const [first, ...others] = tree.args
    const [one = {}, ...rest] = given
    return others.flatMap((other, index) => {
      const each = rest[index] ?? {}
      if (valueTypeOf(each) === 'any') return []
      const wrong =
        first === undefined ? [] : wrongType(at, comparedAs(valueTypeOf(each)), first, one)
      return wrong.length > 0 || !equality.has(tree.operator)
        ? wrong
        : [
            ...unlisted(at, { tree: other, value: each, of: one }),
            ...(first === undefined ? [] : unlisted(at, { tree: first, value: one, of: each })),
          ]
    })
  }
  const membership = (tree: Tree & { kind: 'call' }, at: string, given: readonly JsonSchema[]) => {
    const [one = {}, list] = given
    const items = tree.args[1]
    const single =
      items?.kind === 'list'
        ? items.items
        : items?.kind === 'value' && Array.isArray(items.value)
          ? (items.value as Json[]).map((value): Tree => ({ kind: 'value', value, place: '' }))
          : null
    if (single === null) return items === undefined ? [] : wrongType(at, 'list', items, list ?? {})
    const plain = single.flatMap((item) =>
      item.kind === 'value' ? [{ tree: item, value: schemaOfValue(item.value) }] : [],
    )
    const wanted = comparedAs(valueTypeOf(one))
    const wrong = plain.map(({ tree: item, value }) => wrongType(at, wanted, item, value))
    // One that fits is enough for an answer.
    if (wrong.length === single.length && wrong.every(({ length }) => length > 0))
      return wrong.slice(0, 1).flat()
    return plain.flatMap((item, index) =>
      wrong[index]?.length === 0 ? unlisted(at, { ...item, of: one }) : [],
    )
  }
  /** A constant that the other side can never be. */
  const unlisted = (
    at: string,
    { tree, value, of }: { tree: Tree; value: JsonSchema; of: JsonSchema },
  ): Finding[] => {
    const { enum: listed } = of
    if (tree.kind !== 'value' || tree.value === null || !Array.isArray(listed)) return []
    const [only] = Array.isArray(value['enum']) ? (value['enum'] as Json[]) : []
    const known = (listed as Json[]).filter((each) => each !== null)
    if (only === undefined || only === null || known.length === 0 || known.includes(only)) return []
    return [
      report('VALUE_NOT_LISTED', at, {
        severity: 'warning',
        params: {
          part: part.name,
          value: plainText(only),
          values: known.slice(0, 8).map(plainText).join(', ') + (known.length > 8 ? ', …' : ''),
        },
      }),
    ]
  }
  const scopes = new Map<JsonSchema, JsonSchema>()
  const scopeTesting = (tested: JsonSchema): JsonSchema => {
    const found = scopes.get(tested) ?? bound(scope, '?', { items: tested })
    scopes.set(tested, found)
    return found
  }
  const marks = new Map<Use, number>()
  const reading = JSON.stringify(scope)
  const markOf = (use: Use): number => {
    const known = marks.get(use) ?? markFor(`${JSON.stringify(use)} ${reading}`)
    marks.set(use, known)
    return known
  }
  /** Of a cell in which nothing clashed nothing does while what it reads and what it is for stay the same. */
  const check = (logic: Logic, place: string, use: Use): Finding[] => {
    if (typeof logic !== 'object' || logic === null) return checked(logic, place, use)
    const mark = markOf(use)
    if (sound.get(logic) === mark) return []
    const found = checked(logic, place, use)
    if (found.length === 0) sound.set(logic, mark)
    return found
  }
  const checked = (logic: Logic, place: string, use: Use): Finding[] => {
    const tree = read.tree(logic)
    if (tree === null) return []
    const scoped = use.tested === undefined ? scope : scopeTesting(use.tested)
    const asked = use.tested === undefined ? tree : asTest(tree)
    const found = within(asked, place, scoped)
    if (
      found.length > 0 ||
      use.wanted === undefined ||
      (tree.kind === 'value' && tree.value === null)
    )
      return found
    return wrongType(place, use.wanted, asked, inferLogic(asked, scoped))
  }
  return [
    ...columnClashes(part, path, { read, wrongType }),
    ...usesOf(part, path, read).flatMap(([logic, place, use]) => check(logic, place, use)),
  ]
}

/** By logic for what use, and reading what, nothing clashed in it. */
const sound = new WeakMap<object, number>()
const marked = new Map<string, number>()
let lastMark = 0
/** A number for a use; never the same for another. */
function markFor(use: string): number {
  const known = marked.get(use)
  if (known !== undefined) return known
  // Forgotten uses get new numbers.
  if (marked.size > 2000) marked.clear()
  lastMark += 1
  marked.set(use, lastMark)
  return lastMark
}

const compared: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between'])
/** Dates are texts, and are compared as such. */
const comparedAs = (type: ValueType): ValueType => (type === 'date' ? 'text' : type)

/** They take values of several types. */
const lenient: ReadonlySet<string> = new Set(['plus', 'concat'])
const equality: ReadonlySet<string> = new Set(['eq', 'ne'])

/** What a piece of logic is for: a cell that tests a value, or a place that wants a type. */
interface Use {
  readonly tested?: JsonSchema
  readonly wanted?: ValueType
}

interface Reader {
  readonly tree: (logic: Logic) => Tree | null
  readonly type: (logic: Logic) => JsonSchema
}
const reader = (scope: JsonSchema): Reader => {
  const tree = (logic: Logic): Tree | null => {
    try {
      return parseLogic(logic)
    } catch (error) {
      if (error instanceof LogicError) return null
      throw error
    }
  }
  const type = (logic: Logic): JsonSchema => {
    const found = tree(logic)
    return found === null ? {} : inferLogic(found, scope)
  }
  return { tree, type }
}

const anyUse: Use = {}
const isTrivial = (logic: Logic): boolean => logic === null

function usesOf(part: DecisionPart, path: string, { type }: Reader): [Logic, string, Use][] {
  const condition: Use = { wanted: 'boolean' }
  if (part.kind === 'table') {
    const tested = part.inputs.map((column) => {
      const found = type(column.expression)
      return { tested: valueTypeOf(found) === 'any' ? schemaOfType(column.type) : found }
    })
    const given = part.outputs.map((column): Use => ({ wanted: wantedBy(column.type) }))
    return [
      ...part.inputs.map(({ expression }, c): [Logic, string, Use] => [
        expression,
        `${path}/inputs/${c}/expression`,
        {},
      ]),
      ...part.rows.flatMap((row, r): [Logic, string, Use][] => [
        ...row.when.flatMap((cell, c): [Logic, string, Use][] =>
          isTrivial(cell) ? [] : [[cell, `${path}/rows/${r}/when/${c}`, tested[c] ?? anyUse]],
        ),
        ...row.then.flatMap((cell, c): [Logic, string, Use][] =>
          isTrivial(cell) ? [] : [[cell, `${path}/rows/${r}/then/${c}`, given[c] ?? anyUse]],
        ),
      ]),
    ]
  }
  if (part.kind === 'scorecard')
    return part.characteristics.flatMap(({ expression, bins }, c): [Logic, string, Use][] => [
      [expression, `${path}/characteristics/${c}/expression`, {}],
      ...bins
        .map(({ when }, b): [Logic, string, Use] => [
          when,
          `${path}/characteristics/${c}/bins/${b}/when`,
          { tested: type(expression) },
        ])
        .filter(([when]) => !isTrivial(when)),
    ])
  return logicOf(part, path).map(([logic, place]) => [
    logic,
    place,
    place.endsWith('/when') ? condition : place.endsWith('/by') ? { wanted: 'number' } : {},
  ])
}

const wantedBy = (type: string | undefined): ValueType => valueTypeOf(schemaOfType(type ?? 'any'))

/** A column's expression gives another type than the column is said to be of. */
function columnClashes(
  part: DecisionPart,
  path: string,
  {
    read,
    wrongType,
  }: {
    read: Reader
    wrongType: (place: string, wanted: ValueType, tree: Tree, given: JsonSchema) => Finding[]
  },
): Finding[] {
  if (part.kind !== 'table') return []
  return part.inputs.flatMap((column, c) => {
    const tree = read.tree(column.expression)
    const place = `${path}/inputs/${c}/expression`
    return tree === null
      ? []
      : wrongType(place, wantedBy(column.type), tree, read.type(column.expression))
  })
}

/** A value or a list in a cell asks for equality. */
function asTest(cell: Tree): Tree {
  const tested: Tree = { kind: 'path', path: ['?'], fallback: null, place: '' }
  if (cell.kind === 'value')
    return { kind: 'call', operator: 'eq', args: [tested, cell], place: '' }
  if (cell.kind === 'list')
    return { kind: 'call', operator: 'in_list', args: [tested, cell], place: '' }
  return cell
}

/** The scope with one more name, for an element of a list. */
function bound(scope: JsonSchema, name: string, { items }: JsonSchema): JsonSchema {
  const properties = isObject(scope['properties']) ? (scope['properties'] as JsonSchema) : {}
  return {
    ...scope,
    properties: { ...properties, [name]: isObject(items) ? items : {} } as JsonSchema,
  }
}

/** Dates are written as texts; a text that stands there must be a day to be taken for one. */
function fits(wanted: ValueType, given: JsonSchema): boolean {
  const type = valueTypeOf(given)
  if (wanted === 'any' || type === 'any' || wanted === type) return true
  if (wanted === 'text') return type === 'date'
  if (wanted !== 'date' || type !== 'text') return false
  const { enum: listed } = given
  return (
    !Array.isArray(listed) ||
    (listed as Json[]).some(
      (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value),
    )
  )
}

function shown(tree: Tree): string {
  if (tree.kind === 'value') return JSON.stringify(tree.value)
  if (tree.kind === 'path') return tree.path[0] === '?' ? 'the tested value' : tree.path.join('.')
  if (tree.kind === 'list') return 'the list'
  return isOperator(tree.operator) ? `“${operators[tree.operator].title}”` : tree.operator
}

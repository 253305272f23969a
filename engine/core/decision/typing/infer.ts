import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { eitherOf, listOf, schemaOfValue, valueTypeOf } from '#core/decision/typing/value-type.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'
import { isElementName, type Tree } from '#core/logic/tree.ts'

const schemas: Readonly<Record<ValueType, JsonSchema>> = {
  number: { type: 'number' },
  text: { type: 'string' },
  boolean: { type: 'boolean' },
  // Also of a time and of a duration, which are texts.
  date: { type: 'string' },
  list: { type: 'array' },
  any: {},
}
const day: JsonSchema = { type: 'string', format: 'date' }

/** What a column says that it is. */
export const schemaOfType = (type: string): JsonSchema =>
  type === 'date'
    ? day
    : type === 'number' || type === 'boolean' || type === 'string'
      ? { type }
      : {}

/**
 * A schema that every value of the logic fits, null apart, where the data fits `scope`; empty where nothing is known.
 * What comes from JsonLogic's own operators is not followed, as these turn one type into another.
 */
export function inferLogic(tree: Tree, scope: JsonSchema): JsonSchema {
  if (tree.kind === 'value') return schemaOfValue(tree.value)
  if (tree.kind === 'list') return listOf(tree.items.map((item) => inferLogic(item, scope)))
  if (tree.kind === 'path') return ofPath(tree, scope)
  if (!isOperator(tree.operator)) return {}
  if (tree.binds !== undefined) return ofBody(tree, scope)
  const args = () => tree.args.map((arg) => inferLogic(arg, scope))
  if (tree.operator === 'field_of') return ofField(tree, args)
  if (Object.hasOwn(special, tree.operator))
    return (special[tree.operator] as (args: JsonSchema[]) => JsonSchema)(args())
  return schemas[operators[tree.operator].result]
}

function ofPath({ path, fallback }: Tree & { kind: 'path' }, scope: JsonSchema): JsonSchema {
  const found = schemaAtPath(scope, path)
  if (!fallback) return found
  const [root = ''] = fallback.kind === 'path' && !fallback.fallback ? fallback.path : [null]
  const { properties } = scope
  // A bare name in a filter that nothing else has is a field of the element.
  const isOwn = isElementName(path[0] ?? '') && root !== null && isObject(properties)
  return isOwn && !Object.hasOwn(properties, root)
    ? found
    : eitherOf(found, inferLogic(fallback, scope))
}

/** The scope with one more name, for an element of a list or for a value. */
export function scopeInside(tree: Tree & { kind: 'call' }, scope: JsonSchema): JsonSchema {
  const [first] = tree.args
  const given = first ? inferLogic(first, scope) : {}
  const bound = tree.operator === 'with_name' ? given : itemsOf(given)
  const properties = isObject(scope['properties']) ? (scope['properties'] as JsonSchema) : {}
  return { ...scope, properties: { ...properties, [tree.binds ?? '']: bound } }
}

function ofBody(tree: Tree & { kind: 'call' }, scope: JsonSchema): JsonSchema {
  const [list, body] = tree.args
  const [given, inner] = [list, body].map((each, index) =>
    each ? inferLogic(each, index === 0 ? scope : scopeInside(tree, scope)) : {},
  ) as [JsonSchema, JsonSchema]
  switch (tree.operator) {
    case 'with_name':
      return inner
    case 'for_each':
    case 'grown_each':
      return listOf([inner])
    // A number counts to one element.
    case 'items_where':
      return valueTypeOf(inner) === 'boolean' ? sameList(given) : {}
    case 'sorted_by':
    case 'sorted_down_by':
      return sameList(given)
    default:
      return schemas[operators[tree.operator as keyof typeof operators].result]
  }
}

/** A field that is written out, of an object or of each in a list. */
function ofField(tree: Tree & { kind: 'call' }, args: () => JsonSchema[]): JsonSchema {
  const [, name] = tree.args
  const [from = {}] = args()
  if (name?.kind !== 'value' || typeof name.value !== 'string') return {}
  return valueTypeOf(from) === 'list'
    ? listOf([schemaAtPath(itemsOf(from), [name.value])])
    : schemaAtPath(from, [name.value])
}

const sameList = (given: JsonSchema): JsonSchema =>
  given['type'] === 'array' ? given : schemas.list

/** Operators whose result hangs on their arguments. */
const special: Readonly<Record<string, (args: JsonSchema[]) => JsonSchema>> = {
  if_then: ([, yes, no]) => eitherOf(yes ?? {}, no ?? {}),
  coalesce: (args) => args.reduce(eitherOf),
  today: () => day,
  // Texts are put together, or ordered, as numbers are.
  plus: (args) => textsOrNumbers(args),
  min_of: (args) => textsOrNumbers(args),
  max_of: (args) => textsOrNumbers(args),
  item_of: ([list]) => itemsOf(list ?? {}),
  sorted: ([list]) => sameList(list ?? {}),
  reversed: ([list]) => sameList(list ?? {}),
  distinct_of: ([list]) => sameList(list ?? {}),
  part_of_list: ([list]) => sameList(list ?? {}),
  removed: ([list]) => sameList(list ?? {}),
}

function textsOrNumbers(args: readonly JsonSchema[]): JsonSchema {
  const types = new Set(args.map((arg) => valueTypeOf(itemsOf(arg, arg))))
  if (types.has('number')) return schemas.number
  return types.has('text') || types.has('date') ? schemas.text : {}
}

const itemsOf = ({ type, items }: JsonSchema, otherwise: JsonSchema = {}): JsonSchema =>
  type === 'array' ? (isObject(items) ? (items as JsonSchema) : {}) : otherwise

import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { eitherOf, listOf, schemaOfValue, valueTypeOf } from '#core/decision/typing/value-type.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'
import type { Tree } from '#core/logic/tree.ts'

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
  if (tree.kind === 'path') {
    const found = schemaAtPath(scope, tree.path)
    return tree.fallback ? eitherOf(found, inferLogic(tree.fallback, scope)) : found
  }
  if (!isOperator(tree.operator)) return {}
  const args = () => tree.args.map((arg) => inferLogic(arg, scope))
  if (Object.hasOwn(special, tree.operator))
    return (special[tree.operator] as (args: JsonSchema[]) => JsonSchema)(args())
  return schemas[operators[tree.operator].result]
}

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
}

function textsOrNumbers(args: readonly JsonSchema[]): JsonSchema {
  const types = new Set(args.map((arg) => valueTypeOf(itemsOf(arg, arg))))
  if (types.has('number')) return schemas.number
  return types.has('text') || types.has('date') ? schemas.text : {}
}

const itemsOf = ({ type, items }: JsonSchema, otherwise: JsonSchema = {}): JsonSchema =>
  type === 'array' ? (isObject(items) ? (items as JsonSchema) : {}) : otherwise

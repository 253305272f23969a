import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { typesOf } from '#core/decision/typing/types-of.ts'
import { valueTypeOf } from '#core/decision/typing/value-type.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import { fieldOf } from '#core/decision/table.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'
import type { ScopeField } from '../inspector/condition-builder/scope-field.ts'

const field = (path: string, title: string, type: ValueType): ScopeField => ({
  path,
  title,
  type,
  certain: false,
})

const typeOf = (type: string): ValueType =>
  type === 'number' || type === 'boolean' || type === 'date'
    ? type
    : type === 'string'
      ? 'text'
      : 'any'

type Fields = {
  readonly [K in DecisionPart['kind']]: (part: Extract<DecisionPart, { kind: K }>) => ScopeField[]
}

const fieldsOf: Fields = {
  expression: ({ id, name }) => [field(id, name, 'any')],
  scorecard: ({ id, name, characteristics }) => [
    field(`${id}.score`, `${name}: score`, 'number'),
    ...characteristics.map((each) =>
      field(`${id}.points.${each.id}`, `${name}: points for ${each.name || each.id}`, 'number'),
    ),
  ],
  switch: ({ id, name }) => [field(id, name, 'text')],
  decision: ({ id, name }) => [field(`${id}.outcome`, `${name}: outcome`, 'text')],
  output: ({ id, name, fields }) =>
    fields.map((each) => field(`${id}.${each.name}`, `${name}: ${each.name}`, 'any')),
  rules: ({ id, name, rules }) => {
    const set = rules.flatMap((rule) =>
      rule.then.flatMap((action) =>
        action.do === 'set' && action.field !== '' ? [action.field] : [],
      ),
    )
    return [
      field(`${id}.outcome`, `${name}: outcome`, 'text'),
      ...[...new Set(set)].map((each) => field(`${id}.${each}`, `${name}: ${each}`, 'any')),
    ]
  },
  table: ({ id, name, outputs }) =>
    outputs.map((column) =>
      field(
        `${id}.${fieldOf(column)}`,
        `${name}: ${column.name || fieldOf(column)}`,
        typeOf(column.type),
      ),
    ),
}

/** What the parts before the part `id` give, for its conditions to read, with the types that are inferred for it. */
export function partFields(decision: Decision, id: string): ScopeField[] {
  const { parts } = decision
  const at = parts.findIndex((part) => part.id === id)
  const types = typesOf(decision)
  return parts
    .slice(0, at < 0 ? parts.length : at)
    .flatMap((part) =>
      // The kind selects the reader of that kind; the compiler cannot see that the two belong together.
      (fieldsOf[part.kind] as (part: DecisionPart) => ScopeField[])(part),
    )
    .map((each) => {
      const schema = schemaAtPath(types, each.path.split('.'))
      const { enum: listed } = schema
      const type = valueTypeOf(schema)
      return {
        ...each,
        ...(type === 'any' ? {} : { type, schema }),
        ...(Array.isArray(listed) ? { options: listed as Json[] } : {}),
      }
    })
}

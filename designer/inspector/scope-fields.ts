import type { Flow } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { scopeAt } from '#core/graph/scope.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { fieldsOfSchema, type ScopeField } from './condition-builder/scope-field.ts'

const alternatives = (schema: JsonSchema): JsonSchema[] => {
  const list = schema['anyOf']
  return Array.isArray(list)
    ? (list as readonly unknown[]).filter(isObject).map((each) => each as JsonSchema)
    : [schema]
}

/** A field that only some of the alternatives have may be missing. */
function merged(name: string, schema: JsonSchema, certain: boolean): ScopeField[] {
  const lists = alternatives(schema).map((each) => fieldsOfSchema(each, name, { certain }))
  const byPath = new Map<string, ScopeField>()
  for (const field of lists.flat()) {
    const everywhere = lists.every((list) => list.some((each) => each.path === field.path))
    const before = byPath.get(field.path)
    byPath.set(field.path, {
      ...(before ?? field),
      certain: field.certain && everywhere && before?.certain !== false,
    })
  }
  return [...byPath.values()]
}

/** What expressions of a node can read, with types, certain or possible. */
export const scopeFields = (
  flow: Flow,
  node: string,
  descriptor: Lookup['descriptor'],
): ScopeField[] =>
  scopeAt(flow, node, { descriptor, decision: () => undefined }).flatMap(
    ({ name, title, schema, certain }) =>
      merged(name, schema, certain).map((field) =>
        field.path === name ? { ...field, title } : field,
      ),
  )

import type { Flow, FlowNode, Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { renameRoot } from '#core/logic/references.ts'

/**
 * The flow with a node's id changed everywhere: edges, layout, groups, tests, and every expression through its
 * syntax tree, never by text. `configSchema` tells where a node's config holds logic.
 */
export function renameNode(
  flow: Flow,
  { from, to }: { readonly from: string; readonly to: string },
  configSchema: (type: string) => JsonSchema | undefined,
): Flow {
  const name = (id: string): string => (id === from ? to : id)
  const rewrite = (logic: Logic): Logic => renameRoot(logic, from, to)
  const node = (each: FlowNode): FlowNode => ({
    ...each,
    id: name(each.id),
    ...(each.parent === undefined ? {} : { parent: name(each.parent) }),
    ...(each.undo === undefined ? {} : { undo: name(each.undo) }),
    inputs: mapValues(each.inputs, rewrite),
    config: rewriteConfig(configSchema(each.type), each.config, rewrite) as FlowNode['config'],
  })
  return {
    ...flow,
    nodes: flow.nodes.map(node),
    edges: flow.edges.map((edge) => ({
      ...edge,
      source: name(edge.source),
      target: name(edge.target),
    })),
    groups: flow.groups.map((group) => ({ ...group, nodes: group.nodes.map(name) })),
    layout: mapKeys(flow.layout, name),
    tests: flow.tests.map((test) => ({ ...test, mocks: mapKeys(test.mocks, name) })),
  }
}

/** The config with its logic, marked `x-logic` in the schema, rewritten. */
function rewriteConfig(schema: unknown, value: Json, rewrite: (logic: Logic) => Logic): Json {
  if (!isObject(schema)) return value
  if (schema['x-logic'] === true) return rewrite(value)
  const { items, properties, additionalProperties } = schema
  if (Array.isArray(value))
    return (value as Json[]).map((item) => rewriteConfig(items, item, rewrite))
  if (!isObject(value)) return value
  const known = isObject(properties) ? properties : {}
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      rewriteConfig(
        Object.hasOwn(known, key) ? known[key] : additionalProperties,
        member as Json,
        rewrite,
      ),
    ]),
  )
}

const mapValues = <T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
const mapKeys = <T>(
  record: Record<string, T>,
  change: (key: string) => string,
): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [change(key), value]))

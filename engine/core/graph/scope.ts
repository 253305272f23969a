import { analyse, type Analysis } from '#core/graph/analysis.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { isObject, type JsonSchema } from '#core/json.ts'

/** A name that expressions of a node may use. */
export interface ScopeVariable {
  readonly name: string
  readonly title: string
  readonly schema: JsonSchema
  /** False where some path to the node does not bring it: it may be missing. */
  readonly certain: boolean
  /** The ports by which it may have been left; empty for `input` and `run`. */
  readonly ports: readonly string[]
}

export const runSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    flow: { type: 'string' },
    version: { type: 'string' },
    caseKey: { type: ['string', 'null'] },
    startedAt: { type: 'number', description: 'ms since the epoch' },
  },
  required: ['id', 'flow', 'version', 'caseKey', 'startedAt'],
  additionalProperties: false,
}

/** What is in scope where a node's expressions are evaluated, with types. */
export const scopeAt = (flow: Flow, nodeId: string, lookup: Lookup): ScopeVariable[] =>
  scopeIn(analyse(flow, lookup), nodeId)

function scopeIn(analysis: Analysis, nodeId: string): ScopeVariable[] {
  const { flow } = analysis
  return [
    { name: 'input', title: 'Input', schema: flow.input, certain: true, ports: [] },
    { name: 'run', title: 'Run', schema: runSchema, certain: true, ports: [] },
    ...flow.nodes.flatMap((node) => variableIn(analysis, nodeId, node) ?? []),
  ]
}

/** The value of one node as another sees it; undefined where it cannot be in scope. */
export function variableIn(
  { flow, topology, ports, dataFlow }: Analysis,
  at: string,
  source: FlowNode,
): ScopeVariable | undefined {
  const possible = dataFlow.possible(at, source.id)
  if (possible.length === 0) return undefined
  const schemas =
    topology.kind(source.id) === 'start'
      ? [flow.input]
      : ports(source.id)
          .filter((port) => possible.includes(port.id))
          .map((port) => filled(port.schema, source))
  const [only] = distinct(schemas)
  return {
    name: source.id,
    title: source.name || source.id,
    schema:
      schemas.length === 0
        ? {}
        : distinct(schemas).length === 1
          ? (only ?? {})
          : { anyOf: distinct(schemas) },
    certain: dataFlow.certain(at, source.id),
    ports: possible,
  }
}

const distinct = (schemas: readonly JsonSchema[]): JsonSchema[] => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values(),
]

/** A value that has one field for each input, as of a mapping, marked `x-inputs` by its type. */
function filled(schema: JsonSchema, node: FlowNode): JsonSchema {
  if (schema['x-inputs'] !== true) return schema
  const names = Object.keys(node.inputs)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, {}])),
    required: names,
    additionalProperties: false,
  }
}

/** Whether a value of the schema can have something at the path; true where the schema does not say. */
export function hasPath(schema: JsonSchema, path: readonly string[]): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(alternatives))
    return (alternatives as JsonSchema[]).some((option) => hasPath(option, path))
  if (schema['$ref'] !== undefined || schema['allOf'] !== undefined) return true
  const { type, properties, additionalProperties, items } = schema
  if (type === 'array') return isObject(items) ? hasPath(items as JsonSchema, rest) : true
  if (type !== undefined && type !== 'object' && !Array.isArray(type)) return false
  if (isObject(properties) && Object.hasOwn(properties, key)) {
    const inner = properties[key]
    return isObject(inner) ? hasPath(inner as JsonSchema, rest) : true
  }
  return additionalProperties !== false
}

import { analyse, type Analysis } from '#core/graph/analysis.ts'
import { eachConfig, onlyPort } from '#core/graph/control.ts'
import type { Flow, FlowNode, Logic } from '#core/graph/flow.ts'
import { logicFields } from '#core/graph/logic-fields.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { errorPort } from '#core/graph/ports.ts'
import { schemaAt, unionOf } from '#core/graph/schema-paths.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

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

const runSchema: JsonSchema = {
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
  const given = (name: string, title: string): ScopeVariable[] => {
    const schema = givenSchema(analysis, nodeId, name)
    return schema ? [{ name, title, schema, certain: true, ports: [] }] : []
  }
  return [
    ...given('item', 'Item'),
    ...given('index', 'Index'),
    ...given('input', 'Input'),
    ...given('run', 'Run'),
    ...flow.nodes.flatMap((node) =>
      node.id === nodeId && readsItself(analysis, node)
        ? ownValue(analysis, node)
        : (variableIn(analysis, nodeId, node) ?? []),
    ),
  ]
}

/** Whether the config has logic that reads what the node would leave with now. */
const readsItself = ({ descriptor }: Analysis, node: FlowNode): boolean =>
  logicFields(descriptor(node)?.config ?? {}, node.config).some(({ own }) => own)

/** What a node would leave with now, for logic of its own that reads it. */
export const ownValue = (analysis: Analysis, node: FlowNode): ScopeVariable => {
  const ports = analysis
    .ports(node.id)
    .filter(({ id, optional }) => !optional && id === onlyPort)
    .map(({ schema }) => filled(analysis, node, schema))
  const schema = unionOf(ports)
  return { name: node.id, title: node.name || node.id, schema, certain: true, ports: [onlyPort] }
}

/** The schema of a name that no node bears; undefined where it is not in scope. */
export function givenSchema(analysis: Analysis, at: string, name: string): JsonSchema | undefined {
  if (name === 'input') return analysis.flow.input
  if (name === 'run') return runSchema
  const each = eachAround(analysis, at)
  if (each === undefined) return undefined
  if (name === 'item') return itemSchema(analysis, each)
  return name === 'index' ? { type: 'integer', minimum: 0 } : undefined
}

/** The innermost list around a node: inside of a lock the item is that of the list around it. */
const eachAround = ({ bodies, topology }: Analysis, at: string): string | undefined =>
  bodies
    .around(at)
    .flatMap((id) => bodies.ownerOf(id) ?? [])
    .find((id) => topology.kind(id) === 'each')

/** The value of one node as another sees it; undefined where it cannot be in scope. */
export function variableIn(
  analysis: Analysis,
  at: string,
  source: FlowNode,
): ScopeVariable | undefined {
  const { flow, topology, ports } = analysis
  const { certain, ports: possible } = reaching(analysis, at, source)
  if (possible.length === 0) return undefined
  const schema =
    topology.kind(source.id) === 'start'
      ? flow.input
      : unionOf(
          ports(source.id)
            .filter((port) => possible.includes(port.id))
            .map((port) => filled(analysis, source, port.schema)),
        )
  return { name: source.id, title: source.name || source.id, schema, certain, ports: possible }
}

/** By which ports a node's value comes to another one. */
function reaching(
  { undoers, dataFlow, topology }: Analysis,
  at: string,
  source: FlowNode,
): Pick<ScopeVariable, 'certain' | 'ports'> {
  const undone = undoers.get(at)
  if (!undone)
    return { certain: dataFlow.certain(at, source.id), ports: dataFlow.possible(at, source.id) }
  // What undoes is run with the value that the undone node left with, at any time after that.
  if (undone.includes(source))
    return {
      certain: undone.length === 1,
      ports: topology
        .out(source.id)
        .map(({ sourcePort }) => sourcePort)
        .filter((port) => port !== errorPort),
    }
  const ports = new Set(undone.flatMap((node) => dataFlow.possible(node.id, source.id)))
  const certain = undone.every((node) => dataFlow.certain(node.id, source.id))
  return { certain, ports: [...ports] }
}

/** A port's schema with what only this node's drawing tells, marked by its type. */
function filled(analysis: Analysis, node: FlowNode, schema: JsonSchema): JsonSchema {
  if (schema['x-inputs'] === true)
    return once(analysis, `inputs ${node.id}`, () =>
      objectOf(
        Object.entries(node.inputs).map(([name, logic]) => [
          name,
          logicSchema(analysis, node.id, logic),
        ]),
      ),
    )
  if (schema['x-results'] === true) {
    const result = once(analysis, `results ${node.id}`, () => bodySchema(analysis, node))
    return withProperty(schema, 'results', { type: 'array', items: result })
  }
  if (schema['x-body-output'] === true)
    return once(analysis, `body ${node.id}`, () => outputSchema(analysis, node.id))
  const named = schema['x-flow-output']
  if (typeof named === 'string')
    return once(analysis, `output ${node.id}`, () => calledSchema(analysis, node.config[named]))
  return schema
}

const withProperty = (schema: JsonSchema, name: string, value: JsonSchema): JsonSchema => ({
  ...schema,
  properties: { ...(schema['properties'] as JsonSchema | undefined), [name]: value },
})

const objectOf = (properties: readonly (readonly [string, JsonSchema])[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(properties),
  required: properties.map(([name]) => name),
  additionalProperties: false,
})

/** A chain of nodes longer than this is not followed to its beginning. */
const deepest = 40

/** Worked out once; what asks for itself meanwhile may be anything. */
function once({ schemas }: Analysis, key: string, work: () => JsonSchema): JsonSchema {
  const known = schemas.known.get(key)
  if (known) return known
  if (schemas.sought.has(key) || schemas.sought.size >= deepest) return {}
  schemas.sought.add(key)
  const schema = work()
  schemas.sought.delete(key)
  schemas.known.set(key, schema)
  return schema
}

/** What one entry of the each's list is. */
const itemSchema = (analysis: Analysis, each: string): JsonSchema =>
  once(analysis, `item ${each}`, () => {
    const items = analysis.topology.nodes.get(each)?.inputs['items']
    const list = logicSchema(analysis, each, items)
    return list['type'] === 'array' && isObject(list['items']) ? (list['items'] as JsonSchema) : {}
  })

/** What an each's body ends with, for one item. */
function bodySchema(analysis: Analysis, each: FlowNode): JsonSchema {
  const schema = outputSchema(analysis, each.id)
  const { onFailure, enough } = eachConfig.safeParse(each.config).data ?? {}
  const complete = (onFailure ?? 'stop') === 'stop' && enough === undefined
  return complete || Object.keys(schema).length === 0 ? schema : unionOf([schema, { type: 'null' }])
}

function calledSchema(analysis: Analysis, id: Json | undefined): JsonSchema {
  const { lookup } = analysis
  if (id === analysis.flow.id) return outputSchema(analysis, null)
  const called = typeof id === 'string' ? lookup.flow?.(id) : undefined
  if (!called) return {}
  // Flows that call each other in a circle find nothing the second time.
  const others = {
    ...lookup,
    flow: (other: string) => (other === id ? undefined : lookup.flow?.(other)),
  }
  return outputSchema(analyse(called, others), null)
}

/** What the Ends of a flow or a body give where they do not fail. */
const outputSchema = (analysis: Analysis, owner: string | null): JsonSchema =>
  unionOf(
    analysis.flow.nodes
      .filter(
        (node) =>
          analysis.topology.kind(node.id) === 'end' &&
          analysis.bodies.ownerOf(node.id) === owner &&
          node.config['status'] !== 'failed',
      )
      .map((node) => logicSchema(analysis, node.id, node.inputs['output'])),
  )

/** What logic evaluates to, as far as it can be told: of values, of paths, of objects made of them. */
export function logicSchema(analysis: Analysis, at: string, logic: Logic | undefined): JsonSchema {
  if (logic === undefined || checkLogic(logic).length > 0) return {}
  return treeSchema(analysis, at, parseLogic(logic))
}

function treeSchema(analysis: Analysis, at: string, tree: Tree): JsonSchema {
  if (tree.kind === 'value') return valueSchema(tree.value)
  if (tree.kind === 'list') {
    const items = unionOf(tree.items.map((item) => treeSchema(analysis, at, item)))
    return { type: 'array', items }
  }
  if (tree.kind === 'path') {
    const [root, ...rest] = tree.path
    if (root === undefined || tree.fallback) return {}
    const given = givenSchema(analysis, at, root)
    if (given) return schemaAt(given, rest)
    const source = analysis.topology.nodes.get(root)
    const variable = source && variableIn(analysis, at, source)
    return variable ? schemaAt(variable.schema, rest) : {}
  }
  if (tree.operator !== 'context') return {}
  const pairs: [string, JsonSchema][] = []
  for (let index = 0; index + 1 < tree.args.length; index += 2) {
    const [name, value] = [tree.args[index], tree.args[index + 1]]
    if (name?.kind !== 'value' || typeof name.value !== 'string' || !value) return {}
    pairs.push([name.value, treeSchema(analysis, at, value)])
  }
  return objectOf(pairs)
}

function valueSchema(value: Json): JsonSchema {
  if (value === null) return { type: 'null' }
  if (Array.isArray(value)) return { type: 'array', items: unionOf(value.map(valueSchema)) }
  if (!isObject(value)) return { type: typeof value }
  return objectOf(Object.entries(value).map(([name, inner]) => [name, valueSchema(inner as Json)]))
}

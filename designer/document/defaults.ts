import type { FlowNode } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const schemaOf = (value: Json | undefined): JsonSchema | undefined =>
  isObject(value) ? (value as JsonSchema) : undefined

/** A first value that a form can show: the schema's default, else what is required of an object; undefined to leave it out. */
export function defaultOf(schema: JsonSchema): Json | undefined {
  if (schema['default'] !== undefined) return schema['default']
  if (schema['const'] !== undefined) return schema['const']
  if (schema['type'] !== 'object') return undefined
  const properties = schemaOf(schema['properties']) ?? {}
  const filled: Record<string, Json> = {}
  for (const [key, property] of Object.entries(properties)) {
    const value = defaultOf(schemaOf(property) ?? {})
    if (value !== undefined) filled[key] = value
  }
  return filled
}

/** The elements with which a list that makes ports begins, so that a new branch has something to connect. */
const firstElements: Partial<Record<NodeDescriptor['kind'], readonly string[]>> = {
  branch: ['case_1'],
  fork: ['branch_1', 'branch_2'],
  task: ['done'],
}

const titled = (id: string): string => {
  const words = id.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A config list's key, for `/cases` that is `cases`. */
export const portListKey = (descriptor: NodeDescriptor): string | undefined =>
  descriptor.portsFrom?.from.split('/')[1]

/** One element of a list that makes ports, with an id of its own. */
function newPortElement(descriptor: NodeDescriptor, id: string): Json {
  const key = portListKey(descriptor) ?? ''
  const list = schemaOf(schemaOf(descriptor.config['properties'])?.[key])
  const element = schemaOf(list?.['items']) ?? {}
  const properties = schemaOf(element['properties']) ?? {}
  return {
    ...(defaultOf({ ...element, type: 'object' }) as Record<string, Json>),
    id,
    ...('name' in properties ? { name: titled(id) } : {}),
  }
}

/** The config with which a node of the type begins. */
function firstConfig(descriptor: NodeDescriptor): Record<string, Json> {
  const filled = defaultOf({ ...descriptor.config, type: 'object' })
  const config = isObject(filled) ? ({ ...filled } as Record<string, Json>) : {}
  const key = portListKey(descriptor)
  const list = key === undefined ? undefined : config[key]
  const isEmpty = list === undefined || (Array.isArray(list) && list.length === 0)
  if (key !== undefined && isEmpty)
    config[key] = (firstElements[descriptor.kind] ?? []).map((id) => newPortElement(descriptor, id))
  return config
}

export const newNode = (descriptor: NodeDescriptor, id: string): FlowNode => ({
  id,
  type: descriptor.type,
  version: descriptor.version,
  name: descriptor.title,
  config: firstConfig(descriptor),
  inputs: {},
})

import { errorPort, portsOf } from '#core/graph/ports.ts'
import type { Flow } from '#core/graph/flow.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { fieldsOfSchema, type ScopeField } from './condition-builder/scope-field.ts'

const ancestors = (flow: Flow, id: string): Set<string> => {
  const sources = new Map<string, string[]>()
  for (const edge of flow.edges)
    sources.set(edge.target, [...(sources.get(edge.target) ?? []), edge.source])
  const found = new Set<string>()
  const visit = (at: string): void => {
    for (const source of sources.get(at) ?? []) {
      if (found.has(source)) continue
      found.add(source)
      visit(source)
    }
  }
  visit(id)
  return found
}

/** What expressions of a node can read: the run's input, and the values of nodes before it. */
export function scopeFields(
  flow: Flow,
  id: string,
  descriptor: (type: string) => NodeDescriptor | undefined,
): ScopeField[] {
  const before = ancestors(flow, id)
  const nodes = flow.nodes.filter((node) => before.has(node.id) && node.id !== id)
  return [
    ...fieldsOfSchema(flow.input, 'input'),
    ...nodes.flatMap((node) => {
      const type = descriptor(node.type)
      if (type === undefined || type.kind === 'start') return []
      const ports = portsOf(node, type).filter((port) => port.id !== errorPort)
      const schemas = ports.map((port) => port.schema).filter((each) => isObject(each))
      const merged = new Map<string, ScopeField>()
      for (const schema of schemas as JsonSchema[])
        for (const field of fieldsOfSchema(schema, node.id))
          if (!merged.has(field.path)) merged.set(field.path, field)
      const root = merged.get(node.id)
      if (root !== undefined) merged.set(node.id, { ...root, title: node.name })
      return [...merged.values()]
    }),
    { path: 'run.id', title: 'Run id', type: 'text', certain: true },
    { path: 'run.caseKey', title: 'Case key', type: 'text', certain: false },
    { path: 'run.startedAt', title: 'Started at', type: 'number', certain: true },
  ]
}

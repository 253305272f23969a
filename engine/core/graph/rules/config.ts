import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { checkSchema } from '#core/graph/json-schema-check.ts'
import { pointer, readPointer } from '#core/graph/pointer.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** Config fits the type's schema, its lists of ports name each port once, and what it refers to exists. */
export function checkConfigs({ flow, lookup, descriptor }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index) => {
    const described = descriptor(node)
    // An older config is lifted to the installed version when it is compiled.
    if (!described || node.disabled || node.version !== described.version) return []
    return [
      ...checkFields(node, index, described),
      ...checkPortIds(node, index, described),
      ...checkReferences(node, index, described, (id) => lookup.decision(id) !== undefined),
    ]
  })
}

function checkFields(node: FlowNode, index: number, { config }: NodeDescriptor): Finding[] {
  return checkSchema(config, node.config).map((problem) => ({
    code: 'CONFIG_INVALID',
    severity: 'error',
    params: { node: node.id, field: problem.path.slice(1) || 'config', detail: problem.message },
    place: { path: pointer('nodes', index, 'config') + problem.path, node: node.id },
  }))
}

function checkPortIds(node: FlowNode, index: number, described: NodeDescriptor): Finding[] {
  const { portsFrom } = described
  if (!portsFrom) return []
  const list = readPointer(node.config, portsFrom.from)
  const seen = new Set<string>([...described.ports.map((port) => port.id), ...portsFrom.plus])
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((element, at): Finding[] => {
    const id = isObject(element) ? element['id'] : undefined
    if (typeof id !== 'string') return []
    const twice = seen.has(id)
    seen.add(id)
    if (!twice) return []
    const path = `${pointer('nodes', index, 'config')}${portsFrom.from}/${at}/id`
    return [
      {
        code: 'PORT_TWICE',
        severity: 'error',
        params: { node: node.id, port: id },
        place: { path, node: node.id },
      },
    ]
  })
}

/** Fields marked `x-ref: decision` name a decision of the same release. */
function checkReferences(
  node: FlowNode,
  index: number,
  { config }: NodeDescriptor,
  exists: (decision: string) => boolean,
): Finding[] {
  const properties = isObject(config['properties']) ? config['properties'] : {}
  return Object.entries(properties).flatMap(([field, schema]): Finding[] => {
    const value = node.config[field]
    if (!isObject(schema) || (schema as JsonSchema)['x-ref'] !== 'decision') return []
    if (typeof value !== 'string' || value === '' || exists(value)) return []
    return [
      {
        code: 'DECISION_UNKNOWN',
        severity: 'error',
        params: { decision: value },
        place: { path: pointer('nodes', index, 'config', field), node: node.id },
      },
    ]
  })
}

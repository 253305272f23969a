import type { FlowNode } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'

export const errorPort = 'error'
/** Of an effect that took too long, and of a message that did not come. */
export const timeoutPort = 'timeout'

/** What a node leaves by `error` with, and an effect by `timeout`. */
const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
  },
  required: ['error'],
}

const schemaAt = (config: unknown, at: string | undefined): JsonSchema | undefined => {
  const found = at === undefined ? undefined : readPointer(config, at)
  return isObject(found) ? (found as JsonSchema) : undefined
}

/**
 * The node's ports in order: the type's, those that its config lists, those that its config asks for, and last `error`
 * where it can fail and `timeout` where it can take too long.
 */
export function portsOf(
  node: Pick<FlowNode, 'config'>,
  descriptor: NodeDescriptor,
): PortDescriptor[] {
  const own = descriptor.ports.map((port) => ({
    ...port,
    schema: schemaAt(node.config, port.schemaFrom) ?? port.schema,
  }))
  const ports: PortDescriptor[] = own.filter(({ when }) => when === undefined)
  const { portsFrom } = descriptor
  if (portsFrom) {
    const schema = schemaAt(node.config, portsFrom.schemaFrom) ?? portsFrom.schema
    const list = readPointer(node.config, portsFrom.from)
    for (const element of Array.isArray(list) ? (list as unknown[]) : []) {
      if (!isObject(element) || typeof element['id'] !== 'string') continue
      const { id, name } = element
      ports.push({ id, title: typeof name === 'string' && name ? name : id, schema })
    }
    for (const id of portsFrom.plus) ports.push({ id, title: id, schema })
  }
  const isAsked = ({ when }: PortDescriptor): boolean =>
    when !== undefined && readPointer(node.config, when) !== undefined
  ports.push(...own.filter(isAsked))
  const failure = { schema: errorSchema, optional: true }
  if (descriptor.canFail) ports.push({ id: errorPort, title: 'Error', ...failure })
  if (descriptor.kind === 'effect' && !ports.some((port) => port.id === timeoutPort))
    ports.push({ id: timeoutPort, title: 'Timeout', ...failure })
  return ports
}

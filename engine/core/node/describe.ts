import { z } from 'zod'
import type { JsonSchema } from '#core/json.ts'
import type { AnyNode, NodeKind } from '#core/node/define-node.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** JSON Schema of a zod schema without its `$schema` line; marks such as `x-personal` (from `.meta()`) stay. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest as JsonSchema
}

/** The kinds that can leave by `error`. */
const failing: ReadonlySet<NodeKind> = new Set(['pure', 'effect', 'each', 'call', 'lock'])

/** What the port's schema is titled (`.meta({ title })`), else its id in words. */
const portTitle = (id: string, schema: z.ZodType): string => {
  const own = schema.meta()?.title
  if (own !== undefined) return own
  const words = id.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

/** What the designer and the validator know of a node type. `help` is Markdown. */
export function describeNode(
  node: AnyNode,
  help: string,
  source: NodeDescriptor['source'],
): NodeDescriptor {
  const { ports } = node
  const each = node.outputs['*']
  return {
    type: node.type,
    version: node.version,
    kind: node.kind,
    title: node.title,
    description: node.description,
    area: node.area,
    icon: node.icon,
    ...(node.summary === undefined ? {} : { summary: node.summary }),
    help,
    config: schemaOf(node.config, 'input'),
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, schema]) => [
        name,
        {
          schema: schemaOf(schema, 'input'),
          required: !schema.safeParse(undefined).success && !schema.safeParse(null).success,
        },
      ]),
    ),
    openInputs: node.openInputs ?? false,
    ports: Object.entries(node.outputs)
      .filter(([id]) => id !== '*')
      .map(([id, schema]) => ({
        id,
        title: portTitle(id, schema),
        schema: schemaOf(schema, 'output'),
        ...(node.portsWhen?.[id] === undefined ? {} : { when: node.portsWhen[id] }),
        ...(node.schemas?.[id] === undefined ? {} : { schemaFrom: node.schemas[id] }),
        ...(node.optionalPorts?.includes(id) ? { optional: true } : {}),
      })),
    ...(ports
      ? {
          portsFrom: {
            from: ports.from,
            plus: [...(ports.plus ?? [])],
            ...(ports.schemaFrom === undefined ? {} : { schemaFrom: ports.schemaFrom }),
            schema: each ? schemaOf(each, 'output') : {},
          },
        }
      : {}),
    canFail: failing.has(node.kind),
    ...(node.kind === 'effect' ? { policy: policyOf(node.policy) } : {}),
    source,
  }
}

function policyOf(
  policy: (AnyNode & { kind: 'effect' })['policy'],
): NonNullable<NodeDescriptor['policy']> {
  const { total, queue, heartbeat, cache } = policy
  return {
    uses: [...policy.uses],
    timeout: policy.timeout ?? '30s',
    retry: {
      attempts: policy.retry?.attempts ?? 1,
      first: policy.retry?.first ?? '1s',
      factor: policy.retry?.factor ?? 2,
      cap: policy.retry?.cap ?? '1m',
    },
    ...(total === undefined ? {} : { total }),
    ...(queue === undefined ? {} : { queue }),
    ...(heartbeat === undefined ? {} : { heartbeat }),
    whenDown: policy.whenDown ?? 'wait',
    ...(cache === undefined ? {} : { cache: cache.ttl }),
  }
}

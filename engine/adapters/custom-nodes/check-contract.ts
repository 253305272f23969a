import { z } from 'zod'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'
import { areas, type AnyNode } from '#core/node/define-node.ts'
import { duration } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'

/** A field that does not fit; `code` says what to write instead. */
export interface Misfit {
  readonly field: string
  readonly code: MessageCode
  readonly params: MessageParams
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType

const serviceNames = ['http', 'mail', 'sms', 'blobs', 'ocr', 'models'] as const
const camelCase = /^[a-z][A-Za-z0-9]*$/

/** What each field must be, and the hint for those who wrote something else. */
const fields: readonly {
  readonly field: string
  readonly fits: (value: unknown) => boolean
  readonly hint: string
}[] = [
  {
    field: 'type',
    fits: (value) =>
      typeof value === 'string' && /^[a-z][a-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/.test(value),
    hint: `write area.verb in small letters, for example 'kyc.liveness'`,
  },
  {
    field: 'version',
    fits: (value) => Number.isInteger(value) && Number(value) >= 1,
    hint: 'write a whole number, 1 for the first',
  },
  { field: 'title', fits: isText, hint: 'write the name that the palette shows' },
  { field: 'description', fits: isText, hint: 'write one sentence for the palette' },
  {
    field: 'area',
    fits: (value) => (areas as readonly unknown[]).includes(value),
    hint: `choose one of ${areas.join(', ')}`,
  },
  {
    field: 'icon',
    fits: (value) => typeof value === 'string' && /^[a-z0-9-]+$/.test(value),
    hint: `write the name of a Tabler icon, for example 'report-money'`,
  },
  { field: 'config', fits: isSchema, hint: 'write a zod schema, z.object({}) if there is none' },
]

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

const misfit = (field: string, hint: string): Misfit => ({
  field,
  code: 'CUSTOM_NODE_FIELD',
  params: { hint },
})

function schemasIn(node: Record<string, unknown>, field: 'inputs' | 'outputs'): Misfit[] {
  const schemas = node[field]
  if (!isObject(schemas)) return [misfit(field, 'write an object of names and zod schemas')]
  return Object.entries(schemas).flatMap(([name, schema]) => [
    ...(isSchema(schema) ? [] : [misfit(`${field}.${name}`, 'write a zod schema')]),
    ...(camelCase.test(name)
      ? []
      : [misfit(`${field}.${name}`, 'name it with letters and digits, a small letter first')]),
  ])
}

function portsIn({ outputs, ports }: Record<string, unknown>): Misfit[] {
  if (!isObject(outputs)) return []
  if ('error' in outputs)
    return [misfit('outputs.error', 'leave it out: every node has the port error besides its own')]
  return Object.keys(outputs).length > 0 || isObject(ports)
    ? []
    : [misfit('outputs', 'declare at least one port, for example { out: z.string() }')]
}

function policyIn({ policy }: Record<string, unknown>): Misfit[] {
  if (!isObject(policy) || !Array.isArray(policy['uses']))
    return [
      misfit('policy.uses', `name the services it needs, [] for none: ${serviceNames.join(', ')}`),
    ]
  const unknown = policy['uses'].filter(
    (name) => !(serviceNames as readonly unknown[]).includes(name),
  )
  const { timeout, total, queue, heartbeat, retry, breaker, cache } = policy
  const durations = {
    'policy.timeout': timeout,
    'policy.total': total,
    'policy.queue': queue,
    'policy.heartbeat': heartbeat,
    'policy.breaker.window': isObject(breaker) ? breaker['window'] : undefined,
    'policy.breaker.coolDown': isObject(breaker) ? breaker['coolDown'] : undefined,
    // Its time is the only thing that a cache must have.
    'policy.cache.ttl':
      cache === undefined ? undefined : isObject(cache) ? (cache['ttl'] ?? '') : '',
    'policy.retry.first': isObject(retry) ? retry['first'] : undefined,
    'policy.retry.cap': isObject(retry) ? retry['cap'] : undefined,
  }
  const attempts = isObject(retry) ? retry['attempts'] : 1
  const { concurrency = 1, whenDown = 'wait' } = policy
  const share = isObject(breaker) ? (breaker['share'] ?? 1) : 1
  return [
    ...unknown.map((name) =>
      misfit(
        'policy.uses',
        `there is no service "${String(name)}"; choose of ${serviceNames.join(', ')}`,
      ),
    ),
    ...Object.entries(durations)
      .filter(([, value]) => value !== undefined && !duration.safeParse(value).success)
      .map(([field]) => misfit(field, `write a length of time, for example '8s' or '250ms'`)),
    ...(Number.isInteger(attempts) && Number(attempts) >= 1
      ? []
      : [misfit('policy.retry.attempts', 'write a whole number, 1 for no retry')]),
    ...(Number.isInteger(concurrency) && Number(concurrency) >= 1
      ? []
      : [misfit('policy.concurrency', 'write a whole number, 1 for one at a time')]),
    ...(whenDown === 'wait' || whenDown === 'fail'
      ? []
      : [misfit('policy.whenDown', `choose 'wait' or 'fail'`)]),
    ...(typeof share === 'number' && share > 0 && share <= 1
      ? []
      : [misfit('policy.breaker.share', 'write a share above 0 and up to 1, for example 0.5')]),
  ]
}

function runIn(node: Record<string, unknown>): Misfit[] {
  if (node['kind'] === 'pure') return typeof node['run'] === 'function' ? [] : [unfinished]
  if (node['kind'] === 'effect')
    return typeof node['run'] === 'function' ? policyIn(node) : [unfinished]
  return [unfinished]
}
const unfinished: Misfit = { field: 'type', code: 'CUSTOM_NODE_UNFINISHED', params: {} }

/** Everything about an exported definition that does not fit the contract of a node. */
export function checkContract(node: Record<string, unknown>): Misfit[] {
  if (isUnfinished(node)) return [unfinished]
  return [
    ...fields
      .filter(({ field, fits }) => !fits(node[field]))
      .map(({ field, hint }) => misfit(field, hint)),
    ...schemasIn(node, 'inputs'),
    ...schemasIn(node, 'outputs'),
    ...portsIn(node),
    ...runIn(node),
  ]
}

/** What `defineNode` returns before `.pure` or `.effect` completes it. */
const isUnfinished = (value: Record<string, unknown>): boolean =>
  ['pure', 'effect', 'control'].every((name) => typeof value[name] === 'function')

const looksLikeNode = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  (isUnfinished(value) || ('type' in value && ('kind' in value || 'outputs' in value)))

/** The definitions among the exports of a module, each under the first name that it is exported by. */
export function definitionsIn(
  exports: Record<string, unknown>,
): { readonly name: string; readonly definition: Record<string, unknown> }[] {
  const seen = new Set<unknown>()
  return Object.entries(exports).flatMap(([name, definition]) => {
    if (!looksLikeNode(definition) || seen.has(definition)) return []
    seen.add(definition)
    return [{ name, definition }]
  })
}

/** Holds after `checkContract` found nothing. */
export const asNode = (definition: Record<string, unknown>): AnyNode =>
  definition as unknown as AnyNode

import { z } from 'zod'
import { TerminalError } from '#core/errors.ts'
import { jsonValue } from '#core/graph/flow.ts'
import { isForbiddenKey, isObject, type Json, type JsonObject } from '#core/json.ts'
import { connection } from '#core/node/connection.ts'
import { defineNode } from '#core/node/define-node.ts'

const answer = z.object({
  status: z.int(),
  body: jsonValue.meta({ description: 'Parsed JSON, else the text' }),
})

export const httpRequest = defineNode({
  type: 'http.request',
  version: 1,
  title: 'HTTP request',
  description: 'Calls any HTTP API, through a connection or by its address.',
  area: 'integration',
  icon: 'world-up',
  summary: '{method} {path}',
  config: z
    .object({
      connection: connection('http').optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ title: 'Address', description: 'Where there is no connection' }),
      method: z
        .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
        .default('GET')
        .meta({ title: 'Method' }),
      path: z.string().default('').meta({
        title: 'Path',
        description: '/customers/{{id}} takes the input "id"',
      }),
      answer: z
        .enum(['json', 'text'])
        .default('json')
        .meta({ title: 'Answer', description: 'What the peer is expected to send' }),
    })
    .refine((config) => (config.connection === undefined) !== (config.url === undefined), {
      message: 'give a connection or an address, not both',
      path: ['connection'],
    }),
  inputs: { body: jsonValue.nullish().meta({ description: 'Sent as JSON; none with GET' }) },
  openInputs: true,
  outputs: { ok: answer, status: answer },
}).effect(
  { uses: ['http'], timeout: '20s', retry: { attempts: 3, first: '500ms', factor: 2, cap: '10s' } },
  async ({ config, inputs, exit, use, signal, idempotencyKey }) => {
    const { method } = config
    const path = fillPath(config.path, inputs)
    const body = inputs.body ?? undefined
    const response = await use.http.request({
      ...(config.connection === undefined
        ? { url: (config.url ?? '').replace(/\/$/, '') + path }
        : { connection: config.connection, path }),
      method,
      ...(body === undefined || method === 'GET' ? {} : { json: body }),
      idempotencyKey,
      signal,
    })
    const ok = response.status >= 200 && response.status < 300
    if (!ok) return exit.status({ status: response.status, body: lenient(response.text) })
    const empty = response.text === ''
    return exit.ok({
      status: response.status,
      body: config.answer === 'text' ? response.text : empty ? null : response.json(),
    })
  },
)

/** Values are escaped, so that one cannot add a segment or a parameter. @throws TerminalError LETTER_VALUE_MISSING */
function fillPath(template: string, values: JsonObject): string {
  return template.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, path: string) => {
    let at: Json | undefined = values
    for (const key of path.split('.'))
      at = !isForbiddenKey(key) && isObject(at) ? (at[key] as Json | undefined) : undefined
    if (at === null || at === undefined || typeof at === 'object')
      throw new TerminalError('LETTER_VALUE_MISSING', { placeholder: path })
    return encodeURIComponent(String(at)).replaceAll('.', '%2E')
  })
}

function lenient(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

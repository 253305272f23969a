import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { runNode } from '#core/node/run-node.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { httpRequest } from './node.ts'

const seen: string[] = []
const answer = { status: 200, text: '{"found":true}' }
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    seen.push(`${request.method} ${request.url} ${body}`.trim())
    response.writeHead(answer.status).end(answer.text)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const http = createHttpService({
  resolveConnection: (name) =>
    name === 'crm'
      ? { name, kind: 'http', address: `${origin}/v2`, settings: {}, secret: null }
      : undefined,
  allow: [origin],
})
afterAll(async () => {
  await http.close()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  seen.length = 0
  Object.assign(answer, { status: 200, text: '{"found":true}' })
})

const call = (
  config: z.input<typeof httpRequest.config>,
  inputs: { body?: { name: string }; id?: string } = {},
) => runNode(httpRequest, { config, inputs: { body: null, ...inputs }, use: { http } })

describe('http.request', () => {
  it('calls through a connection and leaves by ok', async () => {
    const left = await call(
      { connection: 'crm', method: 'PUT', path: '/customers/{{id}}' },
      { id: '7', body: { name: 'Rahul' } },
    )
    expect(left).toEqual({ port: 'ok', value: { status: 200, body: { found: true } } })
    expect(seen).toEqual(['PUT /v2/customers/7 {"name":"Rahul"}'])
  })

  it('calls an address and takes text where text is expected', async () => {
    answer.text = 'hello'
    expect(await call({ url: `${origin}/x`, answer: 'text' })).toEqual({
      port: 'ok',
      value: { status: 200, body: 'hello' },
    })
  })

  it('leaves by status for anything but 2xx', async () => {
    Object.assign(answer, { status: 404, text: 'gone' })
    expect(await call({ connection: 'crm' })).toEqual({
      port: 'status',
      value: { status: 404, body: 'gone' },
    })
  })

  it('escapes what fills the path', async () => {
    await call({ connection: 'crm', path: '/customers/{{id}}' }, { id: '../admin?x=1' })
    expect(seen).toEqual(['GET /v2/customers/%2E%2E%2Fadmin%3Fx%3D1'])
    await expect(call({ connection: 'crm', path: '/{{nobody}}' })).rejects.toMatchObject({
      code: 'LETTER_VALUE_MISSING',
    })
  })

  it('takes an empty answer as null and HTML as an error', async () => {
    Object.assign(answer, { status: 204, text: '' })
    expect(await call({ connection: 'crm' })).toMatchObject({ value: { body: null } })
    Object.assign(answer, { status: 200, text: '<html>' })
    await expect(call({ connection: 'crm' })).rejects.toMatchObject({ code: 'HTTP_NOT_JSON' })
  })

  it('needs a connection or an address, not both', async () => {
    await expect(call({})).rejects.toMatchObject({ code: 'NODE_CONFIG_INVALID' })
    await expect(call({ connection: 'crm', url: origin })).rejects.toMatchObject({
      code: 'NODE_CONFIG_INVALID',
    })
    await expect(call({ url: 'http://10.0.0.1/' })).rejects.toMatchObject({
      code: 'HTTP_ADDRESS_REFUSED',
    })
  })
})

import { request } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Route } from '#core/api/route.ts'
import { routes } from '#core/api/routes.ts'
import { problem } from '#core/api/views.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { createEventLog, stubEngine } from '#engine/server/testing/stub-engine.ts'

const open = (parts: Parameters<typeof stubEngine>[0] = {}) =>
  openServer(stubEngine({ ...createEventLog(), ...parts }))

/** The problem in an answer, which must be one and of its status. */
async function problemIn(response: Response) {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const found = problem.parse(await response.json())
  expect(found.status).toBe(response.status)
  return found
}

describe('authentication', () => {
  it('[R76] guards every route but the open ones', async () => {
    const { server } = await open()
    for (const route of Object.values<Route>(routes).filter((each) => !each.open)) {
      const path = route.path.replaceAll(/:\w+/g, 'x')
      const method = route.method.toUpperCase()
      const response = await fetch(`${server.url}/api/v1${path}`, { method })
      expect(response.status, `${route.method} ${path}`).toBe(401)
      expect((await problemIn(response)).code).toBe('UNAUTHENTICATED')
    }
  })

  it('[R78] signs a browser in with the address of the start', async () => {
    const { server } = await open()
    const signin = new URL(server.signInUrl).searchParams.get('signin')
    const post = (value: unknown) =>
      fetch(`${server.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ token: value }),
      })
    const first = await post(signin)
    expect(first.status).toBe(200)
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await post(signin)).status).toBe(401)
    const session = await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })
    expect(await session.json()).toEqual({
      actor: { id: 'owner', kind: 'user' },
      tenant: 'default',
    })
  })

  it('[R77] takes no cookie from another page', async () => {
    const { server } = await open()
    const signIn = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ token }),
    })
    const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const cancel = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/v1/runs/r1/cancel`, { method: 'POST', headers })
    const foreign = await cancel({ cookie, origin: 'http://127.0.0.1:1' })
    expect((await problemIn(foreign)).code).toBe('ORIGIN_FORBIDDEN')
    expect((await cancel({ cookie })).status).toBe(403)
    expect((await cancel({ cookie, origin: server.url })).status).toBe(404)
    expect((await cancel({ authorization: `Bearer ${token}` })).status).toBe(404)
  })
})

describe('problems', () => {
  it('names an unknown endpoint', async () => {
    const { call } = await open()
    const response = await call('GET', '/nothing')
    expect(response.status).toBe(404)
    expect((await problemIn(response)).code).toBe('ENDPOINT_UNKNOWN')
  })

  it('[R80] names the field of a body that does not fit, with 422', async () => {
    const { call } = await open()
    const response = await call('POST', '/flows/f/runs', { input: {}, caseKey: 7 })
    expect(response.status).toBe(422)
    const found = await problemIn(response)
    expect(found.findings).toMatchObject([{ place: { path: '/caseKey' } }])
    expect(found.detail).toContain('caseKey')
  })

  it('answers a wrong address with 400, a body that is no JSON with 400 and another type with 415', async () => {
    const { call, server } = await open()
    expect((await call('GET', '/runs?limit=0')).status).toBe(400)
    expect((await call('GET', '/runs/%E0%A4%A')).status).toBe(400)
    const post = (type: string) =>
      fetch(`${server.url}/api/v1/flows`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: '{"half":',
      })
    expect((await problemIn(await post('application/json'))).code).toBe('BODY_NOT_JSON')
    expect((await post('text/plain')).status).toBe(415)
  })

  it('[R82] tells nothing of a fault but a reference', async () => {
    const { call } = await open({
      getRun: () => {
        throw new Error('PAN ABCPE1234F')
      },
    })
    const response = await call('GET', '/runs/r1')
    const found = await problemIn(response)
    expect(found).toMatchObject({ status: 500, code: 'INTERNAL' })
    expect(JSON.stringify(found)).not.toContain('ABCPE1234F')
  })
})

describe('limits', () => {
  const oversized = async (url: string, path: string, length: number | null) => {
    const sending = request(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(length === null ? {} : { 'content-length': String(length) }),
      },
    })
    const answered = once(sending, 'response')
    sending.on('error', () => {})
    return { sending, answered }
  }

  it('[R81] refuses a 50 MB upload by its announced length, before a byte of it has come', async () => {
    const { server } = await open()
    const { sending, answered } = await oversized(server.url, '/blobs?name=big', 50 * 1024 * 1024)
    sending.flushHeaders()
    const [response] = await answered
    expect(response.statusCode).toBe(413)
    sending.destroy()
  })

  it('[R81] refuses an upload without a length as soon as it passes 25 MB, without waiting for its end', async () => {
    const { server } = await open()
    const { sending, answered } = await oversized(server.url, '/blobs?name=big', null)
    // A megabyte more than allowed; the request itself stays open.
    for (let i = 0; i < 26; i += 1) sending.write(Buffer.alloc(1024 * 1024))
    const [response] = await answered
    expect(response.statusCode).toBe(413)
    sending.destroy()
  })

  it('refuses JSON beyond 2 MB, and a document beyond 16 MB', async () => {
    const { call } = await open()
    const refused = async (path: string, megabytes: number): Promise<boolean> => {
      const response = await call('POST', path, { padding: 'x'.repeat(megabytes * 1024 * 1024) })
      return (await problemIn(response)).code === 'BODY_TOO_LARGE'
    }
    expect(await refused('/flows/any/runs', 3)).toBe(true)
    expect(await refused('/decisions', 3)).toBe(false)
    expect(await refused('/decisions', 17)).toBe(true)
  })
})

describe('the server itself', () => {
  it('tells a port in use', async () => {
    const { server } = await open()
    const port = Number(new URL(server.url).port)
    await expect(openServer(stubEngine(createEventLog()), { port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      params: { port },
    })
  })

  it('answers health and metrics without a session', async () => {
    const { server } = await open({
      failure: () => undefined,
      load: () => ({
        level: 0.25,
        commits: 0,
        waiting: 0,
        delay: 0,
        refused: 3,
        open: 7,
        messages: { kept: [], refused: 0 },
      }),
      listConnections: () => [
        {
          name: 'bureau',
          kind: 'bureau',
          address: 'https://bureau.test',
          settings: {},
          secret: null,
          source: 'configured',
          health: { state: 'open', since: 1, calls: 20, failures: 12, nextTry: 2 },
        },
      ],
    })
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await fetch(server.url + path)).status).toBe(200)
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toContain('workflow_started_total')
    expect(text).toContain('effects_waiting 7')
    expect(text).toContain('starts_refused_total 3')
    expect(text).toContain('connection_state{connection="bureau",tenant="default"} 2')
  })

  it('serves its own description, which validates without a session', async () => {
    const { server } = await open()
    const description = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
    expect(description).toMatchObject({ openapi: '3.1.0' })
  })

  it('says how to build the designer where it is not built', async () => {
    const { server } = await open()
    const response = await fetch(server.url, { headers: { accept: 'text/html' } })
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
  })

  it('sends the headers that keep a page to itself', async () => {
    const { server } = await open()
    const { headers } = await fetch(`${server.url}/healthz`)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { ResolvedConnection } from '#core/ports.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'

interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
type Answer = (response: ServerResponse, request: IncomingMessage) => void

async function peer() {
  const seen: Seen[] = []
  const answers: { next: Answer } = { next: (response) => response.end('{}') }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body,
      })
      answers.next(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    seen,
    answer: (next: Answer) => void (answers.next = next),
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

const one = await peer()
const two = await peer()
const connections: Record<string, ResolvedConnection> = {}
const http = createHttpService({
  resolveConnection: (name) => connections[name],
  allow: [one.origin, two.origin],
  maxBytes: 1000,
  now: () => Date.UTC(2026, 0, 1),
})
const guarded = createHttpService({
  resolveConnection: () => undefined,
  lookup: (host, _, done) =>
    done(null, host === 'inside.example' ? [{ address: '10.1.2.3', family: 4 }] : mixed),
})
const mixed = [
  { address: '93.184.216.34', family: 4 },
  { address: '::ffff:192.168.0.9', family: 6 },
]
afterAll(() => Promise.all([http.close(), guarded.close(), one.close(), two.close()]))

const connect = (given: Partial<ResolvedConnection> = {}): void => {
  connections['bureau'] = {
    name: 'bureau',
    kind: 'bureau',
    address: `${one.origin}/api/`,
    settings: {},
    secret: 'geheim',
    ...given,
  }
}
beforeEach(() => {
  one.seen.length = 0
  two.seen.length = 0
  one.answer((response) => response.end('{"ok":true}'))
  two.answer((response) => response.end('{"two":true}'))
  connect()
})

describe('a request through a connection', () => {
  it('goes to its address with credential, key and JSON', async () => {
    const response = await http.request({
      connection: 'bureau',
      path: 'reports?full=1',
      json: { pan: 'ABCPK1234L' },
      idempotencyKey: 'run:bureau:1',
    })
    expect(response.json()).toEqual({ ok: true })
    expect(one.seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/reports?full=1',
      body: '{"pan":"ABCPK1234L"}',
      headers: { authorization: 'Bearer geheim', 'idempotency-key': 'run:bureau:1' },
    })
  })

  it('sends the credential as the connection says', async () => {
    connect({ settings: { auth: 'header', header: 'X-Member-Key' } })
    await http.request({ connection: 'bureau' })
    connect({ settings: { auth: 'basic', user: 'metis' } })
    await http.request({ connection: 'bureau' })
    expect(one.seen[0]?.headers).toMatchObject({ 'x-member-key': 'geheim' })
    expect(one.seen[1]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('metis:geheim').toString('base64')}`,
    })
  })

  it('[R122] never leaves its address, however the path is put together', async () => {
    for (const path of [
      '/../admin',
      '..%2f../..',
      '/x/../../admin',
      '//evil.example/x',
      '@evil.example',
    ])
      await http.request({ connection: 'bureau', path }).catch(() => undefined)
    for (const request of one.seen) expect(request.url).toMatch(/^\/api(\/|$)/)
    await expect(http.request({ connection: 'bureau', path: '/../admin' })).rejects.toMatchObject({
      code: 'HTTP_ADDRESS_INVALID',
    })
  })

  it('names an unknown connection', async () => {
    await expect(http.request({ connection: 'nobody' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
      params: { connection: 'nobody' },
    })
  })

  it('can be bound to the connections of a tenant', async () => {
    const other = http.for(() => ({
      name: 'other',
      kind: 'http',
      address: two.origin,
      settings: {},
      secret: null,
    }))
    expect((await other.request({ connection: 'other' })).json()).toEqual({ two: true })
  })
})

describe('answers', () => {
  it('[R124] of 4xx come back, 5xx and 429 ask for another try when the peer says', async () => {
    one.answer((response) => response.writeHead(404).end('{}'))
    expect((await http.request({ connection: 'bureau' })).status).toBe(404)
    one.answer((response) => response.writeHead(503, { 'retry-after': '7' }).end())
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      name: 'RetryableError',
      code: 'HTTP_STATUS',
      after: 7000,
    })
    const date = 'Thu, 01 Jan 2026 00:01:00 GMT'
    one.answer((response) => response.writeHead(429, { 'retry-after': date }).end())
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      code: 'HTTP_RATE_LIMITED',
      after: 60_000,
    })
  })

  it('that are HTML are named by type and connection', async () => {
    one.answer((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>secret body</p>'),
    )
    const response = await http.request({ connection: 'bureau' })
    expect(() => response.json()).toThrow(
      'connection "bureau" answered text/html where JSON was expected',
    )
  })

  it('beyond the limit are not read to the end', async () => {
    one.answer((response) => response.end('x'.repeat(5000)))
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      name: 'TerminalError',
      code: 'HTTP_TOO_LARGE',
    })
  })

  it('that never come end with the signal', async () => {
    const stop = new AbortController()
    one.answer(() => stop.abort(new Error('timed out')))
    await expect(http.request({ connection: 'bureau', signal: stop.signal })).rejects.toThrow(
      'timed out',
    )
  })

  it('of a broken connection or a closed port are worth another try', async () => {
    one.answer((response) => response.destroy())
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      name: 'RetryableError',
      code: 'HTTP_UNREACHABLE',
    })
    const gone = await peer()
    await gone.close()
    const reach = createHttpService({ resolveConnection: () => undefined, allow: [gone.origin] })
    await expect(reach.request({ url: `${gone.origin}/x?pan=ABCPK1234L` })).rejects.toMatchObject({
      code: 'HTTP_UNREACHABLE',
      params: { target: new URL(gone.origin).host, detail: 'ECONNREFUSED' },
    })
    await reach.close()
  })
})

describe('redirects', () => {
  it('on one host keep the credential and follow the method rules', async () => {
    one.answer((response, request) =>
      request.url === '/api/a'
        ? response.writeHead(303, { location: '/api/b' }).end()
        : response.end('{}'),
    )
    await http.request({ connection: 'bureau', path: 'a', json: {} })
    expect(one.seen.map((seen) => `${seen.method} ${seen.url}`)).toEqual([
      'POST /api/a',
      'GET /api/b',
    ])
    expect(one.seen[1]?.headers.authorization).toBe('Bearer geheim')
  })

  it('[R123] to another host lose the credential and never carry a body', async () => {
    one.answer((response) => response.writeHead(307, { location: `${two.origin}/x` }).end())
    await http.request({ connection: 'bureau' })
    expect(two.seen[0]?.headers.authorization).toBeUndefined()
    await expect(
      http.request({ connection: 'bureau', json: { pan: 'ABCPK1234L' } }),
    ).rejects.toMatchObject({ code: 'HTTP_REDIRECTED_AWAY' })
    expect(two.seen).toHaveLength(1)
  })

  it('[R121] are checked like first requests and end after five', async () => {
    one.answer((response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    )
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      code: 'HTTP_ADDRESS_REFUSED',
    })
    one.answer((response) => response.writeHead(302, { location: '/api/again' }).end())
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      code: 'HTTP_TOO_MANY_REDIRECTS',
    })
    one.answer((response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    await expect(http.request({ connection: 'bureau' })).rejects.toMatchObject({
      code: 'HTTP_ADDRESS_INVALID',
    })
  })
})

describe('the address guard', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost.inside/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://10.0.0.1/',
    'http://172.16.9.9/',
    'http://192.168.1.1/',
    'http://169.254.169.254/',
    'http://100.64.0.1/',
    'http://224.0.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://inside.example/',
    'http://mixed.example/',
  ])('[R121] refuses %s', async (url) => {
    await expect(guarded.request({ url })).rejects.toMatchObject({
      name: 'TerminalError',
      code: 'HTTP_ADDRESS_REFUSED',
    })
  })

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'http://user:pw@example.org/', 'nonsense'])(
    'takes no %s',
    async (url) => {
      await expect(guarded.request({ url })).rejects.toMatchObject({ code: 'HTTP_ADDRESS_INVALID' })
    },
  )

  it('[R121] admits exactly what is listed, by host, host and port, or origin', async () => {
    const at = (allow: string) =>
      createHttpService({ resolveConnection: () => undefined, allow: [allow] })
    const outcome = async (allow: string): Promise<string> => {
      const service = at(allow)
      const result = await service.request({ url: `${one.origin}/` }).then(
        () => 'reached',
        (error: { code: string }) => error.code,
      )
      await service.close()
      return result
    }
    expect(await outcome('127.0.0.1')).toBe('reached')
    expect(await outcome(`127.0.0.1:${one.port}`)).toBe('reached')
    expect(await outcome(one.origin)).toBe('reached')
    expect(await outcome(two.origin)).toBe('HTTP_ADDRESS_REFUSED')
    expect(await outcome(`https://127.0.0.1:${one.port}`)).toBe('HTTP_ADDRESS_REFUSED')
  })
})

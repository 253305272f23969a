import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, openProduct, token, type TestedProduct } from './open-product.ts'
import { ask, echo } from './flows.ts'

let product: TestedProduct
beforeAll(async () => {
  product = await openProduct()
  await product.publish(echo)
  await product.publish(ask)
})
afterAll(() => product.close())

/** Bytes on the wire: what `fetch` would tidy up before it sends. */
function speak(lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(product.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')))
    let heard = ''
    socket.on('data', (chunk) => {
      heard += String(chunk)
    })
    socket.on('error', reject).on('close', () => resolve(heard))
  })
}
const raw = (request: string, ...headers: string[]) =>
  speak([
    `${request} HTTP/1.1`,
    'Host: metis',
    `Authorization: Bearer ${token}`,
    ...headers,
    'Connection: close',
    '',
    '',
  ])

describe('a body', () => {
  it.each(['{"input": ', '{input: 1}', 'not json', '{"input":1}}', '\u0000'])(
    '[R152] that is no JSON is refused: %j',
    async (body) => {
      expect(refusal(await product.send('POST', '/flows/echo/runs', body))).toEqual([
        400,
        'BODY_NOT_JSON',
      ])
    },
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/xml'])(
    'of type %s is refused',
    async (type) => {
      const answer = await product.send('POST', '/flows/echo/runs', '{"input":1}', {
        'content-type': type,
      })
      expect(refusal(answer)).toEqual([415, 'BODY_NOT_JSON_TYPE'])
    },
  )

  it('that is missing, or of another shape, is refused with the field', async () => {
    expect(refusal(await product.send('POST', '/flows/echo/runs'))).toEqual([
      422,
      'REQUEST_INVALID',
    ])
    for (const body of [null, [], 1, 'x', {}, { input: 1, extra: 1 }, { input: 1, caseKey: '' }])
      expect(refusal(await product.send('POST', '/flows/echo/runs', JSON.stringify(body)))).toEqual(
        [422, 'REQUEST_INVALID'],
      )
  })

  it('of numbers beyond what a number holds is refused, not rounded to infinity', async () => {
    const answer = await product.send('POST', '/flows/echo/runs', '{"input":{"amount":1e999}}')
    expect(refusal(answer)).toEqual([422, 'REQUEST_INVALID'])
  })

  it.each([
    ['arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ])(
    '[R152] of 10,000 nested %s is refused everywhere, and the server goes on',
    async (_, deep) => {
      const bodies: [string, string][] = [
        ['/flows/echo/runs', `{"input":${deep}}`],
        ['/flows', `{"kind":"flow","nodes":${deep}}`],
        ['/flows', deep],
        ['/flows/echo/validate', deep],
        ['/decisions', deep],
        ['/tasks/none/complete', `{"outcome":"x","value":${deep}}`],
      ]
      for (const [path, body] of bodies)
        expect(refusal(await product.send('POST', path, body))).toEqual([400, 'JSON_TOO_DEEP'])
      expect((await product.run('echo', 'still here')).output).toEqual({ got: 'still here' })
    },
  )

  it('of brackets inside a text is no depth', async () => {
    const text = `${'['.repeat(10_000)}\\"${'{'.repeat(10_000)}`
    expect((await product.run('echo', text)).output).toEqual({ got: text })
  })

  it('[R152] with a field __proto__ is refused: no copy of it would keep the field', async () => {
    for (const input of ['{"__proto__":{"polluted":true}}', '{"a":[{"__proto__":1}]}']) {
      const answer = await product.send('POST', '/flows/echo/runs', `{"input":${input}}`)
      expect(refusal(answer)).toEqual([400, 'JSON_KEY_FORBIDDEN'])
      expect(answer.body['detail']).toContain('__proto__')
    }
    expect('polluted' in {}).toBe(false)
  })

  it('with fields named constructor and prototype keeps them as what they are: data', async () => {
    const input = { constructor: { prototype: { polluted: true } }, toString: 'text' }
    expect((await product.run('echo', input)).output).toEqual({ got: input })
    expect('polluted' in {}).toBe(false)
  })

  it('of 5 MB is refused as JSON, with the limit', async () => {
    const answer = await product.send('POST', '/flows/echo/runs', { input: 'x'.repeat(5 << 20) })
    expect(refusal(answer)).toEqual([413, 'BODY_TOO_LARGE'])
    expect(answer.body['detail']).toContain('2 MB')
  })
})

describe('an upload', () => {
  it('[R153] of 50 MB is refused, and nothing of it is kept', async () => {
    const answer = await product.send('POST', '/blobs?name=big.png', new Uint8Array(50 << 20), {
      'content-type': 'image/png',
    })
    expect(refusal(answer)).toEqual([413, 'BODY_TOO_LARGE'])
    expect(answer.body['detail']).toContain('25 MB')
  })

  it('of nothing is a file of no bytes', async () => {
    const answer = await product.send('POST', '/blobs?name=empty', new Uint8Array(0))
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({ size: 0, name: 'empty' })
  })

  it('keeps a name that looks like a path or a header as a name', async () => {
    const name = '../../etc/pass"wd\r\nSet-Cookie: x=1'
    const path = `/blobs?name=${encodeURIComponent(name)}`
    const stored = await product.send('POST', path, 'text of it', { 'content-type': 'text/html' })
    expect(stored.body).toMatchObject({ name })
    const read = await product.send('GET', `/blobs/${stored.body['blob'] as string}`)
    expect(read.text).toBe('text of it')
    expect(read.headers.get('set-cookie')).toBeNull()
    expect(read.headers.get('content-type')).toBe('application/octet-stream')
    expect(read.headers.get('content-disposition')).toMatch(/^attachment; /)
  })
})

describe('an address', () => {
  it.each([
    '/blobs/../metis.db',
    '/blobs/..%2f..%2fmaster.key',
    '/blobs/%2e%2e/%2e%2e/token',
    '/blobs/sha256:..',
    '/templates/..%2f..%2fdata',
    '/templates/..%2fpersonal-loan',
    '/templates/personal-loan/cases/..%2f..%2fflow/input',
    '/flows/..%2f..',
    '/%ff',
  ])('%s leads nowhere', async (path) => {
    const answer = await raw(`GET /api/v1${path}`)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).toContain('application/problem+json')
  })

  it('of a page’s file leads to no other file', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/%2e%2e/%2e%2e/x'])
      expect(await raw(`GET ${path}`)).not.toContain('"dependencies"')
  })

  it('with a query that does not fit says which', async () => {
    for (const query of [
      'limit=0',
      'limit=1e9',
      'limit=many',
      'status=strange',
      'limit=1&limit=2',
    ]) {
      const answer = await product.send('GET', `/runs?${query}`)
      expect(refusal(answer)).toEqual([400, 'REQUEST_INVALID'])
      expect(answer.body['detail']).toContain(query.split('=')[0])
    }
  })

  it('of a list takes a cursor that is no cursor as its beginning', async () => {
    for (const cursor of ['x', '..', '9'.repeat(400), '%00'])
      expect((await product.send('GET', `/runs?cursor=${cursor}`)).status).toBe(200)
  })

  it('that is unknown, or of another verb, is named', async () => {
    expect(refusal(await product.send('GET', '/flow'))).toEqual([404, 'ENDPOINT_UNKNOWN'])
    expect(refusal(await product.send('DELETE', '/flows/echo'))).toEqual([404, 'ENDPOINT_UNKNOWN'])
    for (const path of ['/flows/none', '/runs/none', '/tasks/none', '/decisions/none'])
      expect(refusal(await product.send('GET', path))).toEqual([404, 'NOT_FOUND'])
  })
})

describe('a caller', () => {
  const signIn = async () => {
    const answer = await product.send(
      'POST',
      '/session',
      { token },
      {
        authorization: '',
        origin: product.url,
      },
    )
    return String(answer.headers.get('set-cookie')).split(';')[0] ?? ''
  }

  it.each(['', 'Bearer', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`, token])(
    'with the credential %j is nobody',
    async (authorization) => {
      const answer = await product.send('GET', '/runs', undefined, { authorization })
      expect(refusal(answer)).toEqual([401, 'UNAUTHENTICATED'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  it('with a cookie from another page, or from nowhere, changes nothing', async () => {
    const cookie = await signIn()
    const before = product.engine.listRuns('default', {}).total
    for (const origin of ['https://evil.example', 'null', `${product.url}.evil.example`, 'x']) {
      const headers = { cookie, origin, authorization: '' }
      expect(
        refusal(await product.send('POST', '/flows/echo/runs', { input: 1 }, headers)),
      ).toEqual([403, 'ORIGIN_FORBIDDEN'])
    }
    const silent = await product.send(
      'POST',
      '/flows/echo/runs',
      { input: 1 },
      {
        cookie,
        authorization: '',
      },
    )
    expect(refusal(silent)).toEqual([403, 'ORIGIN_FORBIDDEN'])
    expect(product.engine.listRuns('default', {}).total).toBe(before)
    const own = { cookie, origin: product.url, authorization: '' }
    expect((await product.send('POST', '/flows/echo/runs', { input: 1 }, own)).status).toBe(201)
  })
})

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { RunView } from '#core/api/views.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { startSandbox } from '#engine/adapters/sandbox/start-sandbox.ts'
import { openProduct, type TestedProduct } from './open-product.ts'
import { draw, drawOne, once } from './flows.ts'

const sample = (name: string) =>
  readFile(join(projectRoot, 'templates', 'personal-loan', 'samples', 'asha', name))

/** A peer on loopback that answers as told. */
async function listen(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}

let product: TestedProduct
let peer: Awaited<ReturnType<typeof listen>>
let answerOfPeer: RequestListener
beforeAll(async () => {
  peer = await listen((request, response) => answerOfPeer(request, response))
  product = await openProduct({ httpAllow: `localhost:${peer.port}` })
  await product.publish(
    drawOne(
      'pull',
      { id: 'bureau', type: 'bureau.pull', inputs: { applicant: { var: 'input' } }, policy: once },
      ['hit', 'noHit'],
    ),
  )
  await product.publish(
    drawOne(
      'read',
      { id: 'read', type: 'document.ocr', inputs: { document: { var: 'input' } }, policy: once },
      ['read', 'unreadable'],
    ),
  )
  await product.publish(
    drawOne(
      'mail',
      {
        id: 'mail',
        type: 'notify.email',
        config: { subject: 'Hello', text: 'Dear {{name}}', connection: 'post' },
        inputs: { to: { var: 'input.to' }, name: { var: 'input.name' } },
        policy: once,
      },
      ['sent'],
    ),
  )
})
afterAll(async () => {
  peer.close()
  await product.close()
})

/** The one incident of a run: its error has a code and a sentence. */
function incidentOf(run: RunView) {
  expect(run.status, JSON.stringify(run.steps.map(({ error }) => error))).toBe('incident')
  const [stuck] = run.steps.filter(({ status }) => status === 'incident')
  expect(stuck?.error?.message.split(' ').length).toBeGreaterThan(5)
  return { step: String(stuck?.step), code: stuck?.error?.code, message: stuck?.error?.message }
}
const retry = async (run: string, step: string) => {
  const answer = await product.send('POST', `/runs/${run}/steps/${step}/retry`)
  expect(answer.status, answer.text).toBe(200)
  return product.settled(run)
}

describe('a bureau that', () => {
  it.each([
    ['answers HTML', 'malformed', 'HTTP_NOT_JSON'],
    ['answers 503', 'server-error', 'HTTP_STATUS'],
    ['breaks the connection', 'drop', 'HTTP_UNREACHABLE'],
  ])(
    '[R157] %s is an incident, retried to completion once it is back',
    async (_, failure, code) => {
      await product.send('PUT', '/sandbox/bureau', { failure })
      const run = await product.run('pull', { pan: 'ABCPE1234F' })
      const incident = incidentOf(run)
      expect(incident).toMatchObject({ code, message: expect.stringContaining('bureau') })
      expect(incident.message).not.toContain('ABCPE1234F')
      await product.send('PUT', '/sandbox/bureau', { failure: 'none' })
      expect(await retry(run.id, incident.step)).toMatchObject({ status: 'completed' })
    },
  )

  it('takes too long is an incident that says how long was waited', async () => {
    const flow = drawOne(
      'slow',
      {
        id: 'bureau',
        type: 'bureau.pull',
        inputs: { applicant: { var: 'input' } },
        policy: { ...once, timeout: '50ms' },
      },
      ['hit', 'noHit'],
    )
    await product.publish(flow)
    await product.send('PUT', '/sandbox/bureau', { latencyMs: 60_000 })
    const run = await product.run('slow', { pan: 'ABCPE1234F' })
    expect(incidentOf(run)).toMatchObject({ code: 'EFFECT_TIMEOUT' })
    await product.send('PUT', '/sandbox/bureau', { latencyMs: 0 })
    const value = { reportId: 'by-hand' }
    const path = `/runs/${run.id}/steps/bureau:1/complete`
    expect((await product.send('POST', path, { port: 'noHit', value })).status).toBe(200)
    expect(await product.settled(run.id)).toMatchObject({ status: 'completed', output: value })
  })

  it('refuses what is no PAN is an incident without the PAN', async () => {
    const run = await product.run('pull', { pan: 'NO-SUCH-PAN' })
    const { code, message } = incidentOf(run)
    expect(code).toBe('BUREAU_REFUSED')
    expect(message).not.toContain('NO-SUCH-PAN')
  })
})

describe('a document that', () => {
  const upload = async (bytes: Uint8Array, name: string, type: string) => {
    const answer = await product.send('POST', `/blobs?name=${name}`, bytes, {
      'content-type': type,
    })
    expect(answer.status, answer.text).toBe(201)
    return answer.body
  }
  const text = new TextEncoder().encode('I am no picture, whatever my name says.')

  it.each([
    ['is no image', 'OCR_NOT_AN_IMAGE', () => text, 'image/png'],
    ['is empty', 'OCR_NOT_AN_IMAGE', () => new Uint8Array(0), 'image/jpeg'],
    [
      'is half an image',
      /^OCR_/,
      async () => (await sample('pan.png')).subarray(0, 900),
      'image/png',
    ],
    [
      'is a PDF cut short',
      'OCR_PDF_BROKEN',
      async () => (await sample('statement.pdf')).subarray(0, 700),
      'application/pdf',
    ],
    [
      'only begins like a PDF',
      'OCR_PDF_BROKEN',
      () => new TextEncoder().encode('%PDF-1.7\n%%EOF'),
      'application/pdf',
    ],
  ])(
    '[R158] %s is an incident that is left by hand, and the next one is read',
    async (_, code, bytes, type) => {
      const run = await product.run('read', await upload(await bytes(), 'doc', type))
      const incident = incidentOf(run)
      expect(incident.code).toMatch(code)
      const value = {
        text: '',
        confidence: 0,
        words: 0,
        reason: 'no-text',
        advice: 'Send it again.',
      }
      const path = `/runs/${run.id}/steps/${incident.step}/complete`
      const done = await product.send('POST', path, { port: 'unreadable', value })
      expect(done.status, done.text).toBe(200)
      expect(await product.settled(run.id)).toMatchObject({ status: 'completed', output: value })
    },
  )

  it('was never uploaded is an incident, retried to completion once it is', async () => {
    const bytes = await sample('pan.png')
    const blob = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    const document = { blob, name: 'pan.png', type: 'image/png', size: bytes.length }
    const run = await product.run('read', document)
    const incident = incidentOf(run)
    expect(incident.code).toBe('FILE_NOT_UPLOADED')
    expect(await upload(bytes, 'pan.png', 'image/png')).toMatchObject({ blob })
    const mended = await retry(run.id, incident.step)
    expect(mended.status).toBe('completed')
    expect(JSON.stringify(mended.output)).toContain('INCOME TAX')
  })

  it('lies about its hash or its shape is refused as data, not read', async () => {
    for (const document of [{ blob: '../../token' }, { blob: 7 }, {}, null, 'x']) {
      const run = await product.run('read', document)
      expect(incidentOf(run).code).toBe('NODE_INPUT_INVALID')
    }
  })
})

describe('a mail server that', () => {
  const connect = (address: string) =>
    product.send('PUT', '/connections', {
      name: 'post',
      kind: 'smtp',
      address,
      settings: { from: 'loans@example.com', tls: 'off' },
      secret: null,
    })

  it('[R159] is dead is an incident, retried to completion once another one serves', async () => {
    const dead = await listen(() => {})
    await new Promise<void>((resolve) => {
      dead.close().once('close', () => resolve())
    })
    expect((await connect(`smtp://127.0.0.1:${dead.port}`)).status).toBe(200)
    const run = await product.run('mail', { to: 'asha@example.com', name: 'Asha' })
    const incident = incidentOf(run)
    expect(incident).toMatchObject({ code: 'MAIL_UNREACHABLE' })
    expect(incident.message).toContain('post')
    expect(incident.message).not.toContain('asha@example.com')
    const alive = await startSandbox()
    onTestFinished(() => alive.close())
    const address = alive.connections.find(({ kind }) => kind === 'smtp')?.address ?? ''
    await connect(address)
    expect(await retry(run.id, incident.step)).toMatchObject({ status: 'completed' })
    expect(alive.messages()).toMatchObject([
      { to: 'asha@example.com', text: expect.stringContaining('Dear Asha') },
    ])
  })

  it('gets an address with a second recipient or header in it gets nothing', async () => {
    const alive = await startSandbox()
    onTestFinished(() => alive.close())
    await connect(alive.connections.find(({ kind }) => kind === 'smtp')?.address ?? '')
    for (const to of [
      'a@example.com, b@example.com',
      'a@example.com\r\nBcc: b@example.com',
      'nobody',
    ])
      expect(incidentOf(await product.run('mail', { to, name: 'x' })).code).toBe('MAIL_RECIPIENT')
    expect(alive.messages()).toEqual([])
  })
})

describe('an HTTP address that', () => {
  const call = (id: string, url: string) =>
    drawOne(id, { id: 'call', type: 'http.request', config: { url }, policy: once }, [
      'ok',
      'status',
    ])
  const run = async (url: string) => {
    await product.publish(call('call', url))
    return product.run('call', {})
  }

  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://127.0.0.1.:PORT/',
    'http://localhost:1/',
  ])('[R160] %s is refused, and nobody is asked', async (url) => {
    let asked = 0
    answerOfPeer = (_, response) => {
      asked += 1
      response.end('{}')
    }
    const view = await run(url.replace('PORT', String(peer.port)))
    expect(incidentOf(view)).toMatchObject({
      code: 'HTTP_ADDRESS_REFUSED',
      message: expect.stringContaining('METIS_HTTP_ALLOW'),
    })
    expect(asked).toBe(0)
  })

  it.each([
    'http://127.0.0.1:PORT/secret',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    '//[::1]:PORT/x',
    'gopher://127.0.0.1/',
  ])('[R160] redirects to %s is refused there', async (location) => {
    const asked: string[] = []
    answerOfPeer = (request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(302, { location: location.replace('PORT', String(peer.port)) }).end()
    }
    const view = await run(`http://localhost:${peer.port}/first`)
    expect(incidentOf(view).code).toMatch(/^HTTP_ADDRESS_(REFUSED|INVALID)$/)
    expect(asked).toEqual(['/first'])
  })

  it.each([
    ['nested 10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'HTTP_JSON_REFUSED'],
    ['with a field __proto__', '{"a":{"__proto__":{"polluted":true}}}', 'HTTP_JSON_REFUSED'],
    ['that is no JSON', '<html></html>', 'HTTP_NOT_JSON'],
    ['beyond 10 MB', `"${'x'.repeat(11 << 20)}"`, 'HTTP_TOO_LARGE'],
  ])('answers JSON %s is an incident, retried to completion', async (_, body, code) => {
    answerOfPeer = (_request, response) => void response.end(body)
    const view = await run(`http://localhost:${peer.port}/`)
    const incident = incidentOf(view)
    expect(incident).toMatchObject({ code, message: expect.stringContaining('localhost') })
    answerOfPeer = (_request, response) => void response.end('{"fine":true}')
    expect(await retry(view.id, incident.step)).toMatchObject({
      status: 'completed',
      output: { body: { fine: true } },
    })
  })

  it('answers 5 MB is kept whole, in the run and on the way to the next step', async () => {
    const large = 'ü'.repeat(2_500_000)
    answerOfPeer = (_request, response) => void response.end(JSON.stringify({ large }))
    await product.publish(
      draw({
        id: 'large',
        nodes: [
          { id: 'shape', type: 'data.map', inputs: { copy: { var: 'call.body.large' } } },
          { id: 'call', type: 'http.request', config: { url: `http://localhost:${peer.port}/` } },
        ],
        edges: ['start.out > call', 'call.ok > shape', 'call.status > shape', 'shape.out > end'],
      }),
    )
    const id = (await product.run('large', {})).id
    const answer = await product.send('GET', `/runs/${id}`)
    expect(answer.body['status']).toBe('completed')
    expect(answer.body['output']).toEqual({ copy: large })
  })
})

it('[R161] nothing of all this wrote a person into the log, or was a fault of the product', () => {
  const log = product.logged.join('')
  for (const personal of ['ABCPE1234F', 'NO-SUCH-PAN', 'asha@example.com', 'Asha'])
    expect(log).not.toContain(personal)
  expect(log).not.toContain('"event":"fault"')
})

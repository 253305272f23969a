import { createServer, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { ResolvedConnection } from '#core/ports.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { createMailService } from '#engine/adapters/mail/create-mail-service.ts'
import { bureauReport, reservedPans } from '#engine/adapters/sandbox/bureau-report.ts'
import { startSandbox } from '#engine/adapters/sandbox/start-sandbox.ts'
import { createSmsService } from '#engine/adapters/sms/create-sms-service.ts'

const sandbox = await startSandbox({ now: () => 1_000 })
const connections = new Map<string, ResolvedConnection>(
  sandbox.connections.map((view) => [view.name, { ...view, secret: null }]),
)
const resolveConnection = (name: string) => connections.get(name)
const http = createHttpService({ resolveConnection, allow: sandbox.origins })
const mail = createMailService({ resolveConnection, connectTimeout: 1_000 })
const sms = createSmsService({ http })
afterAll(() => Promise.all([http.close(), sandbox.close()]))
beforeEach(() => sandbox.clear())

const ask = (pan: string, idempotencyKey?: string) =>
  http.request({
    connection: 'bureau',
    path: '/reports',
    json: { product: 'consumer', applicant: { pan } },
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })

describe('the bureau', () => {
  it('gives the same report for a PAN each time, and none to people without history', async () => {
    const first = (await ask('ABCPS1234F')).json()
    expect(first).toMatchObject({ hit: true, report: { score: 782, obligations: 8_500 } })
    expect((await ask('abcps1234f')).json()).toEqual(first)
    expect((await ask('EFGPM9012Z')).json()).toMatchObject({ hit: false, report: null })
    expect((await ask('nonsense')).status).toBe(422)
  })

  it('[R125] answers one key without charging it again', async () => {
    await ask('ABCPS1234F', 'run:bureau:1')
    await ask('ABCPS1234F', 'run:bureau:1')
    await ask('ABCPS1234F', 'run:bureau:2')
    expect(sandbox.bureauCalls().map((call) => call.charged)).toEqual([true, false, true])
  })

  it('fails as it is switched', async () => {
    sandbox.set({ failure: 'server-error' })
    await expect(ask('ABCPS1234F')).rejects.toMatchObject({ code: 'HTTP_STATUS' })
    sandbox.set({ failure: 'malformed' })
    const malformed = await ask('ABCPS1234F')
    expect(() => malformed.json()).toThrow('text/html')
    sandbox.set({ failure: 'drop' })
    await expect(ask('ABCPS1234F')).rejects.toMatchObject({ code: 'HTTP_UNREACHABLE' })
    sandbox.set({ failure: 'no-hit' })
    expect((await ask('ABCPS1234F')).json()).toMatchObject({ hit: false })
    expect(sandbox.set({ failure: 'none', latencyMs: 60_000 })).toEqual({
      failure: 'none',
      latencyMs: 60_000,
    })
    const late = http.request({
      connection: 'bureau',
      path: '/reports',
      json: {},
      signal: AbortSignal.timeout(30),
    })
    await expect(late).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('keeps every report within its ranges', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'),
      minLength: 5,
      maxLength: 5,
    })
    fc.assert(
      fc.property(letters, fc.integer({ min: 1000, max: 9999 }), (name, number) => {
        const report = bureauReport(`${name}${number}K`)
        expect(bureauReport(`${name}${number}K`)).toEqual(report)
        if (!report) return
        expect(report.score).toBeGreaterThanOrEqual(300)
        expect(report.score).toBeLessThanOrEqual(900)
        expect(report.openAccounts).toBeLessThanOrEqual(report.accounts)
        expect(report.utilisation).toBeLessThanOrEqual(1)
      }),
    )
    expect(Object.keys(reservedPans)).toHaveLength(4)
  })
})

describe('mail', () => {
  it('[R125] arrives with its subject, text and HTML, once for one key', async () => {
    const letter = {
      connection: 'email',
      to: 'rahul@example.in',
      subject: 'Your loan\r\nBcc: thief@example.org',
      text: 'Dear Rahul,\n₹ 5,00,000 is approved.',
      html: '<p>Dear Rahul</p>',
      idempotencyKey: 'run:mail:1',
    }
    const { messageId } = await mail.send(letter)
    expect((await mail.send(letter)).messageId).toBe(messageId)
    expect(sandbox.messages()).toEqual([
      {
        id: messageId,
        channel: 'email',
        at: 1_000,
        from: '"Metis Finance" <loans@metis.invalid>',
        to: 'rahul@example.in',
        subject: 'Your loan Bcc: thief@example.org',
        text: 'Dear Rahul,\n₹ 5,00,000 is approved.',
        html: '<p>Dear Rahul</p>',
      },
    ])
  })

  it('[R126] goes to one recipient only', async () => {
    for (const to of ['', 'rahul', 'a@b.in, c@d.in', 'Rahul <a@b.in>', 'a@b.in\nBcc: c@d.in'])
      await expect(
        mail.send({ connection: 'email', to, subject: '', text: '' }),
      ).rejects.toMatchObject({ code: 'MAIL_RECIPIENT' })
    expect(sandbox.messages()).toEqual([])
  })

  it('names the connection whose server is dead, mute or misspelt', async () => {
    const mute = createServer()
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    const letter = { to: 'rahul@example.in', subject: 'x', text: 'x' }
    const at = (name: string, address: string): void =>
      void connections.set(name, { name, kind: 'smtp', address, settings: {}, secret: null })
    at('mute', `smtp://127.0.0.1:${port}`)
    await expect(
      createMailService({ resolveConnection, connectTimeout: 50 }).send({
        ...letter,
        connection: 'mute',
      }),
    ).rejects.toMatchObject({ name: 'RetryableError', code: 'MAIL_UNREACHABLE' })
    await new Promise((resolve) => mute.close(resolve))
    at('dead', `smtp://127.0.0.1:${port}`)
    await expect(mail.send({ ...letter, connection: 'dead' })).rejects.toMatchObject({
      name: 'RetryableError',
      code: 'MAIL_UNREACHABLE',
      params: { connection: 'dead' },
    })
    at('odd', 'http://127.0.0.1')
    await expect(mail.send({ ...letter, connection: 'odd' })).rejects.toMatchObject({
      code: 'MAIL_SERVER_INVALID',
    })
    await expect(mail.send({ ...letter, connection: 'none' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
    })
  })

  it('[R127] never sends a password to a server without encryption', async () => {
    const open = connections.get('email')
    if (!open) throw new Error('the sandbox has no mail connection')
    connections.set('clear', {
      ...open,
      name: 'clear',
      settings: { user: 'metis' },
      secret: 'geheim',
    })
    await expect(
      mail.send({ connection: 'clear', to: 'rahul@example.in', subject: 'x', text: 'x' }),
    ).rejects.toMatchObject({ params: { connection: 'clear' } })
    expect(sandbox.messages()).toEqual([])
  })
})

describe('SMS', () => {
  it('[R125] arrives once for one key, its number without spaces', async () => {
    const note = { connection: 'sms', to: '+91 98765 43210', text: 'Approved', idempotencyKey: 'k' }
    const { messageId } = await sms.send(note)
    expect(messageId).not.toBe('')
    expect((await sms.send(note)).messageId).toBe(messageId)
    expect(sandbox.messages()).toMatchObject([
      { channel: 'sms', to: '+919876543210', text: 'Approved' },
    ])
  })

  it('refuses what is no number and what the gateway does not take', async () => {
    await expect(sms.send({ connection: 'sms', to: 'Rahul', text: 'x' })).rejects.toMatchObject({
      code: 'SMS_RECIPIENT',
    })
    await expect(sms.send({ connection: 'sms', to: '9876543210', text: '' })).rejects.toMatchObject(
      { code: 'SMS_REFUSED', params: { status: 422 } },
    )
  })
})

it('forgets the oldest messages', async () => {
  for (let count = 0; count < 505; count++)
    await sms.send({ connection: 'sms', to: '9876543210', text: String(count) })
  const texts = sandbox.messages().map((message) => message.text)
  expect(texts).toHaveLength(500)
  expect(texts[0]).toBe('5')
})

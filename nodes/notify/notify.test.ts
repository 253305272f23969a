import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import type { ResolvedConnection } from '#core/ports.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { createMailService } from '#engine/adapters/mail/create-mail-service.ts'
import { startSandbox } from '#engine/adapters/sandbox/start-sandbox.ts'
import { createSmsService } from '#engine/adapters/sms/create-sms-service.ts'
import { notifyEmail } from '#nodes/notify/email/node.ts'
import { notifySms } from '#nodes/notify/sms/node.ts'

const sandbox = await startSandbox()
const connections = new Map<string, ResolvedConnection>(
  sandbox.connections.map((view) => [view.name, { ...view, secret: null }]),
)
const resolveConnection = (name: string) => connections.get(name)
const http = createHttpService({ resolveConnection, allow: sandbox.origins })
const use = { mail: createMailService({ resolveConnection }), sms: createSmsService({ http }) }
afterAll(() => Promise.all([http.close(), sandbox.close()]))
beforeEach(() => sandbox.clear())

describe('notify.email', () => {
  const send = (connection: string, inputs: { to: string; name?: string }) =>
    runNode(notifyEmail, {
      config: { connection, subject: 'Your loan, {{name}}', text: 'Dear {{name}}' },
      inputs,
      use,
      idempotencyKey: 'run:mail:1',
    })

  it('fills its template and sends', async () => {
    const left = await send('email', { to: 'rahul@example.in', name: 'Rahul' })
    expect(left).toEqual({ port: 'sent', value: { messageId: expect.any(String) } })
    expect(sandbox.messages()).toMatchObject([
      { to: 'rahul@example.in', subject: 'Your loan, Rahul', text: 'Dear Rahul' },
    ])
  })

  it('[R128] sends nothing where a value is missing', async () => {
    await expect(send('email', { to: 'rahul@example.in' })).rejects.toMatchObject({
      code: 'LETTER_VALUE_MISSING',
      params: { placeholder: 'name' },
    })
    expect(sandbox.messages()).toEqual([])
  })

  it('names a dead server', async () => {
    connections.set('dead', {
      name: 'dead',
      kind: 'smtp',
      address: 'smtp://127.0.0.1:1',
      settings: {},
      secret: null,
    })
    await expect(send('dead', { to: 'rahul@example.in', name: 'R' })).rejects.toMatchObject({
      name: 'RetryableError',
      code: 'MAIL_UNREACHABLE',
      params: { connection: 'dead' },
    })
  })
})

describe('notify.sms', () => {
  it('fills its template and sends', async () => {
    const left = await runNode(notifySms, {
      config: { connection: 'sms', text: 'Loan of {{offer.amount | rupees}} approved' },
      inputs: { to: '9876543210', offer: { amount: 500_000 } },
      use,
    })
    expect(left.port).toBe('sent')
    expect(sandbox.messages()).toMatchObject([
      { channel: 'sms', to: '9876543210', text: 'Loan of ₹ 5,00,000 approved' },
    ])
  })
})

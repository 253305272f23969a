import { randomUUID } from 'node:crypto'
import type { BureauSwitches, SandboxMessage } from '#core/api/sandbox-views.ts'
import type { ConnectionView } from '#core/api/views.ts'
import { startBureau, type BureauCall } from '#engine/adapters/sandbox/bureau-server.ts'
import { startJsonServer } from '#engine/adapters/sandbox/json-server.ts'
import { createAnswers, createKept } from '#engine/adapters/sandbox/kept.ts'
import { startMailServer } from '#engine/adapters/sandbox/mail-server.ts'

/** A bureau, a mail server and an SMS gateway on loopback: real servers for work without the outside world. */
export interface Sandbox {
  /** `bureau`, `email` and `sms`. */
  readonly connections: readonly ConnectionView[]
  /** For the address guard: exactly these may be reached. */
  readonly origins: readonly string[]
  /** What was sent, oldest first, the last 500. */
  messages(): readonly SandboxMessage[]
  switches(): BureauSwitches
  /** Switches that are left out stay as they are. */
  set(switches: { [K in keyof BureauSwitches]?: BureauSwitches[K] | undefined }): BureauSwitches
  bureauCalls(): readonly BureauCall[]
  /** Forgets messages and calls and turns the switches back. */
  clear(): void
  close(): Promise<void>
}

export async function startSandbox(
  options: {
    /** @default Date.now */
    readonly now?: () => number
    /** Told of arrivals, without who or what. */
    readonly log?: (event: 'sandbox.email' | 'sandbox.sms') => void
  } = {},
): Promise<Sandbox> {
  const now = options.now ?? Date.now
  const messages = createKept<SandboxMessage>(500)
  const known = createAnswers<string>(5000)
  const bureau = await startBureau(now)
  const mail = await startMailServer((message) => {
    // The message id comes from the effect's key: a second delivery of one mail is shown once.
    if (messages.all().some((one) => one.channel === 'email' && one.id === message.id)) return
    messages.add({ ...message, id: message.id || randomUUID(), channel: 'email', at: now() })
    options.log?.('sandbox.email')
  })
  const sms = await startJsonServer('/messages', async ({ to, text }, key) => {
    if (typeof to !== 'string' || typeof text !== 'string' || text === '')
      return { status: 422, body: { error: 'to and text are needed' } }
    const before = known.get(key)
    const id = before ?? randomUUID()
    if (before === undefined) {
      messages.add({
        id,
        channel: 'sms',
        at: now(),
        from: 'METIS',
        to,
        subject: '',
        text,
        html: null,
      })
      options.log?.('sandbox.sms')
    }
    known.add(key, id)
    return { status: 201, body: { id } }
  })
  const connection = (
    name: string,
    kind: ConnectionView['kind'],
    address: string,
    settings: ConnectionView['settings'] = {},
  ): ConnectionView => ({ name, kind, address, settings, secret: null, source: 'sandbox' })

  return {
    connections: [
      connection('bureau', 'bureau', `${bureau.origin}/v1`),
      connection('email', 'smtp', mail.address, {
        from: 'Metis Finance <loans@metis.invalid>',
        tls: 'off',
      }),
      connection('sms', 'sms', sms.origin),
    ],
    origins: [bureau.origin, sms.origin],
    messages: messages.all,
    switches: bureau.switches,
    set: bureau.set,
    bureauCalls: bureau.calls,
    clear: () => {
      bureau.clear()
      messages.clear()
      known.clear()
    },
    close: async () => {
      await Promise.all([bureau.close(), mail.close(), sms.close()])
    },
  }
}

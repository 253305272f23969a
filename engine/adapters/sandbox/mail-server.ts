import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { callbackify } from 'node:util'
import type { AddressObject } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { SandboxMessage } from '#core/api/sandbox-views.ts'

export interface MailServer {
  /** `smtp://127.0.0.1:port` */
  readonly address: string
  close(): Promise<void>
}

/** A mail server on a free loopback port that takes every mail and passes it on to `deliver`. */
export async function startMailServer(
  deliver: (mail: Omit<SandboxMessage, 'at' | 'channel'>) => void,
): Promise<MailServer> {
  const receive = callbackify(async (stream: Readable): Promise<void> => {
    // Loaded with the first mail: it would cost every start a quarter of a second.
    const { simpleParser } = await import('mailparser')
    const mail = await simpleParser(stream, { skipImageLinks: true })
    deliver({
      id: mail.messageId ?? '',
      from: addresses(mail.from),
      to: addresses(mail.to),
      subject: mail.subject ?? '',
      text: mail.text?.trimEnd() ?? '',
      html: mail.html || null,
    })
  })
  const server = new SMTPServer({
    name: 'sandbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 5_000_000,
    logger: false,
    onData: (stream, _session, done) => receive(stream, (error) => done(error)),
  })
  // A client that goes away in the middle is its own affair.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    address: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const addresses = (field: AddressObject | AddressObject[] | undefined): string =>
  [field ?? []]
    .flat()
    .map((one) => one.text)
    .join(', ')

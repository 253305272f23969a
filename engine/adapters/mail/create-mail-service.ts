import { createHash } from 'node:crypto'
import { createTransport, type Transporter } from 'nodemailer'
import { MetisError, RetryableError, TerminalError } from '#core/errors.ts'
import type { MailService } from '#core/node/services.ts'
import type { ResolveConnection, ResolvedConnection } from '#core/ports.ts'

export interface MailAdapter extends MailService {
  /** The same with other connections: those of a tenant. */
  for(resolveConnection: ResolveConnection): MailService
}

/**
 * Mail over SMTP. Of the connection: the address `smtp://host:port` or `smtps://host:port`,
 * `settings.from` (sender), `settings.user` with the secret as password, and `settings.tls` `off`
 * for a server without encryption.
 */
export function createMailService(options: {
  readonly resolveConnection: ResolveConnection
  /** Longest time to connect and to be greeted, ms. @default 10_000 */
  readonly connectTimeout?: number
}): MailAdapter {
  const bound = (resolve: ResolveConnection): MailService => ({
    async send({ connection: name, to, subject, text, html, idempotencyKey, signal }) {
      signal?.throwIfAborted()
      if (!isAddress(to)) throw new TerminalError('MAIL_RECIPIENT')
      const connection = await resolve(name)
      if (!connection) throw new TerminalError('CONNECTION_UNKNOWN', { connection: name })
      const transport = transportOf(connection, options.connectTimeout ?? 10_000)
      const sending = transport.sendMail({
        from: String(connection.settings['from'] ?? 'Metis <no-reply@metis.invalid>'),
        to,
        subject: subject.replaceAll(/\s+/g, ' '),
        text,
        ...(html === undefined ? {} : { html }),
        ...(idempotencyKey === undefined ? {} : { messageId: messageIdOf(idempotencyKey) }),
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      try {
        const { messageId } = await unlessAborted(sending, signal)
        return { messageId }
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        throw failure(name, error)
      } finally {
        transport.close()
      }
    },
  })
  return { ...bound(options.resolveConnection), for: bound }
}

/** One plain address: a list or a name with brackets would let a value add recipients. */
const isAddress = (to: string): boolean => /^[^\s@,;:<>()"[\]]+@[^\s@,;:<>()"[\]]+$/.test(to)

const messageIdOf = (key: string): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@metis.invalid>`

function transportOf(connection: ResolvedConnection, connectTimeout: number): Transporter {
  const invalid = new TerminalError('MAIL_SERVER_INVALID', { connection: connection.name })
  if (!URL.canParse(connection.address)) throw invalid
  const { protocol, hostname, port } = new URL(connection.address)
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw invalid
  const secure = protocol === 'smtps:'
  const plain = connection.settings['tls'] === 'off'
  const user = connection.settings['user']
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ignoreTLS: plain,
    connectionTimeout: connectTimeout,
    greetingTimeout: connectTimeout,
    socketTimeout: 30_000,
    ...(connection.secret !== null && user !== undefined
      ? // A password never goes over the wire in the clear, unless the connection says so.
        { auth: { user: String(user), pass: connection.secret }, requireTLS: !secure && !plain }
      : {}),
  })
}

function unlessAborted<T>(job: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return job
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    job.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** 4yz of SMTP means "later", 5yz "never" (RFC 5321 §4.2.1). The server's text may quote the recipient, so only codes are told. */
function failure(connection: string, error: unknown): MetisError {
  if (error instanceof MetisError) return error
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number }
  const detail = responseCode === undefined ? code : `${code} ${responseCode}`
  if (responseCode !== undefined && responseCode >= 500)
    return new TerminalError('MAIL_REFUSED', { connection, detail })
  if (responseCode !== undefined && responseCode >= 400)
    return new RetryableError('MAIL_BUSY', { connection, detail })
  return new RetryableError('MAIL_UNREACHABLE', { connection, detail })
}

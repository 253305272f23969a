import { TerminalError } from '#core/errors.ts'
import type { HttpRequest } from '#core/node/services.ts'
import { parseHttpUrl } from '#engine/adapters/http/parse-url.ts'
import type { ResolveConnection, ResolvedConnection } from '#core/ports.ts'

export interface RequestTarget {
  readonly url: URL
  /** How errors name the peer: never with path or query, which may hold personal data. */
  readonly label: string
  /** Sent to the connection's own origin only. */
  readonly credentials: Readonly<Record<string, string>>
}

/** @throws TerminalError CONNECTION_UNKNOWN, HTTP_ADDRESS_INVALID */
export async function requestTarget(
  request: HttpRequest,
  resolve: ResolveConnection,
): Promise<RequestTarget> {
  if (request.connection === undefined) {
    const url = parse(request.url ?? '', 'the request')
    return { url, label: url.host, credentials: {} }
  }
  const connection = await resolve(request.connection)
  if (!connection) throw new TerminalError('CONNECTION_UNKNOWN', { connection: request.connection })
  const label = `connection "${connection.name}"`
  const base = parse(connection.address, label)
  const folder = base.pathname.replace(/\/$/, '')
  const path = request.path ?? ''
  const url = parse(
    `${base.origin}${folder}${path === '' || /^[/?]/.test(path) ? '' : '/'}${path}`,
    label,
  )
  if (path === '') url.search = base.search
  // A path put together from values must not climb out of the connection's address.
  if (url.origin !== base.origin || !`${url.pathname}/`.startsWith(`${folder}/`))
    throw new TerminalError('HTTP_ADDRESS_INVALID', { target: label })
  return { url, label, credentials: credentialsOf(connection) }
}

function parse(address: string, target: string): URL {
  const url = parseHttpUrl(address)
  if (!url || url.username !== '' || url.password !== '')
    throw new TerminalError('HTTP_ADDRESS_INVALID', { target })
  return url
}

/** `settings.auth`: `bearer` (the default), `basic` with `settings.user`, or `header` with `settings.header`. */
function credentialsOf({ secret, settings }: ResolvedConnection): Record<string, string> {
  if (secret === null) return {}
  if (settings['auth'] === 'header')
    return { [String(settings['header'] ?? 'x-api-key').toLowerCase()]: secret }
  if (settings['auth'] === 'basic') {
    const pair = Buffer.from(`${String(settings['user'] ?? '')}:${secret}`).toString('base64')
    return { authorization: `Basic ${pair}` }
  }
  return { authorization: `Bearer ${secret}` }
}

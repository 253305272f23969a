import { request as send, type Dispatcher } from 'undici'
import { MetisError, RetryableError, TerminalError } from '#core/errors.ts'
import type { HttpRequest, HttpResponse, HttpService } from '#core/node/services.ts'
import type { ResolveConnection } from '#core/ports.ts'
import { createAddressGuard } from '#engine/adapters/http/address-guard.ts'
import { createGuardedAgent, type Lookup } from '#engine/adapters/http/guarded-agent.ts'
import { httpResponse, readBody } from '#engine/adapters/http/http-response.ts'
import { parseHttpUrl } from '#engine/adapters/http/parse-url.ts'
import { requestTarget, type RequestTarget } from '#engine/adapters/http/request-target.ts'
import { retryAfter } from '#engine/adapters/http/retry-after.ts'

export interface HttpOptions {
  readonly resolveConnection: ResolveConnection
  /** Hosts, hosts with port or exact origins that may be reached although their address is not public. */
  readonly allow?: readonly string[]
  /** Largest answer, bytes. @default 10 MiB */
  readonly maxBytes?: number
  readonly lookup?: Lookup
  /** @default Date.now */
  readonly now?: () => number
}

/** One agent with its pooled sockets for the whole product; `for` binds it to who resolves connections. */
export interface HttpAdapter extends HttpService {
  /** The same agent and guard with other connections: those of a tenant. */
  for(resolveConnection: ResolveConnection): HttpService
  close(): Promise<void>
}

const maxRedirects = 5
const redirects = new Set([301, 302, 303, 307, 308])

/** Outbound HTTP through the address guard; redirects are followed and checked like first requests. */
export function createHttpService(options: HttpOptions): HttpAdapter {
  const agent = createGuardedAgent(createAddressGuard(options.allow ?? []), options.lookup)
  const scope = {
    agent,
    maxBytes: options.maxBytes ?? 10 * 2 ** 20,
    now: options.now ?? Date.now,
  }
  const bound = (resolve: ResolveConnection): HttpService => ({
    async request(request) {
      request.signal?.throwIfAborted()
      return exchange(request, await requestTarget(request, resolve), scope)
    },
  })
  return {
    ...bound(options.resolveConnection),
    for: bound,
    close: () => agent.destroy(),
  }
}

interface ExchangeScope {
  readonly agent: Dispatcher
  readonly maxBytes: number
  readonly now: () => number
}

async function exchange(
  request: HttpRequest,
  target: RequestTarget,
  scope: ExchangeScope,
): Promise<HttpResponse> {
  const { label } = target
  const body = request.json === undefined ? undefined : JSON.stringify(request.json)
  let { url } = target
  let method = request.method ?? (body === undefined ? 'GET' : 'POST')
  let sendsBody = body !== undefined
  let own = { ...lowerCase(request.headers ?? {}), ...target.credentials }
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await attempt(label, request.signal, () =>
      send(url, {
        dispatcher: scope.agent,
        method,
        headers: {
          accept: 'application/json, */*;q=0.5',
          'user-agent': 'metis',
          ...own,
          ...(sendsBody ? { 'content-type': 'application/json' } : {}),
          ...(request.idempotencyKey ? { 'idempotency-key': request.idempotencyKey } : {}),
        },
        body: sendsBody ? (body ?? null) : null,
        signal: request.signal ?? null,
      }),
    )
    const { statusCode: status, headers } = response
    const location = headers['location']
    if (!redirects.has(status) || typeof location !== 'string') {
      const text = await attempt(label, request.signal, () =>
        readBody(response.body, { label, limit: scope.maxBytes }),
      )
      const answer = httpResponse({ status, headers, text, label })
      if (status === 429)
        throw new RetryableError('HTTP_RATE_LIMITED', { target: label }, retryAfter(answer, scope))
      if (status >= 500 || status === 408)
        throw new RetryableError(
          'HTTP_STATUS',
          { target: label, status },
          retryAfter(answer, scope),
        )
      return answer
    }
    await response.body.dump()
    const next = parseHttpUrl(location, url)
    if (!next)
      throw new TerminalError('HTTP_ADDRESS_INVALID', { target: `the redirect of ${label}` })
    if (status === 303 || (status < 303 && method === 'POST')) {
      method = 'GET'
      sendsBody = false
    }
    if (next.origin !== url.origin) {
      // What was meant for one peer is not shown to another.
      if (sendsBody)
        throw new TerminalError('HTTP_REDIRECTED_AWAY', { target: label, host: next.host })
      own = {}
    }
    url = next
  }
  throw new TerminalError('HTTP_TOO_MANY_REDIRECTS', { target: label, limit: maxRedirects })
}

/** Network failures as RetryableError; refusals and the signal's reason as they are. */
async function attempt<T>(
  label: string,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof MetisError) throw error
    throw new RetryableError('HTTP_UNREACHABLE', { target: label, detail: causeOf(error) })
  }
}

/** A system code such as ECONNREFUSED, never a message that could quote what was sent. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? error.name : causeOf(error.cause)
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import type { Logger } from 'pino'
import { type MetisError, TerminalError } from '#core/errors.ts'
import { createOpenApi } from '#core/api/openapi.ts'
import { routes } from '#core/api/routes.ts'
import { answerError } from '#engine/server/answer-error.ts'
import { designerFiles, readIndex } from '#engine/server/designer-files.ts'
import { createLive } from '#engine/server/live.ts'
import { createMetrics, type Metrics } from '#engine/server/metrics.ts'
import { requestLog } from '#engine/server/request-log.ts'
import { createRouter } from '#engine/server/router.ts'
import {
  contentSecurityPolicy,
  inlineScriptHashes,
  securityHeaders,
} from '#engine/server/security-headers.ts'
import type { NamedToken } from '#engine/server/named-tokens.ts'
import { createSessions } from '#engine/server/sessions.ts'
import type { ServerContext } from '#engine/server/context.ts'

export interface ServerOptions extends Omit<ServerContext, 'sessions' | 'openApi'> {
  /** 0 takes a free one. */
  readonly port: number
  /** @default '127.0.0.1' */
  readonly host?: string
  /** Guards API and live events. */
  readonly token: string
  /** Further tokens with names. @default none */
  readonly namedTokens?: readonly NamedToken[]
  /** The built designer. */
  readonly designer: string
  readonly version: string
  readonly log: Logger
  /** ms since the epoch @default Date.now */
  readonly now?: () => number
}

export interface Server {
  /** `http://127.0.0.1:4400` */
  readonly url: string
  /** The same with a token that signs a browser in once. */
  readonly signInUrl: string
  /** Answers what is under way, then closes. */
  close(): Promise<void>
}

/** ms for what is under way at the end. */
const graceMs = 5_000

interface Health {
  closing(): boolean
  /** Why the engine takes nothing any more. */
  failure(): MetisError | undefined
  readonly metrics: Metrics
}

function addHealth(app: Express, { closing, failure, metrics }: Health): void {
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  app.get('/readyz', (_request, response) => {
    const failed = failure()
    if (failed)
      response.status(503).json({ status: 'failed', code: failed.code, detail: failed.message })
    else response.status(closing() ? 503 : 200).json({ status: closing() ? 'closing' : 'ready' })
  })
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text())
  })
}

const listen = (http: ReturnType<typeof createHttpServer>, port: number, host: string) =>
  new Promise<AddressInfo>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE' ? new TerminalError('PORT_IN_USE', { port }, { cause }) : cause,
      ),
    )
    // Listening on a port, never on a pipe: the address is an object.
    http.listen(port, host, () => resolve(http.address() as AddressInfo))
  })

/** The API, live events, the designer and the health of one engine. @throws TerminalError PORT_IN_USE */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { engine, log, token, host = '127.0.0.1' } = options
  let port = options.port
  let closing = false
  const sessions = createSessions({
    token,
    named: options.namedTokens ?? [],
    cookieName: () => `metis_session_${port}`,
    now: options.now ?? Date.now,
  })
  const openApi = createOpenApi(routes, { title: 'metis', version: options.version })
  const index = readIndex(options.designer)
  const metrics = createMetrics(engine)

  const app = express()
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple')
  app.use(requestLog(log))
  app.use(securityHeaders(contentSecurityPolicy(inlineScriptHashes(index ?? ''))))
  addHealth(app, { closing: () => closing, failure: () => engine.failure(), metrics })
  app.use('/api/v1', createRouter({ ...options, sessions, openApi }))
  app.use(designerFiles(options.designer, index))
  app.use(answerError(log))

  const http = createHttpServer(app)
  const live = createLive(http, { engine, sessions, tenant: 'default' })
  port = (await listen(http, port, host)).port
  const name = host.includes(':') ? `[${host}]` : host
  const url = `http://${name === '0.0.0.0' ? '127.0.0.1' : name}:${port}`
  return {
    url,
    signInUrl: `${url}/?signin=${sessions.oneTime}`,
    async close() {
      closing = true
      metrics.close()
      const force = setTimeout(() => http.closeAllConnections(), graceMs)
      http.closeIdleConnections()
      // Closes the HTTP server too, once its requests are answered.
      await live.close()
      clearTimeout(force)
    },
  }
}

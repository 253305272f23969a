import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/** One line for each request: method, pattern, status, time. No address, query or body, for those may name people. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const began = performance.now()
    response.once('finish', () => {
      const route: unknown = request.route
      const path = route && typeof route === 'object' && 'path' in route ? route.path : null
      log.debug({
        event: 'request',
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
      })
    })
    next()
  }

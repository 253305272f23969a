import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { MetisError } from '#core/errors.ts'
import { discardBody } from '#engine/server/read-body.ts'
import { problemOf } from '#engine/server/problem.ts'
import { RequestError } from '#engine/server/request-error.ts'

/** What the log may hold of a fault: a parser quotes the text that it could not read, so its message stays out. */
const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        type: error.name,
        ...(error instanceof MetisError ? { code: error.code } : {}),
        stack:
          error instanceof SyntaxError
            ? error.stack?.slice(error.stack.indexOf('\n    at '))
            : error.stack,
      }
    : { type: typeof error }

/** Express and its router mark errors of the address (`%ZZ`) with a status. */
const asRequestError = (error: unknown): unknown =>
  error instanceof URIError
    ? new RequestError('REQUEST_INVALID', 400, { params: { detail: 'address' } })
    : error

/** Every error as problem+json. */
export const answerError =
  (log: Logger): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    const error = asRequestError(thrown)
    const { problem, retryAfter, reference } = problemOf(error)
    if (reference !== null) log.error({ event: 'fault', reference, ...faultOf(error) })
    if (response.headersSent) return next(error)
    if (retryAfter !== undefined) response.set('retry-after', String(retryAfter))
    if (problem.status === 401) response.set('www-authenticate', 'Bearer')
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
    discardBody(request)
  }

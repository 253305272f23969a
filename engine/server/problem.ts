import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { MetisError, RetryableError, ValidationError } from '#core/errors.ts'
import { sentence, type MessageCode } from '#core/messages/catalogue.ts'
import { RequestError } from '#engine/server/request-error.ts'
import type { Problem } from '#core/api/views.ts'

/** Statuses of what the engine throws; a ValidationError is 422 and anything unknown 500. */
const statuses: { readonly [C in MessageCode]?: number } = {
  NOT_FOUND: 404,
  SANDBOX_OFF: 404,
  FORBIDDEN: 403,
  DRAFT_CONFLICT: 409,
  NOT_PUBLISHED: 409,
  DECISION_NOT_PUBLISHED: 409,
  CASE_CONFLICT: 409,
  RUN_ENDED: 409,
  RUN_UNDOING: 409,
  STEP_NOT_RETRYABLE: 409,
  STEP_NOT_OPEN: 409,
  STEP_UNDECIDED: 409,
  EXPLANATION_TOO_LARGE: 409,
  TASK_CLOSED: 409,
  RUN_SUSPENDED: 409,
  REWIND_REFUSED: 409,
  MIGRATION_REFUSED: 409,
  MIGRATION_NEEDLESS: 409,
  MIGRATION_FINAL: 409,
  BULK_APPLIED: 409,
  BULK_STALE: 409,
  STEP_NOT_FAILABLE: 409,
  CASE_ERASED: 410,
  CASE_OPEN: 409,
  CASE_UNKNOWN: 404,
  ERASE_UNCONFIRMED: 422,
  BULK_EMPTY: 422,
  BULK_TOO_MANY: 422,
  SKIP_NEEDS_VALUE: 422,
  VALUE_OF_UNVISITED: 422,
  VERSION_UNKNOWN: 422,
  PORT_UNKNOWN: 422,
  OUTCOME_UNKNOWN: 422,
  DOCUMENT_INVALID: 422,
  DECISION_UNKNOWN: 422,
  FILE_OUTSIDE: 422,
  FILE_UNREADABLE: 422,
  MESSAGE_KEPT_TOO_LONG: 422,
  CALENDAR_INVALID: 422,
  CALENDAR_NEVER_OPEN: 422,
  CONNECTION_INVALID: 422,
  CONNECTION_UNKNOWN: 422,
  ENGINE_CLOSED: 503,
  OVERLOADED: 429,
  MESSAGES_FULL: 429,
  STORAGE_FULL: 503,
  STORAGE_FAILED: 503,
  STORAGE_DAMAGED: 503,
}

function statusOf(error: MetisError): number {
  if (error instanceof RequestError) return error.status
  const known = statuses[error.code]
  if (known !== undefined) return known
  return error instanceof ValidationError ? 422 : 500
}

const findingsOf = (error: MetisError): Pick<Problem, 'findings'> =>
  (error instanceof ValidationError || error instanceof RequestError) && error.findings
    ? { findings: [...error.findings] }
    : {}

const make = (status: number, code: string, detail: string): Problem => ({
  type: `urn:metis:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail,
})

export interface Answer {
  readonly problem: Problem
  readonly retryAfter: number | undefined
  /** Set where the error is a fault of ours: what the log has to name. */
  readonly reference: string | null
}

/** The answer to an error, RFC 9457. What the caller cannot mend tells no more than a reference into the log. */
export function problemOf(error: unknown): Answer {
  if (!(error instanceof MetisError)) {
    const reference = randomUUID()
    const problem = make(500, 'INTERNAL', sentence('INTERNAL', { reference }))
    return { problem, retryAfter: undefined, reference }
  }
  const status = statusOf(error)
  const after = error instanceof RetryableError ? error.after : undefined
  return {
    problem: {
      ...make(status, error.code, error.message),
      params: { ...error.params },
      ...findingsOf(error),
    },
    retryAfter:
      error instanceof RequestError
        ? error.retryAfter
        : after === undefined
          ? undefined
          : Math.ceil(after / 1000),
    reference: status >= 500 ? randomUUID() : null,
  }
}

import { MetisError } from '#core/errors.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

/** A request that the server itself refuses, with its HTTP status. */
export class RequestError extends MetisError {
  readonly status: number
  readonly findings: readonly Finding[] | undefined
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined
  constructor(
    code: MessageCode,
    status: number,
    options: {
      params?: MessageParams
      findings?: readonly Finding[]
      retryAfter?: number
    } = {},
  ) {
    super(code, options.params)
    this.status = status
    this.findings = options.findings
    this.retryAfter = options.retryAfter
  }
}

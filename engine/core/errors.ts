import type { Finding } from '#core/graph/finding.ts'
import { sentence, type MessageCode, type MessageParams } from '#core/messages/catalogue.ts'

/** Errors split by what the caller does. Each has a code from the message catalogue and says what, where and what to do. */
export class MetisError extends Error {
  readonly code: MessageCode
  readonly params: MessageParams
  constructor(code: MessageCode, params: MessageParams = {}, options?: ErrorOptions) {
    super(sentence(code, params), options)
    this.name = new.target.name
    this.code = code
    this.params = params
  }
}

/** Trying again cannot help. */
export class TerminalError extends MetisError {}

/** Trying again may help, after `after` ms if the peer said so. */
export class RetryableError extends MetisError {
  readonly after: number | undefined
  constructor(
    code: MessageCode,
    params: MessageParams = {},
    options?: ErrorOptions & { after?: number },
  ) {
    super(code, params, options)
    this.after = options?.after
  }
}

/** The caller's input does not fit; `findings` say where. */
export class ValidationError extends MetisError {
  readonly findings: readonly Finding[]
  constructor(code: MessageCode, findings: readonly Finding[], params: MessageParams = {}) {
    super(code, params)
    this.findings = findings
  }
}

import {
  RetryableError as CoreRetryableError,
  TerminalError as CoreTerminalError,
} from '#core/errors.ts'

/** What a node outside the repository imports as `metis`. */
export { z } from 'zod'
export { connection } from '#core/node/connection.ts'
export { defineNode, type Progress } from '#core/node/define-node.ts'
export { runNode } from '#core/node/run-node.ts'
export type { Json, JsonObject } from '#core/json.ts'
export type { BlobRef, HttpResponse, OcrResult, Services } from '#core/node/services.ts'

/** Trying again may help, after `after` ms if the peer said so. Operators read the message: no personal data. */
export class RetryableError extends CoreRetryableError {
  constructor(message: string, options?: ErrorOptions & { after?: number }) {
    super('CUSTOM_NODE_FAILED', { detail: message }, options)
  }
}

/** Trying again cannot help. Operators read the message: no personal data. */
export class TerminalError extends CoreTerminalError {
  constructor(message: string, options?: ErrorOptions) {
    super('CUSTOM_NODE_FAILED', { detail: message }, options)
  }
}

import { RetryableError, TerminalError } from '#core/errors.ts'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

/** What a worker answers to a task, and the bytes that it holds after it. */
export interface Reply {
  readonly held: number
  readonly outcome: Outcome
}

type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'terminal'; readonly code: MessageCode; readonly params: MessageParams }
  | { readonly kind: 'retryable'; readonly code: MessageCode; readonly params: MessageParams }
  | { readonly kind: 'unknown'; readonly error: unknown }

/** An error of the catalogue as data: a clone of one would lose its class. */
export function failed(error: unknown): Outcome {
  if (error instanceof TerminalError)
    return { kind: 'terminal', code: error.code, params: error.params }
  if (error instanceof RetryableError)
    return { kind: 'retryable', code: error.code, params: error.params }
  return { kind: 'unknown', error }
}

/** @throws what the task threw */
export function valueOf(outcome: Outcome): unknown {
  if (outcome.kind === 'value') return outcome.value
  if (outcome.kind === 'terminal') throw new TerminalError(outcome.code, outcome.params)
  if (outcome.kind === 'retryable') throw new RetryableError(outcome.code, outcome.params)
  throw outcome.error
}

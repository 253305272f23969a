import { MetisError, RetryableError, TerminalError, ValidationError } from '#core/errors.ts'
import type { AttemptFailure } from './policy.ts'

/**
 * Errors without a class of ours are taken for passing troubles: whoever knows better throws TerminalError.
 * The sentence may quote data, so it is kept only sealed and never logged.
 */
export function attemptFailure(thrown: unknown): AttemptFailure {
  if (thrown instanceof MetisError) {
    return {
      error: { code: thrown.code, message: thrown.message, params: thrown.params },
      retryable: !(thrown instanceof TerminalError || thrown instanceof ValidationError),
      after: thrown instanceof RetryableError ? thrown.after : undefined,
    }
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    error: { code: 'EFFECT_FAILED', message: `The node failed: ${detail}` },
    retryable: true,
    after: undefined,
  }
}

import { TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'

/** What an imported rule threw. The value may come from a case: it is for a `try` around it and in no message. */
export class ThrownError extends TerminalError {
  readonly value: Json
  constructor(thrown: Json) {
    super('LOGIC_THROWN')
    // A text names the type; a `try` reads it as `type`.
    this.value = typeof thrown === 'string' ? { type: thrown } : thrown
  }
}

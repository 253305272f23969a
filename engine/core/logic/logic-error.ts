import { TerminalError } from '#core/errors.ts'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

/** Something in stored logic that cannot be compiled. */
export interface LogicProblem {
  readonly code: MessageCode
  readonly params: MessageParams
  /** JSON pointer into the logic. */
  readonly place: string
}

/** Logic that does not compile, or failed while evaluating; `place` is a JSON pointer into the logic. */
export class LogicError extends TerminalError {
  readonly place: string
  constructor(problem: LogicProblem) {
    super(problem.code, { ...problem.params, place: problem.place || '/' })
    this.place = problem.place
  }
}

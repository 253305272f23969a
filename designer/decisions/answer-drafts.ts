import type { NestedDecisions } from '#core/decision/compile.ts'
import type { Decision } from '#core/graph/decision.ts'
import { applyDelta, type Delta } from '../document/delta.ts'
import { findIn, type OtherDecisions } from './other-decisions.ts'

/** What a draft thread sends to its worker. */
export interface Asked<Question> {
  readonly number: number
  readonly delta: Delta
  /** Absent where they are as they were for the question before. */
  readonly others?: OtherDecisions
  readonly question: Question
}

/** What the worker sends back. */
export type Told<Answer> =
  | { readonly number: number; readonly answer: Answer }
  /** The question could not be answered; the next one may be. */
  | { readonly number: number; readonly problem: string }

/** The worker's side: answers each question about the decision as it then is, with those that it asks. */
export function answerDrafts<Question, Answer>(
  answer: (
    decision: Decision,
    question: Question,
    nested: NestedDecisions,
  ) => Answer | Promise<Answer>,
): void {
  let known: unknown = null
  let others: OtherDecisions = {}
  addEventListener('message', ({ data }: MessageEvent<Asked<Question>>) => {
    const { number } = data
    const reply = async (): Promise<Told<Answer>> => {
      try {
        known = applyDelta(known, data.delta)
        others = data.others ?? others
        // What arrives was sent by the editor: it is its decision again.
        return { number, answer: await answer(known as Decision, data.question, findIn(others)) }
      } catch (error) {
        return { number, problem: String(error) }
      }
    }
    void reply().then((told) => postMessage(told))
  })
}

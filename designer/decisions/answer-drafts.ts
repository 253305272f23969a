import type { Decision } from '#core/graph/decision.ts'
import { applyDelta, type Delta } from '../document/delta.ts'

/** What a draft thread sends to its worker. */
export interface Asked<Question> {
  readonly number: number
  readonly delta: Delta
  readonly question: Question
}

/** The worker's side: answers each question about the decision as it then is. */
export function answerDrafts<Question, Answer>(
  answer: (decision: Decision, question: Question) => Answer,
): void {
  let known: unknown = null
  addEventListener('message', ({ data }: MessageEvent<Asked<Question>>) => {
    known = applyDelta(known, data.delta)
    // What arrives was sent by the editor: it is its decision again.
    postMessage({ number: data.number, answer: answer(known as Decision, data.question) })
  })
}

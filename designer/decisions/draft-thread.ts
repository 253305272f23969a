import { useEffect, useRef, useState } from 'react'
import type { Decision } from '#core/graph/decision.ts'
import { deltaOf } from '../document/delta.ts'
import type { Asked } from './answer-drafts.ts'
import type { OtherDecisions } from './other-decisions.ts'

/** A draft with the decisions that it asks. */
export interface Draft {
  readonly decision: Decision
  readonly others: OtherDecisions
}

/** Asks a worker about a draft. */
export type Ask<Question, Answer> = (draft: Draft, question: Question) => Promise<Answer>

/**
 * One worker for the whole application, begun with the first question and kept: it answers in turn. It keeps the
 * decision that it was asked about last, so that only what changed is sent.
 */
export function createThread<Question, Answer>(start: () => Worker): Ask<Question, Answer> {
  let thread: Worker | undefined
  let known: Draft | null = null
  let asked = 0
  const waiting = new Map<number, (answer: Answer) => void>()
  return (draft, question) => {
    if (thread === undefined) {
      thread = start()
      thread.addEventListener(
        'message',
        ({ data }: MessageEvent<{ number: number; answer: Answer }>) => {
          waiting.get(data.number)?.(data.answer)
          waiting.delete(data.number)
        },
      )
    }
    const number = (asked += 1)
    thread.postMessage({
      number,
      delta: deltaOf(known?.decision ?? null, draft.decision),
      ...(known?.others === draft.others ? {} : { others: draft.others }),
      question,
    } satisfies Asked<Question>)
    known = draft
    return new Promise((resolve) => waiting.set(number, resolve))
  }
}

/** The newest answer, with the decision that it is about. A question that is overtaken is not asked. */
export function useThread<Question, Answer>(
  ask: Ask<Question, Answer>,
  { decision, others, question, first }: Draft & { question: Question; first: () => Answer },
): { readonly of: Decision; readonly answer: Answer } {
  const [answered, setAnswered] = useState(() => ({ of: decision, answer: first() }))
  const wanted = useRef({ decision, others, question })
  const busy = useRef(false)
  useEffect(() => {
    wanted.current = { decision, others, question }
    if (busy.current) return
    busy.current = true
    const next = async (): Promise<void> => {
      const now = wanted.current
      setAnswered({ of: now.decision, answer: await ask(now, now.question) })
      if (wanted.current !== now) return next()
      busy.current = false
    }
    void next()
  }, [ask, decision, others, question])
  return answered
}

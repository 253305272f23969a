import { useEffect, useRef, useState } from 'react'
import type { Decision } from '#core/graph/decision.ts'
import { deltaOf } from '../document/delta.ts'
import type { Asked, Told } from './answer-drafts.ts'
import type { OtherDecisions } from './other-decisions.ts'

/** A draft with the decisions that it asks. */
export interface Draft {
  readonly decision: Decision
  readonly others: OtherDecisions
}

/** Asks a worker about a draft. @throws Error where it could not answer, or died */
export type Ask<Question, Answer> = (draft: Draft, question: Question) => Promise<Answer>

/**
 * One worker for the whole application, begun with the first question and kept: it answers in turn. It keeps the
 * decision that it was asked about last, so that only what changed is sent. Where it dies the next question begins
 * another one.
 */
export function createThread<Question, Answer>(start: () => Worker): Ask<Question, Answer> {
  let thread: Worker | undefined
  let known: Draft | null = null
  let asked = 0
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (reason: Error) => void }
  >()
  const begin = (): Worker => {
    const worker = start()
    worker.addEventListener('message', ({ data }: MessageEvent<Told<Answer>>) => {
      if ('problem' in data) waiting.get(data.number)?.reject(new Error(data.problem))
      else waiting.get(data.number)?.resolve(data.answer)
      waiting.delete(data.number)
    })
    worker.addEventListener('error', ({ message }) => {
      worker.terminate()
      thread = undefined
      known = null
      for (const { reject } of waiting.values()) reject(new Error(message))
      waiting.clear()
    })
    return worker
  }
  return (draft, question) => {
    thread ??= begin()
    const number = (asked += 1)
    thread.postMessage({
      number,
      delta: deltaOf(known?.decision ?? null, draft.decision),
      ...(known?.others === draft.others ? {} : { others: draft.others }),
      question,
    } satisfies Asked<Question>)
    known = draft
    return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }))
  }
}

/** Whether the newest answer is the one to the newest question, or that question could not be answered. */
export type AnswerState = 'asking' | 'current' | 'failed'

/** The newest answer, with the decision that it is about. A question that is overtaken is not asked. */
export function useThread<Question, Answer>(
  ask: Ask<Question, Answer>,
  { decision, others, question, first }: Draft & { question: Question; first: () => Answer },
): { readonly of: Decision; readonly answer: Answer; readonly state: AnswerState } {
  const [answered, setAnswered] = useState(() => ({
    of: decision,
    answer: first(),
    state: 'asking' as AnswerState,
  }))
  const wanted = useRef({ decision, others, question })
  const busy = useRef(false)
  useEffect(() => {
    wanted.current = { decision, others, question }
    if (busy.current) return
    busy.current = true
    const next = async (): Promise<void> => {
      const now = wanted.current
      try {
        const answer = await ask(now, now.question)
        setAnswered({ of: now.decision, answer, state: 'current' })
      } catch {
        setAnswered((before) => ({ ...before, state: 'failed' }))
      }
      if (wanted.current !== now) return next()
      busy.current = false
    }
    void next()
  }, [ask, decision, others, question])
  const { of, answer, state } = answered
  return { of, answer, state: state === 'current' && of !== decision ? 'asking' : state }
}

import { useEffect, useRef, useState } from 'react'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'

type Findings = readonly Finding[]

/** One worker for the whole application, begun with the first question and kept: it answers in turn. */
let thread: Worker | undefined
const waiting = new Map<number, (findings: Findings) => void>()
let asked = 0

function ask(decision: Decision): Promise<Findings> {
  if (thread === undefined) {
    thread = new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' })
    thread.addEventListener(
      'message',
      ({ data }: MessageEvent<{ number: number; findings: Findings }>) => {
        waiting.get(data.number)?.(data.findings)
        waiting.delete(data.number)
      },
    )
  }
  const number = (asked += 1)
  thread.postMessage({ number, decision })
  return new Promise((resolve) => waiting.set(number, resolve))
}

/** What is found in a decision. The places count in `of`, which the editor's decision may have outrun. */
export interface Analysis {
  readonly of: Decision
  readonly findings: Findings
}

/**
 * What is wrong with the decision and what is proved of it, from a worker, so that typing never waits. A question
 * that is overtaken is not asked.
 */
export function useAnalysis(decision: Decision): Analysis {
  const [answer, setAnswer] = useState<Analysis>({ of: decision, findings: [] })
  const wanted = useRef(decision)
  const busy = useRef(false)
  useEffect(() => {
    wanted.current = decision
    if (busy.current) return
    busy.current = true
    const next = async (): Promise<void> => {
      const of = wanted.current
      setAnswer({ of, findings: await ask(of) })
      if (wanted.current !== of) return next()
      busy.current = false
    }
    void next()
  }, [decision])
  return answer
}

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

const none: Findings = []

/**
 * What is proved of the decision, from a worker, so that typing never waits. While it works the last findings stay
 * away: their places may have moved. A question that is overtaken is not asked.
 */
export function useAnalysis(decision: Decision): Findings {
  const [answer, setAnswer] = useState<{ of: Decision; findings: Findings } | null>(null)
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
  return answer?.of === decision ? answer.findings : none
}

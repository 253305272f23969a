import { useEffect, useRef, useState } from 'react'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'

interface Answer {
  readonly number: number
  readonly findings: readonly Finding[]
}

const none: readonly Finding[] = []

/**
 * What is proved of the decision, from a worker, so that typing never waits. While it works the last findings stay
 * away: their places may have moved. A question that is overtaken is not asked.
 */
export function useAnalysis(decision: Decision): readonly Finding[] {
  const [answer, setAnswer] = useState<{ of: Decision; findings: readonly Finding[] } | null>(null)
  const worker = useRef<{ ask: (decision: Decision) => void } | null>(null)
  useEffect(() => {
    const thread = new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' })
    let asked: { number: number; decision: Decision } | null = null
    let next: Decision | null = null
    let count = 0
    const ask = (of: Decision): void => {
      if (asked !== null) {
        next = of
        return
      }
      count += 1
      asked = { number: count, decision: of }
      thread.postMessage(asked)
    }
    thread.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (asked?.number !== data.number) return
      setAnswer({ of: asked.decision, findings: data.findings })
      asked = null
      const waiting = next
      next = null
      if (waiting !== null) ask(waiting)
    })
    worker.current = { ask }
    return () => thread.terminate()
  }, [])
  useEffect(() => worker.current?.ask(decision), [decision])
  return answer?.of === decision ? answer.findings : none
}

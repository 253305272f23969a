import { analyseDecision } from '#core/decision/analysis/analyse.ts'
import type { Decision } from '#core/graph/decision.ts'

/** Answers each decision with its findings, in turn. */
addEventListener('message', ({ data }: MessageEvent<{ number: number; decision: Decision }>) => {
  postMessage({ number: data.number, findings: analyseDecision(data.decision) })
})

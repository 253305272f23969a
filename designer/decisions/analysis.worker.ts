import { analyseDecision } from '#core/decision/analysis/analyse.ts'
import { validateDecision } from '#core/decision/validate.ts'
import type { Decision } from '#core/graph/decision.ts'

/** Answers each decision with its findings, in turn. */
addEventListener('message', ({ data }: MessageEvent<{ number: number; decision: Decision }>) => {
  const { number, decision } = data
  const findings = [...validateDecision(decision), ...analyseDecision(decision)]
  postMessage({ number, findings })
})

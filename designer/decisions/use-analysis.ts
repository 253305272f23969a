import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { createThread, useThread, type AnswerState, type Draft } from './draft-thread.ts'

type Findings = readonly Finding[]

const ask = createThread<null, Findings>(
  () => new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' }),
)

/**
 * What is wrong with the decision and what is proved of it, from a worker, so that typing never waits. The places
 * count in `of`, which the editor's decision may have outrun.
 */
export function useAnalysis(draft: Draft): {
  readonly of: Decision
  readonly findings: Findings
  readonly state: AnswerState
} {
  const { of, answer, state } = useThread(ask, { ...draft, question: null, first: () => [] })
  return { of, findings: answer, state }
}

import { coverage, type Coverage } from '#core/decision/testing/coverage.ts'
import { generateTests } from '#core/decision/testing/generate-tests.ts'
import { mutationScore, type MutationScore } from '#core/decision/testing/mutate.ts'
import type { DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'

/** ms that the search for faults may take. */
const budget = 10_000

export interface Bench {
  readonly coverage: (decision: Decision) => Coverage
  readonly generate: (decision: Decision) => DecisionTest[]
  readonly mutate: (decision: Decision) => MutationScore
}
export type Question = keyof Bench

const bench: Bench = {
  coverage: (decision) => coverage(decision, decision.tests, Date.now()),
  generate: (decision) => generateTests(decision, Date.now()),
  mutate: (decision) =>
    mutationScore(decision, decision.tests, {
      at: Date.now(),
      budget,
      clock: () => performance.now(),
    }),
}

export type Reply = { readonly done: ReturnType<Bench[Question]> } | { readonly problem: string }

self.addEventListener('message', ({ data }: MessageEvent) => {
  const { question, decision } = data as { question: Question; decision: Decision }
  let reply: Reply
  try {
    reply = { done: bench[question](decision) }
  } catch (error) {
    reply = { problem: error instanceof Error ? error.message : String(error) }
  }
  self.postMessage(reply)
})

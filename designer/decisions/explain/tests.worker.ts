import { coverage, type Coverage } from '#core/decision/testing/coverage.ts'
import { generateTests } from '#core/decision/testing/generate-tests.ts'
import { mutationScore, type MutationScore } from '#core/decision/testing/mutate.ts'
import type { DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Draft } from '../draft-thread.ts'
import { findIn } from '../other-decisions.ts'

/** ms that the search for faults may take. */
const budget = 10_000

export interface Bench {
  readonly coverage: (draft: Draft) => Coverage
  readonly generate: (draft: Draft) => DecisionTest[]
  readonly mutate: (draft: Draft) => MutationScore
}
export type Question = keyof Bench

const bench: Bench = {
  coverage: ({ decision, others }) =>
    coverage(decision, decision.tests, { at: Date.now(), nested: findIn(others) }),
  generate: ({ decision, others }) =>
    generateTests(decision, { at: Date.now(), nested: findIn(others) }),
  mutate: ({ decision, others }) =>
    mutationScore(decision, decision.tests, {
      at: Date.now(),
      nested: findIn(others),
      budget,
      clock: () => performance.now(),
    }),
}

export type Reply = { readonly done: ReturnType<Bench[Question]> } | { readonly problem: string }

self.addEventListener('message', ({ data }: MessageEvent) => {
  const { question, draft } = data as { question: Question; draft: Draft }
  let reply: Reply
  try {
    reply = { done: bench[question](draft) }
  } catch (error) {
    reply = { problem: error instanceof Error ? error.message : String(error) }
  }
  self.postMessage(reply)
})

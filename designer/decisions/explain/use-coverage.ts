import { useQuery } from '@tanstack/react-query'
import type { Coverage } from '#core/decision/testing/coverage.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Draft } from '../draft-thread.ts'
import { askBench } from './ask-bench.ts'

/** Documents by number: a key of their text would be written anew at every key that is pressed. */
const numbers = new WeakMap<Decision, number>()
let newest = 0
function numberOf(decision: Decision): number {
  const known = numbers.get(decision) ?? (newest += 1)
  numbers.set(decision, known)
  return known
}

/** What a draft's tests exercise, counted anew at every change while `shown`; null where it has none, or cannot be evaluated. */
export function useCoverage({ decision, others }: Draft, shown: boolean): Coverage | null {
  const enabled = shown && decision.tests.length > 0
  const { data } = useQuery({
    queryKey: ['coverage', numberOf(decision), others],
    queryFn: ({ signal }) => askBench('coverage', { decision, others }, signal),
    enabled,
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  return enabled ? (data ?? null) : null
}

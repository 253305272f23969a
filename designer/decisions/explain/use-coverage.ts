import { useQuery } from '@tanstack/react-query'
import type { Coverage } from '#core/decision/testing/coverage.ts'
import type { Draft } from '../draft-thread.ts'
import { askBench } from './ask-bench.ts'

/** What a draft's tests exercise, counted anew at every change while `shown`; null where it has none, or cannot be evaluated. */
export function useCoverage({ decision, others }: Draft, shown: boolean): Coverage | null {
  const enabled = shown && decision.tests.length > 0
  const { data } = useQuery({
    queryKey: ['coverage', decision, others],
    queryFn: ({ signal }) => askBench('coverage', { decision, others }, signal),
    enabled,
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  return enabled ? (data ?? null) : null
}

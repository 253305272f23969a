import { useQuery } from '@tanstack/react-query'
import type { Coverage } from '#core/decision/testing/coverage.ts'
import type { Draft } from '../draft-thread.ts'
import { askBench } from './ask-bench.ts'

/** What a draft's tests exercise, counted anew at every change; null where it has none, or cannot be evaluated. */
export function useCoverage({ decision, others }: Draft): Coverage | null {
  const { data } = useQuery({
    queryKey: ['coverage', decision, others],
    queryFn: ({ signal }) => askBench('coverage', { decision, others }, signal),
    enabled: decision.tests.length > 0,
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  return decision.tests.length > 0 ? (data ?? null) : null
}

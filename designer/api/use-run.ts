import { useEffect } from 'react'
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { RunView } from '#core/api/views.ts'
import { subscribeLive } from './live.ts'
import { queries } from './queries.ts'
import { applyEvents } from './run-events.ts'

/** ms between two fetches of a run's values while its states arrive live */
const refetchEvery = 300

/** One run, moving as it moves: states at once from the events, values fetched shortly after. */
export function useRun(id: string | null): UseQueryResult<RunView> {
  const client = useQueryClient()
  const query = useQuery({ ...queries.run(id ?? ''), enabled: id !== null })
  const loaded = query.data !== undefined
  useEffect(() => {
    if (id === null || !loaded) return
    const { queryKey } = queries.run(id)
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = subscribeLive({ run: id }, client.getQueryData(queryKey)?.seq ?? 0, (events) => {
      client.setQueryData(queryKey, (run) => (run === undefined ? run : applyEvents(run, events)))
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey, exact: true })
      }, refetchEvery)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [id, loaded, client])
  return query
}

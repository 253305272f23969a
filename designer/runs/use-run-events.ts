import { useEffect } from 'react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EventView } from '#core/api/views.ts'
import { runsApi } from '../api/runs.ts'

/** What the server gives at most in one answer. */
const pageSize = 500

/** Every event of the run; what is known already is not fetched again. */
const runEvents = (id: string, known: () => readonly EventView[] | undefined) =>
  queryOptions({
    queryKey: ['runs', id, 'events'],
    queryFn: async () => {
      const events = [...(known() ?? [])]
      for (;;) {
        const more = await runsApi.events(id, events.at(-1)?.seq ?? 0)
        events.push(...more)
        if (more.length < pageSize) return events
      }
    },
  })

/** The run's history; `seq` is the newest event that the run's view has seen. */
export function useRunEvents(id: string, seq: number | undefined) {
  const client = useQueryClient()
  const query = useQuery(
    runEvents(id, () => client.getQueryData<EventView[]>(['runs', id, 'events'])),
  )
  const { refetch } = query
  const behind =
    seq !== undefined && query.data !== undefined && (query.data.at(-1)?.seq ?? 0) < seq
  useEffect(() => {
    if (behind) void refetch({ cancelRefetch: false })
  }, [behind, seq, refetch])
  return query
}

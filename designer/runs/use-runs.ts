import { useEffect } from 'react'
import {
  infiniteQueryOptions,
  useInfiniteQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query'
import type { Page, RunSummary } from '#core/api/views.ts'
import { subscribeLive } from '../api/live.ts'
import { runsApi } from '../api/runs.ts'
import { applyToPages, mergeNewest } from './live-list.ts'
import type { ListFilter } from './run-filter.ts'

const pageSize = 100
/** ms between two fetches of the first page while new runs keep coming */
const renewEvery = 1_000

type Pages = InfiniteData<Page<RunSummary>, string | undefined>

const runPages = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'pages', filter],
    queryFn: ({ pageParam }) =>
      runsApi.list({
        ...filter,
        limit: pageSize,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** The runs that fit the filter, page by page, kept up to date by events instead of fetching all again. */
export function useRuns(filter: ListFilter) {
  const client = useQueryClient()
  const query = useInfiniteQuery(runPages(filter))
  const loaded = query.data !== undefined
  const key = JSON.stringify(filter)
  useEffect(() => {
    if (!loaded) return
    const asked = JSON.parse(key) as ListFilter
    const { queryKey } = runPages(asked)
    const change = (next: (pages: Page<RunSummary>[]) => Page<RunSummary>[]): void => {
      client.setQueryData<Pages>(queryKey, (old) =>
        old === undefined ? old : { ...old, pages: next(old.pages) },
      )
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const renew = async (): Promise<void> => {
      timer = undefined
      const newest = await runsApi.list({ ...asked, limit: pageSize }).catch(() => null)
      if (newest !== null && !left) change((pages) => mergeNewest(pages, newest))
    }
    const stop = subscribeLive({}, 'now', (events) => {
      change((pages) => applyToPages(pages, events))
      timer ??= setTimeout(() => void renew(), renewEvery)
    })
    return () => {
      left = true
      clearTimeout(timer)
      stop()
    }
  }, [client, key, loaded])
  return query
}

import { useEffect } from 'react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { subscribeLive } from '../api/live.ts'
import { queries } from '../api/queries.ts'
import { tasksApi, type TaskFilter } from '../api/tasks.ts'

const pageSize = 50

/** Tasks page by page; new and completed ones arrive by themselves. `roles` are those of the first page without a role. */
export function useTasks(filter: TaskFilter) {
  const client = useQueryClient()
  const query = useInfiniteQuery({
    queryKey: ['tasks', 'pages', filter],
    queryFn: ({ pageParam }) =>
      tasksApi.list({
        ...filter,
        limit: pageSize,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  useEffect(
    () =>
      subscribeLive({}, 'now', (events) => {
        if (events.some((event) => event.type.startsWith('task.')))
          void client.invalidateQueries({ queryKey: ['tasks'] })
      }),
    [client],
  )
  const tasks = query.data?.pages.flatMap((page) => page.items) ?? []
  const { status } = filter
  const all = useQuery(queries.tasks(status === undefined ? {} : { status }))
  const roles = new Set(all.data?.items.map((task) => task.role).filter((role) => role !== ''))
  return {
    tasks,
    total: query.data?.pages[0]?.total ?? 0,
    roles: [...roles].toSorted(),
    query,
  }
}

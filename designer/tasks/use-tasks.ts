import { useEffect, useRef } from 'react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { subscribeLive } from '../api/live.ts'
import { tasksApi, type TaskFilter } from '../api/tasks.ts'

const pageSize = 50

/** Tasks page by page; new and completed ones arrive by themselves. `roles` are all that were seen. */
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
  const seen = useRef(new Set<string>())
  for (const task of tasks) if (task.role !== '') seen.current.add(task.role)
  return {
    tasks,
    total: query.data?.pages[0]?.total ?? 0,
    roles: [...seen.current].toSorted(),
    query,
  }
}

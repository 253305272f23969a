import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { queries } from '../api/queries.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { TaskDetail } from './TaskDetail.tsx'
import { TaskInbox } from './TaskInbox.tsx'

/** The inbox with one task opened beside the list. */
export function TaskPage() {
  const { taskId } = useParams({ from: '/tasks/$taskId' })
  const { data, error, refetch } = useQuery(queries.task(taskId))
  return (
    <TaskInbox chosen={taskId}>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <PagePending />}
      {data !== undefined && <TaskDetail key={data.id} task={data} />}
    </TaskInbox>
  )
}

import type { KeyboardEvent } from 'react'
import { Button } from '@mantine/core'
import { IconAlarm, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TaskView } from '#core/api/views.ts'
import { useNow } from '../ui/use-now.ts'
import { durationText } from '../ui/duration-text.ts'
import { distanceText } from '../ui/moment-text.ts'
import { t } from './messages.ts'
import styles from './TaskInbox.module.css'

export interface TaskListProps {
  readonly tasks: readonly TaskView[]
  readonly chosen: string | null
  readonly more: boolean
  readonly onMore: () => void
}

/** Arrow keys go from task to task. */
function step(event: KeyboardEvent<HTMLUListElement>): void {
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (by === undefined) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const next = links[links.findIndex((link) => link === document.activeElement) + by]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

export function TaskList({ tasks, chosen, more, onMore }: TaskListProps) {
  const now = useNow(30_000)
  return (
    <ul className={styles['list']} aria-label={t('listLabel')} onKeyDown={step}>
      {tasks.map((task) => (
        <li key={task.id}>
          <Link
            to="/tasks/$taskId"
            params={{ taskId: task.id }}
            className={styles['task']}
            aria-current={task.id === chosen ? 'true' : undefined}
          >
            <span className={styles['title']}>{task.title}</span>
            <span className={styles['case']}>{task.caseKey ?? t('noCase')}</span>
            <TaskTimes task={task} now={now} />
          </Link>
        </li>
      ))}
      {more && (
        <li>
          <Button variant="subtle" fullWidth onClick={onMore}>
            {t('more')}
          </Button>
        </li>
      )}
    </ul>
  )
}

function TaskTimes({ task, now }: { readonly task: TaskView; readonly now: number }) {
  const late = task.dueAt !== null && task.dueAt < now && task.status === 'open'
  return (
    <span className={styles['times']}>
      {task.role !== '' && (
        <span>
          <IconUser size={12} aria-hidden /> {task.role}
        </span>
      )}
      {task.status === 'open' && task.dueAt === null && (
        <span className="num">
          {t('waitingFor', { duration: durationText(now - task.createdAt) })}
        </span>
      )}
      {task.status === 'open' && task.dueAt !== null && (
        <span className="num" data-late={late || undefined}>
          <IconAlarm size={12} aria-hidden />{' '}
          {late
            ? t('overdue', { when: distanceText(task.dueAt, now) })
            : t('due', { when: distanceText(task.dueAt, now) })}
        </span>
      )}
      {task.completedAt !== null && (
        <span className="num">{distanceText(task.completedAt, now)}</span>
      )}
    </span>
  )
}

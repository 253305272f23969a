import { useState, type ReactNode } from 'react'
import { Select, SegmentedControl } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import type { TaskView } from '#core/api/views.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from './messages.ts'
import { TaskList } from './TaskList.tsx'
import { useTasks } from './use-tasks.ts'
import styles from './TaskInbox.module.css'

export interface TaskInboxProps {
  readonly chosen: string | null
  /** What stands beside the list. */
  readonly children: ReactNode
}

/** The list of tasks by state and role, and what is chosen beside it. */
export function TaskInbox({ chosen, children }: TaskInboxProps) {
  const [status, setStatus] = useState<TaskView['status']>('open')
  const [role, setRole] = useState<string | null>(null)
  const { tasks, total, roles, query } = useTasks({ status, ...(role === null ? {} : { role }) })
  return (
    <PageFrame
      title={t('tasks')}
      subtitle={status === 'open' && total > 0 ? t('openCount', { count: total }) : undefined}
      flush
    >
      <div className={styles['page']}>
        <section className={styles['side']}>
          <div className={styles['filters']}>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={t('status')}
              value={status}
              onChange={(next) => setStatus(next as TaskView['status'])}
              data={[
                { value: 'open', label: t('open') },
                { value: 'completed', label: t('completed') },
              ]}
            />
            {(roles.length > 1 || role !== null) && (
              <Select
                data={roles}
                value={role}
                onChange={setRole}
                placeholder={t('anyRole')}
                aria-label={t('role')}
                clearable
              />
            )}
          </div>
          {query.error !== null && (
            <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.isPending && <PagePending />}
          {query.data !== undefined && tasks.length === 0 && (
            <EmptyNote
              icon={IconChecklist}
              title={status === 'open' ? t('emptyTitle') : t('emptyDoneTitle')}
              text={status === 'open' ? t('emptyText') : t('emptyDoneText')}
            />
          )}
          {tasks.length > 0 && (
            <TaskList
              tasks={tasks}
              chosen={chosen}
              more={query.hasNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          )}
        </section>
        <div className={styles['detail']}>{children}</div>
      </div>
    </PageFrame>
  )
}

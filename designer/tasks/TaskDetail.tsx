import { Button } from '@mantine/core'
import { IconActivity, IconBan, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TaskView } from '#core/api/views.ts'
import { Notice } from '../ui/Notice.tsx'
import { fullTime, momentText } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import { EvidencePane } from './EvidencePane.tsx'
import { t } from './messages.ts'
import { TaskForm } from './TaskForm.tsx'
import styles from './TaskDetail.module.css'

/** What is known on the left, what is asked on the right. */
export function TaskDetail({ task }: { readonly task: TaskView }) {
  const now = useNow(60_000)
  return (
    <div className={styles['task']}>
      <header className={styles['head']}>
        <div>
          <h2 className={styles['title']}>{task.title}</h2>
          <span className={styles['quiet']} title={fullTime(task.createdAt)}>
            {task.caseKey ?? t('noCase')} · {task.role} · {momentText(task.createdAt, now)}
          </span>
        </div>
        <Button
          component={Link}
          to={`/runs/${task.run}`}
          variant="subtle"
          color="gray"
          leftSection={<IconActivity size={14} />}
        >
          {t('openRun')}
        </Button>
      </header>
      <div className={styles['columns']}>
        <EvidencePane data={task.data} />
        <section className={styles['answer']} aria-label={t('form')}>
          <h3 className={styles['part']}>{t('form')}</h3>
          {task.status === 'open' && <TaskForm task={task} />}
          {task.status === 'completed' && (
            <Notice tone="done" icon={IconCircleCheck}>
              {t('answered')}{' '}
              {task.completedBy !== null &&
                t('doneBy', {
                  actor: task.completedBy,
                  when: fullTime(task.completedAt ?? task.createdAt),
                })}
            </Notice>
          )}
          {task.status === 'cancelled' && (
            <Notice tone="idle" icon={IconBan}>
              {t('cancelled')}
            </Notice>
          )}
        </section>
      </div>
    </div>
  )
}

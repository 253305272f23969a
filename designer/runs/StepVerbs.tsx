import { useState } from 'react'
import { Button, Group } from '@mantine/core'
import { IconChecklist, IconHandStop, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunView, StepView } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { runsApi } from '../api/runs.ts'
import { CompleteDialog } from './CompleteDialog.tsx'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { isOpen, type StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'

export interface StepVerbsProps {
  readonly run: RunView
  readonly step: StepView
  readonly facts: StepFacts
}

/** What an operator can do with one step; nothing where it is closed. */
export function StepVerbs({ run, step, facts }: StepVerbsProps) {
  const [asking, setAsking] = useState<'retry' | 'complete' | null>(null)
  const retry = useVerb(run.id, t('done_retry'), (reason: string) =>
    runsApi.retryStep(run.id, step.step, reason),
  )
  const isTask = facts.descriptorOf(step.node)?.kind === 'task'
  if (!isOpen(step)) return null
  if (isTask && step.status === 'waiting') return <TaskLink run={run} step={step} />
  const close = (): void => setAsking(null)
  return (
    <Group gap="xs">
      {step.status === 'incident' && (
        <Button leftSection={<IconRefresh size={14} />} onClick={() => setAsking('retry')}>
          {t('retry')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconHandStop size={14} />}
        onClick={() => setAsking('complete')}
      >
        {t('complete')}
      </Button>
      {asking === 'retry' && (
        <ReasonDialog
          title={t('retryTitle', { node: facts.nameOf(step.node) })}
          text={t('retryText')}
          confirm={t('retry')}
          verb={retry}
          onClose={close}
        />
      )}
      {asking === 'complete' && (
        <CompleteDialog run={run.id} step={step} facts={facts} onClose={close} />
      )}
    </Group>
  )
}

function TaskLink({ run, step }: Pick<StepVerbsProps, 'run' | 'step'>) {
  const tasks = useQuery(queries.tasks({ run: run.id, status: 'open' }))
  const task = tasks.data?.items.find((each) => each.node === step.node)
  if (task === undefined) return null
  return (
    <Button
      component={Link}
      to={`/tasks/${task.id}`}
      leftSection={<IconChecklist size={14} />}
      style={{ alignSelf: 'start' }}
    >
      {t('openTask')}
    </Button>
  )
}

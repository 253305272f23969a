import { useState } from 'react'
import { Button, Group, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconChecklist,
  IconChevronDown,
  IconCircleX,
  IconHandStop,
  IconPlayerSkipForward,
  IconRefresh,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunView, StepView } from '#core/api/views.ts'
import { isOver } from '../api/run-events.ts'
import { queries } from '../api/queries.ts'
import { runsApi } from '../api/runs.ts'
import { CompleteDialog } from './CompleteDialog.tsx'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { isOpen, type StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'
import { FailDialog, RewindDialog, SkipDialog } from './VerbDialog.tsx'

export interface StepVerbsProps {
  readonly run: RunView
  readonly step: StepView
  readonly facts: StepFacts
}

type Asking = 'retry' | 'complete' | 'skip' | 'fail' | 'rewind'

/** What an operator can do with one step; nothing once the run is over. */
export function StepVerbs({ run, step, facts }: StepVerbsProps) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const retry = useVerb(run.id, t('done_retry'), (reason: string) =>
    runsApi.retryStep(run.id, step.step, reason),
  )
  if (isOver(run)) return null
  const open = isOpen(step)
  const kind = facts.descriptorOf(step.node)?.kind
  const close = (): void => setAsking(null)
  const dialog = { run, step, facts, onClose: close }
  const goBack = (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={14} />}
      onClick={() => setAsking('rewind')}
    >
      {t('rewind')}
    </Button>
  )
  return (
    <Group gap="xs">
      {open && step.status === 'incident' && (
        <Button leftSection={<IconRefresh size={14} />} onClick={() => setAsking('retry')}>
          {t('retry')}
        </Button>
      )}
      {open && kind === 'task' && step.status === 'waiting' && <TaskLink run={run} step={step} />}
      {open && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} />}>
              {t('byHand')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconHandStop size={14} />}
              onClick={() => setAsking('complete')}
            >
              {t('complete')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPlayerSkipForward size={14} />}
              onClick={() => setAsking('skip')}
            >
              {t('skip')}
            </Menu.Item>
            {kind === 'effect' && (
              <Menu.Item leftSection={<IconCircleX size={14} />} onClick={() => setAsking('fail')}>
                {t('fail')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconArrowBackUp size={14} />}
              onClick={() => setAsking('rewind')}
            >
              {t('rewind')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {!open && kind !== 'start' && goBack}
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
      {asking === 'skip' && <SkipDialog {...dialog} />}
      {asking === 'fail' && <FailDialog {...dialog} />}
      {asking === 'rewind' && <RewindDialog {...dialog} />}
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
      to={`/tasks/${encodeURIComponent(task.id)}`}
      leftSection={<IconChecklist size={14} />}
      style={{ alignSelf: 'start' }}
    >
      {t('openTask')}
    </Button>
  )
}

import { useState } from 'react'
import { Button } from '@mantine/core'
import {
  IconArrowsExchange,
  IconBan,
  IconEraser,
  IconGitBranch,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RunView } from '#core/api/views.ts'
import { isOver } from '../api/run-events.ts'
import { operationsApi } from '../api/operations.ts'
import { runsApi } from '../api/runs.ts'
import { BulkDialog } from './bulk/BulkDialog.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { isOpen, type StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'

type Asking = 'cancel' | 'suspend' | 'resume' | 'migrate' | 'erase'

/** What an operator can do with the whole run. */
export function RunActions({ run, facts }: { readonly run: RunView; readonly facts: StepFacts }) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const cancel = useVerb(run.id, t('done_cancel'), (reason: string) =>
    runsApi.cancel(run.id, reason),
  )
  const suspend = useVerb(run.id, t('done_suspend'), (reason: string) =>
    operationsApi.operate(run.id, { do: 'suspend' }, reason),
  )
  const resume = useVerb(run.id, t('done_resume'), (reason: string) =>
    operationsApi.operate(run.id, { do: 'resume' }, reason),
  )
  const open = run.steps.filter(isOpen)
  const nodes = open.map((step) => facts.nameOf(step.node)).join(', ')
  const suspended = run.status === 'suspended'
  const close = (): void => setAsking(null)
  return (
    <>
      <Button
        component={Link}
        to={`/flows/${run.flow}`}
        variant="subtle"
        color="gray"
        leftSection={<IconGitBranch size={14} />}
      >
        {t('openFlow')}
      </Button>
      {isOver(run) && !run.parent && !run.erased && (
        <Button
          variant="default"
          leftSection={<IconEraser size={14} />}
          onClick={() => setAsking('erase')}
        >
          {t('erase')}
        </Button>
      )}
      {!isOver(run) && (
        <>
          {suspended ? (
            <Button leftSection={<IconPlayerPlay size={14} />} onClick={() => setAsking('resume')}>
              {t('resume')}
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<IconPlayerPause size={14} />}
              onClick={() => setAsking('suspend')}
            >
              {t('suspend')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={14} />}
            onClick={() => setAsking('migrate')}
          >
            {t('migrate')}
          </Button>
          {run.status !== 'undoing' && (
            <Button
              variant="default"
              leftSection={<IconBan size={14} />}
              onClick={() => setAsking('cancel')}
            >
              {t('cancelRun')}
            </Button>
          )}
        </>
      )}
      {asking === 'erase' && <EraseDialog run={run} onClose={close} />}
      {asking === 'suspend' && (
        <ReasonDialog
          title={t('suspendTitle')}
          text={t('suspendText')}
          confirm={t('suspend')}
          verb={suspend}
          onClose={close}
        />
      )}
      {asking === 'resume' && (
        <ReasonDialog
          title={t('resumeTitle')}
          text={t('resumeText')}
          confirm={t('resume')}
          verb={resume}
          onClose={close}
        />
      )}
      {asking === 'migrate' && (
        <BulkDialog
          query={{ ids: [run.id], flow: run.flow }}
          from={run.version}
          only={['migrate', 'unmigrate']}
          total={1}
          onClose={close}
        />
      )}
      {asking === 'cancel' && (
        <ReasonDialog
          title={t('cancelTitle')}
          text={t('cancelText', { count: open.length, nodes: nodes || t('cancelNothingOpen') })}
          confirm={t('cancelConfirm')}
          dismiss={t('keepRunning')}
          danger
          verb={cancel}
          onClose={close}
        />
      )}
    </>
  )
}

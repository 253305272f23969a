import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconBan, IconGitBranch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RunView } from '#core/api/views.ts'
import { runsApi } from '../api/runs.ts'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { isOpen, isOver, type StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'

/** What an operator can do with the whole run. */
export function RunActions({ run, facts }: { readonly run: RunView; readonly facts: StepFacts }) {
  const [asking, setAsking] = useState(false)
  const cancel = useVerb(run.id, t('done_cancel'), (reason: string) =>
    runsApi.cancel(run.id, reason),
  )
  const open = run.steps.filter(isOpen)
  const nodes = open.map((step) => facts.nameOf(step.node)).join(', ')
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
      {!isOver(run) && (
        <Button
          variant="default"
          leftSection={<IconBan size={14} />}
          onClick={() => setAsking(true)}
        >
          {t('cancelRun')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('cancelTitle')}
          text={t('cancelText', { count: open.length, nodes: nodes || t('cancelNothingOpen') })}
          confirm={t('cancelConfirm')}
          dismiss={t('keepRunning')}
          danger
          verb={cancel}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

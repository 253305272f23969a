import { useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { RunView } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { useRun } from '../api/use-run.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { childName } from './ChildRuns.tsx'
import { t } from './messages.ts'
import { RunActions } from './RunActions.tsx'
import { RunCanvasPane } from './RunCanvasPane.tsx'
import { RunDrawer } from './RunDrawer.tsx'
import { RunOverview } from './RunOverview.tsx'
import { RunSubtitle, RunTitle } from './RunTitle.tsx'
import { StepDetail } from './StepDetail.tsx'
import { stepFacts } from './step-facts.ts'
import styles from './RunPage.module.css'

/** One run: its canvas moving as it moves, its timeline, every step's values, and what an operator can do. */
export function RunPage() {
  const { runId } = useParams({ from: '/runs/$runId' })
  const { data: run, error, refetch } = useRun(runId)
  if (run === undefined)
    return (
      <PageFrame title={t('run')}>
        {error === null ? (
          <PagePending />
        ) : (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        )}
      </PageFrame>
    )
  return <LoadedRun key={run.id} run={run} />
}

function LoadedRun({ run }: { readonly run: RunView }) {
  const kept = useQuery(queries.runFlow(run.id))
  const types = useQuery(queries.nodeTypes())
  const flow = kept.data?.flow
  const facts = useMemo(() => stepFacts(flow, types.data ?? []), [flow, types.data])
  const [focus, setFocus] = useState<string | null>(null)
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const step = run.steps.find((each) => each.step === search['step'])
  const select = (id: string | null): void => {
    // The route declares no search schema; an unknown step selects nothing.
    const next = (id === null ? {} : { step: id }) as never
    void navigate({ to: '/runs/$runId', params: { runId: run.id }, search: next, replace: true })
  }
  /** A click on a node shows its newest visit; the canvas stays where it is. */
  const selectNode = (node: string | null): void => {
    setFocus(null)
    select(run.steps.findLast((each) => each.node === node)?.step ?? null)
  }
  /** Elsewhere chosen, the step's node comes into sight. */
  const show = (id: string): void => {
    setFocus(run.steps.find((each) => each.step === id)?.node ?? null)
    select(id)
  }

  return (
    <PageFrame
      title={<RunTitle run={run} />}
      tab={run.parent ? childName(run) : (run.caseKey ?? run.flowName)}
      subtitle={<RunSubtitle run={run} />}
      actions={<RunActions run={run} facts={facts} />}
      flush
    >
      <div className={styles['page']}>
        <div className={styles['main']}>
          <RunCanvasPane
            run={run}
            flow={flow}
            descriptors={types.data}
            error={kept.error ?? types.error}
            selected={step?.node ?? null}
            focus={focus}
            onSelect={selectNode}
          />
          <RunDrawer run={run} facts={facts} selected={step?.step ?? null} onSelect={show} />
        </div>
        <aside className={styles['side']} aria-label={t('tabStep')}>
          {step === undefined ? (
            <RunOverview run={run} facts={facts} onSelect={show} />
          ) : (
            <StepDetail
              key={step.step}
              run={run}
              step={step}
              facts={facts}
              onClose={() => select(null)}
            />
          )}
        </aside>
      </div>
    </PageFrame>
  )
}

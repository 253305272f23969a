import { Button } from '@mantine/core'
import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconArrowIteration,
  IconClockHour4,
  IconEraser,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RunView, StepView } from '#core/api/views.ts'
import { isOver } from '../api/run-events.ts'
import { Notice } from '../ui/Notice.tsx'
import { t } from './messages.ts'
import { DecisionCard } from './result/DecisionCard.tsx'
import { shownDecision } from './result/decision-shape.ts'
import { isExplainable, StepWhy } from './result/StepWhy.tsx'
import { type StepFacts } from './step-facts.ts'
import { ValuePart } from './StepDetail.tsx'
import { StepVerbs } from './StepVerbs.tsx'
import styles from './RunPage.module.css'

export interface RunOverviewProps {
  readonly run: RunView
  readonly facts: StepFacts
  readonly onSelect: (step: string) => void
}

/** What the run asks of an operator, then what it decided and came to. */
export function RunOverview({ run, facts, onSelect }: RunOverviewProps) {
  const incidents = run.steps.filter((step) => step.status === 'incident')
  const waiting = run.steps.filter((step) => step.status === 'waiting')
  const decision = shownDecision(run.output) ?? lastDecision(run)
  return (
    <div className={styles['panel']}>
      {run.error !== null && incidents.length === 0 && (
        <Notice tone="failed" icon={IconAlertOctagon} title={run.error.code}>
          {run.error.message}
        </Notice>
      )}
      {run.erased && (
        <Notice tone="idle" icon={IconEraser} title={t('erasedTitle')}>
          {t('erasedText')}
        </Notice>
      )}
      {run.status === 'undoing' && (
        <Notice tone="waiting" icon={IconArrowBackUp} title={t('undoingTitle')}>
          {t('undoingText')}
        </Notice>
      )}
      {incidents.map((step) => (
        <Notice
          key={step.step}
          tone="incident"
          icon={IconAlertOctagon}
          title={facts.nameOf(step.node)}
        >
          <p className={styles['say']}>{step.error?.message}</p>
          <div className={styles['verbs']}>
            <StepVerbs run={run} step={step} facts={facts} />
            <Button variant="subtle" onClick={() => onSelect(step.step)}>
              {t('showStep')}
            </Button>
          </div>
        </Notice>
      ))}
      {waiting.map((step) => (
        <Notice
          key={step.step}
          tone="waiting"
          icon={IconClockHour4}
          title={facts.nameOf(step.node)}
        >
          <div className={styles['verbs']}>
            <StepVerbs run={run} step={step} facts={facts} />
            <Button variant="subtle" onClick={() => onSelect(step.step)}>
              {t('showStep')}
            </Button>
          </div>
        </Notice>
      ))}
      <Lineage run={run} />
      {decision !== null && <DecisionCard decision={decision} />}
      {explainable(run, facts).map(({ step, node }) => (
        <StepWhy key={step} run={run.id} step={step} of={facts.nameOf(node)} />
      ))}
      <ValuePart
        title={t('runOutput')}
        value={run.output}
        empty={isOver(run) ? t('noOutput') : t('notYet')}
      />
      <ValuePart title={t('runInput')} value={run.input} empty={t('noInput')} />
    </div>
  )
}

/** A flow that never ends goes on as a new run from time to time. */
function Lineage({ run: { previous, next } }: Pick<RunOverviewProps, 'run'>) {
  const ways = [
    { to: next, title: t('continuedTitle'), label: t('continuedNext') },
    { to: previous, title: t('continuedPrevious'), label: t('openPrevious') },
  ]
  return ways.map(
    ({ to, title, label }) =>
      to && (
        <Notice key={label} tone="idle" icon={IconArrowIteration} title={title}>
          <div className={styles['verbs']}>
            <Button component={Link} to={`/runs/${encodeURIComponent(to)}`} variant="default">
              {label}
            </Button>
          </div>
        </Notice>
      ),
  )
}

/** The newest visit to each node that evaluated a decision document, the last one first. */
const explainable = ({ steps }: RunView, facts: StepFacts): StepView[] =>
  [
    ...new Map(
      steps.filter((step) => isExplainable(step, facts)).map((step) => [step.node, step]),
    ).values(),
  ].toReversed()

/** Decided last before the end, where the run's output is not itself a decision. */
function lastDecision(run: RunView): ReturnType<typeof shownDecision> {
  const decided = run.steps
    .toSorted((a: StepView, b: StepView) => b.startedAt - a.startedAt)
    .map((step) => shownDecision(step.output))
  return decided.find((decision) => (decision?.outcome ?? null) !== null) ?? null
}

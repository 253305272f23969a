import { Alert, Button } from '@mantine/core'
import { IconAlertOctagon, IconClockHour4 } from '@tabler/icons-react'
import type { RunView, StepView } from '#core/api/views.ts'
import { t } from './messages.ts'
import { DecisionCard } from './result/DecisionCard.tsx'
import { shownDecision } from './result/decision-shape.ts'
import { isOver, type StepFacts } from './step-facts.ts'
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
      {run.error !== null && (
        <Alert color="red" icon={<IconAlertOctagon size={18} />} title={run.error.code}>
          {run.error.message}
        </Alert>
      )}
      {incidents.map((step) => (
        <Alert
          key={step.step}
          color="orange"
          icon={<IconAlertOctagon size={18} />}
          title={facts.nameOf(step.node)}
        >
          <p className={styles['say']}>{step.error?.message}</p>
          <StepVerbs run={run} step={step} facts={facts} />
        </Alert>
      ))}
      {waiting.map((step) => (
        <Alert
          key={step.step}
          color="yellow"
          icon={<IconClockHour4 size={18} />}
          title={facts.nameOf(step.node)}
        >
          <StepVerbs run={run} step={step} facts={facts} />
          <Button variant="subtle" mt={4} onClick={() => onSelect(step.step)}>
            {t('showStep')}
          </Button>
        </Alert>
      ))}
      {decision !== null && <DecisionCard decision={decision} />}
      <ValuePart
        title={t('runOutput')}
        value={run.output}
        empty={isOver(run) ? t('noOutput') : t('notYet')}
      />
      <ValuePart title={t('runInput')} value={run.input} empty={t('noInput')} />
    </div>
  )
}

/** Decided last before the end, where the run's output is not itself a decision. */
function lastDecision(run: RunView): ReturnType<typeof shownDecision> {
  const decided = run.steps
    .toSorted((a: StepView, b: StepView) => b.startedAt - a.startedAt)
    .map((step) => shownDecision(step.output))
  return decided.find((decision) => decision?.outcome != null) ?? null
}

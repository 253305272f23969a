import { ActionIcon } from '@mantine/core'
import { IconAlertOctagon, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RunView, StepView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { t as shell } from '../ui/messages.ts'
import { Notice } from '../ui/Notice.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { durationText } from '../ui/duration-text.ts'
import { ChildRuns } from './ChildRuns.tsx'
import { t } from './messages.ts'
import { DecisionCard } from './result/DecisionCard.tsx'
import { isExplainable, StepWhy } from './result/StepWhy.tsx'
import { shownDecision } from './result/decision-shape.ts'
import { epochOf, isOpen, type StepFacts } from './step-facts.ts'
import { progressText } from './progress-text.ts'
import { StepVerbs } from './StepVerbs.tsx'
import { clockText, fullTime } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import { ValueView } from './value/ValueView.tsx'
import styles from './RunPage.module.css'

export interface StepDetailProps {
  readonly run: RunView
  readonly step: StepView
  readonly facts: StepFacts
  readonly onClose: () => void
}

/** One visit to a node: what went in, what came out by which port, how often it was tried and what went wrong. */
export function StepDetail({ run, step, facts, onClose }: StepDetailProps) {
  const decision = shownDecision(step.output)
  const epoch = epochOf(step.step)
  return (
    <div className={styles['panel']}>
      <header className={styles['panelHead']}>
        <div>
          <h2 className={styles['panelTitle']}>{facts.nameOf(step.node)}</h2>
          <div className={styles['quiet']}>
            {facts.descriptorOf(step.node)?.title ?? step.node}
            {epoch > 1 && ` · ${t('visit', { epoch })}`}
          </div>
        </div>
        <ActionIcon aria-label={shell('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <StepLine run={run} step={step} facts={facts} />
      {step.error !== null && (
        <Notice tone="failed" icon={IconAlertOctagon} title={step.error.code}>
          {step.error.message}
        </Notice>
      )}
      <StepVerbs run={run} step={step} facts={facts} />
      <ChildRuns run={run} step={step} />
      {decision !== null && <DecisionCard decision={decision} />}
      {isExplainable(step, facts) && <StepWhy key={step.step} run={run.id} step={step.step} />}
      <ValuePart
        title={t('output')}
        value={step.output}
        empty={isOpen(step) ? t('notYet') : t('noOutput')}
      />
      <ValuePart title={t('input')} value={step.input} empty={t('noInput')} />
    </div>
  )
}

function StepLine({ run, step, facts }: Pick<StepDetailProps, 'run' | 'step' | 'facts'>) {
  const now = useNow(1_000, isOpen(step))
  const port = facts.portsOf(step.node).find((each) => each.id === step.port)?.title ?? step.port
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>{t('columnStatus')}</dt>
        <dd>
          <StateBadge state={step.status} />
        </dd>
      </div>
      {port !== null && (
        <div>
          <dt>{t('port')}</dt>
          <dd>{port}</dd>
        </div>
      )}
      <div>
        <dt>{t('time')}</dt>
        <dd className="num" title={durationText(step.startedAt - run.startedAt)}>
          {clockText(step.startedAt)} · {durationText((step.endedAt ?? now) - step.startedAt)}
        </dd>
      </div>
      {step.attempts > 1 && (
        <div>
          <dt>{t('attemptsLabel')}</dt>
          <dd className="num">{step.attempts}</dd>
        </div>
      )}
      {step.waitsFor !== undefined && (
        <div>
          <dt>{t('waitsFor')}</dt>
          <dd>
            <WaitsFor waitsFor={step.waitsFor} />
          </dd>
        </div>
      )}
      {step.progress !== undefined && step.children === undefined && isOpen(step) && (
        <div>
          <dt>{t('progress')}</dt>
          <dd className="num">{progressText(step.progress)}</dd>
        </div>
      )}
      {step.cachedAt !== undefined && (
        <div>
          <dt>{t('cached')}</dt>
          <dd>{t('cachedFrom', { time: fullTime(step.cachedAt) })}</dd>
        </div>
      )}
    </dl>
  )
}

function WaitsFor({ waitsFor }: { readonly waitsFor: NonNullable<StepView['waitsFor']> }) {
  if ('lock' in waitsFor)
    return (
      <>
        {t('waitsForLock', { lock: waitsFor.lock, ahead: waitsFor.ahead })}{' '}
        <Link to="/runs/$runId" params={{ runId: waitsFor.run }}>
          {t('waitsForHolder')}
        </Link>
      </>
    )
  const { connection, nextTry } = waitsFor
  return nextTry === null
    ? t('waitsForIt', { connection })
    : t('waitsForUntil', { connection, time: fullTime(nextTry) })
}

const isEmpty = (value: Json): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)

export function ValuePart({
  title,
  value,
  empty,
}: {
  readonly title: string
  readonly value: Json
  readonly empty: string
}) {
  return (
    <section>
      <h3 className={styles['part']}>{title}</h3>
      {isEmpty(value) ? (
        <p className={styles['quiet']}>{empty}</p>
      ) : (
        <ValueView value={value} label={title} />
      )}
    </section>
  )
}

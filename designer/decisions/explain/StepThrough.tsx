import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { ActionIcon, Group, Slider, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBolt,
  IconCircleCheck,
  IconHelp,
  IconMinus,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  type Icon,
} from '@tabler/icons-react'
import { decisionSteps, type DecisionStep } from '#core/decision/steps.ts'
import type { JsonObject } from '#core/json.ts'
import type { Draft } from '../draft-thread.ts'
import { useEditor } from '../editor-context.ts'
import { findIn } from '../other-decisions.ts'
import { showUnit } from './show-unit.ts'
import { t } from './messages.ts'
import { unitName } from './unit-name.ts'
import styles from './Explain.module.css'

const looks: Record<DecisionStep['fate'], { readonly icon: Icon; readonly tone: string }> = {
  met: { icon: IconBolt, tone: 'running' },
  unmet: { icon: IconMinus, tone: 'text-3' },
  unknown: { icon: IconHelp, tone: 'waiting' },
  concluded: { icon: IconCircleCheck, tone: 'done' },
  failed: { icon: IconAlertTriangle, tone: 'failed' },
}

/** Steps shown around the one at hand. */
const around = 3

function stepsOf({ decision, others }: Draft, sample: JsonObject): readonly DecisionStep[] {
  try {
    return decisionSteps(decision, sample, { at: Date.now(), nested: findIn(others) })
  } catch {
    // A draft that does not compile says so above; there is nothing to step through.
    return []
  }
}

/** The sample's way through the decision's state machine, forward and back. */
export function StepThrough() {
  const { decision, others, sample } = useEditor()
  const steps = useMemo(() => stepsOf({ decision, others }, sample), [decision, others, sample])
  const [wanted, setIndex] = useState(0)
  const index = Math.min(wanted, steps.length - 1)
  const step = steps[index]
  useEffect(() => (step === undefined ? undefined : showUnit(step.part, step.rule)), [step])
  if (step === undefined) return <p className={styles['quiet']}>{t('noSteps')}</p>

  const go = (to: number): void => setIndex(Math.max(0, Math.min(steps.length - 1, to)))
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: steps.length - 1 }[
      event.key
    ]
    if (to === undefined) return
    event.preventDefault()
    go(to)
  }
  const first = Math.max(0, Math.min(index - around, steps.length - 1 - 2 * around))
  return (
    <div className={styles['steps']} onKeyDown={onKeyDown}>
      <Group gap={2} wrap="nowrap">
        <Move icon={IconPlayerSkipBack} label={t('stepFirst')} off={index === 0} to={() => go(0)} />
        <Move
          icon={IconPlayerTrackPrev}
          label={t('stepBack')}
          off={index === 0}
          to={() => go(index - 1)}
        />
        <Slider
          flex={1}
          mx={8}
          size="sm"
          min={0}
          max={Math.max(1, steps.length - 1)}
          value={index}
          onChange={go}
          label={null}
          thumbLabel={t('stepAt')}
        />
        <Move
          icon={IconPlayerTrackNext}
          label={t('stepOn')}
          off={index === steps.length - 1}
          to={() => go(index + 1)}
        />
        <Move
          icon={IconPlayerSkipForward}
          label={t('stepLast')}
          off={index === steps.length - 1}
          to={() => go(steps.length - 1)}
        />
      </Group>
      <p className={styles['quiet']} role="status">
        {t('stepOf', { step: index + 1, all: steps.length })} · {t('outcomeSoFar')}:{' '}
        <b>{step.outcome ?? t('noOutcome')}</b>
        {step.reasons.length > 0 && ` (${step.reasons.join(', ')})`}
      </p>
      <ol className={styles['stepList']} start={first + 1}>
        {steps.slice(first, first + 2 * around + 1).map((each, place) => (
          <StepLine
            key={each.state}
            step={each}
            current={first + place === index}
            onChoose={() => go(first + place)}
          />
        ))}
      </ol>
    </div>
  )
}

interface MoveProps {
  readonly icon: Icon
  readonly label: string
  readonly off: boolean
  readonly to: () => void
}

const Move = ({ icon: Sign, label, off, to }: MoveProps) => (
  <Tooltip label={label}>
    <ActionIcon aria-label={label} disabled={off} onClick={to}>
      <Sign size={14} />
    </ActionIcon>
  </Tooltip>
)

interface StepLineProps {
  readonly step: DecisionStep
  readonly current: boolean
  readonly onChoose: () => void
}

function StepLine({ step, current, onChoose }: StepLineProps) {
  const { decision } = useEditor()
  const { icon: Sign, tone } = looks[step.fate]
  const { part, rule } = unitName(decision, step.part, step.rule)
  return (
    <li>
      <button
        type="button"
        className={styles['step']}
        aria-current={current ? 'step' : undefined}
        onClick={onChoose}
      >
        <Sign size={14} color={`var(--${tone})`} aria-hidden />
        <span className={styles['stepName']}>
          {rule === null ? t('partValue', { part }) : `${part} › ${rule}`}
        </span>
        <span className={styles['stepFate']} style={{ color: `var(--${tone})` }}>
          {t(step.fate)}
        </span>
        {step.missing.length > 0 && (
          <span className={styles['stepMore']}>
            {t('missing', { missing: step.missing.join(', ') })}
          </span>
        )}
        {step.problem !== null && <span className={styles['stepMore']}>{step.problem}</span>}
        {current && step.fate === 'concluded' && (
          <code className={styles['stepMore']}>{JSON.stringify(step.value)}</code>
        )}
      </button>
    </li>
  )
}

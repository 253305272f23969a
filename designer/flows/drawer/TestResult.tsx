import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RunView } from '#core/api/views.ts'
import { useEditor } from '../../canvas/editor-context.ts'
import { ValueView } from '../../runs/value/ValueView.tsx'
import { DecisionCard } from '../../runs/result/DecisionCard.tsx'
import { shownDecision } from '../../runs/result/decision-shape.ts'
import { durationText } from '../../ui/duration-text.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { t } from '../messages.ts'
import styles from './Drawer.module.css'

export interface TestResultProps {
  readonly run: RunView
  readonly onClear: () => void
}

/** The test run as it goes: its state, its steps, and what it returns. */
export function TestResult({ run, onClear }: TestResultProps) {
  const { editor } = useEditor()
  const decision = shownDecision(run.output)
  return (
    <>
      <div className={styles['resultBar']}>
        <StateBadge state={run.status} />
        {run.endedAt !== null && (
          <span className="num">{durationText(run.endedAt - run.startedAt)}</span>
        )}
        <span style={{ flex: 1 }} />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onClear}>
          {t('runClear')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          component={Link}
          to={`/runs/${run.id}` as string}
          rightSection={<IconExternalLink size={14} />}
        >
          {t('runOpen')}
        </Button>
      </div>
      {run.error !== null && <p role="alert">{run.error.message}</p>}
      {decision !== null && <DecisionCard decision={decision} />}
      <table className={styles['steps']}>
        <tbody>
          {run.steps.map((step) => (
            <tr
              key={step.step}
              onClick={() => editor.selection.set({ nodes: [step.node] })}
              data-step={step.step}
            >
              <td>
                <button
                  type="button"
                  className={styles['sentence']}
                  onClick={() => editor.selection.set({ nodes: [step.node] })}
                >
                  {editor.node(step.node)?.name ?? step.node}
                </button>
              </td>
              <td>
                <StateBadge state={step.status} />
              </td>
              <td>{step.port ?? ''}</td>
              <td className="num" style={{ textAlign: 'right' }}>
                {step.endedAt === null ? '' : durationText(step.endedAt - step.startedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {run.endedAt !== null && decision === null && run.output !== null && (
        <ValueView value={run.output} label={t('runOutput')} />
      )}
    </>
  )
}

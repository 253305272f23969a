import { memo } from 'react'
import { IconAlertTriangle, type Icon } from '@tabler/icons-react'
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import type { PartCoverage } from '../explain/coverage-marks.ts'
import { coverageLooks } from '../explain/CoverageBadge.tsx'
import { casePlace } from './decision-graph.ts'
import { t } from './messages.ts'
import styles from './PartNode.module.css'

export interface PartNodeData extends Record<string, unknown> {
  readonly icon: Icon
  readonly name: string
  /** One line that says what it is. */
  readonly summary: string
  /** What it comes to for the sample; null where there is nothing to say. */
  readonly worth: string | null
  /** It did not run for the sample. */
  readonly skipped: boolean
  readonly problem: { readonly severity: 'error' | 'warning'; readonly text: string } | null
  /** How far the tests meet what is in it, while they are open. */
  readonly covered: { readonly mark: PartCoverage; readonly text: string } | null
  readonly cases: readonly { readonly id: string; readonly name: string; readonly taken: boolean }[]
  readonly end: 'input' | 'result' | null
}
export type PartNodeType = Node<PartNodeData, 'part'>

/** A part on the canvas: what it is, what it comes to for the sample, and the cases by which it goes on. */
export const PartNode = memo(function PartNode({ data, selected }: NodeProps<PartNodeType>) {
  const { icon: Sign, name, summary, worth, skipped, problem, covered, cases, end } = data
  return (
    <div
      className={styles['card']}
      data-selected={selected}
      data-skipped={skipped}
      data-end={end ?? undefined}
      data-invalid={problem?.severity === 'error'}
    >
      {end !== 'input' && (
        <Handle
          type="target"
          position={Position.Left}
          style={{ top: 28 }}
          className={styles['handle'] ?? ''}
        />
      )}
      <div className={styles['head']}>
        <span className={styles['tile']}>
          <Sign size={18} aria-hidden />
        </span>
        <span className={styles['words']}>
          <span className={styles['name']}>{name}</span>
          <span className={styles['summary']}>{summary}</span>
        </span>
        {problem !== null && (
          <span
            className={styles['problem']}
            data-severity={problem.severity}
            title={problem.text}
            role="img"
            aria-label={problem.text}
          >
            <IconAlertTriangle size={16} />
          </span>
        )}
      </div>
      {worth !== null && (
        <code className={styles['worth']} title={worth}>
          {worth}
        </code>
      )}
      {covered !== null && <Covered {...covered} />}
      {cases.length > 0 && (
        <ul className={styles['cases']}>
          {cases.map((each) => (
            <li key={each.id} data-taken={each.taken}>
              {each.name}
            </li>
          ))}
        </ul>
      )}
      {cases.map((each, index) => (
        <Handle
          key={each.id}
          id={each.id}
          type="source"
          position={Position.Right}
          style={{ top: casePlace(index) }}
          className={styles['handle'] ?? ''}
        />
      ))}
      {end !== 'result' && (
        <Handle
          type="source"
          position={Position.Right}
          style={{ top: 28 }}
          className={styles['handle'] ?? ''}
        />
      )}
    </div>
  )
})

function Covered({ mark, text }: NonNullable<PartNodeData['covered']>) {
  const [Sign, tone] = coverageLooks[mark.state]
  return (
    <span
      className={styles['covered']}
      title={text}
      role="img"
      aria-label={text}
      style={{ color: `var(--${tone})` }}
    >
      <Sign size={12} aria-hidden />
      {t('coveredShort', { met: mark.met, all: mark.all })}
    </span>
  )
}

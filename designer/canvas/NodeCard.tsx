import { memo } from 'react'
import { Tooltip } from '@mantine/core'
import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react'
import { Handle, Position, useStore, type Node, type NodeProps } from '@xyflow/react'
import { errorPort } from '#core/graph/ports.ts'
import { durationText } from '../ui/duration-text.ts'
import { wholeNumber } from '../ui/whole-number.ts'
import { stateLooks } from '../ui/StateBadge.tsx'
import type { Card } from './card.ts'
import { cardHeight, headHeight, portOffset, rowPorts } from './geometry.ts'
import { t } from './messages.ts'
import { NodeIcon } from './NodeIcon.tsx'
import styles from './NodeCard.module.css'

type Progress = NonNullable<NonNullable<Card['run']>['progress']>

export type CardNode = Node<Card, 'card'>

/** Below this zoom a card shows its icon, name and state only. */
const simpleBelow = 0.5

const progressWords = ({ done, total }: Progress): string =>
  t('progress', { done: wholeNumber(done), total: wholeNumber(total) })

function RunChip({ run }: { readonly run: NonNullable<Card['run']> }) {
  const { icon: StateIcon, label, tone } = stateLooks[run.status]
  const time = run.took === null || run.took < 1 ? '' : durationText(run.took)
  const progress = run.progress === undefined ? '' : progressWords(run.progress)
  const words = [
    label,
    progress,
    time,
    run.attempts > 1 ? t('attempts', { count: run.attempts }) : '',
    run.visits > 1 ? t('visits', { count: run.visits }) : '',
  ].filter(Boolean)
  return (
    <Tooltip label={words.join(' · ')}>
      <span
        className={styles['run']}
        data-state={run.status}
        style={{ color: `var(--${tone})`, background: `var(--${tone}-soft)` }}
      >
        <StateIcon
          size={14}
          stroke={2.2}
          className={run.status === 'running' ? styles['turning'] : ''}
          aria-label={label}
        />
        {progress !== '' && <span className={styles['detail']}>{progress}</span>}
        {run.visits > 1 && <span className={styles['detail']}>×{run.visits}</span>}
        {time !== '' && <span className={styles['detail']}>{time}</span>}
      </span>
    </Tooltip>
  )
}

function Problem({ problem }: { readonly problem: NonNullable<Card['problem']> }) {
  const isError = problem.severity === 'error'
  const Mark = isError ? IconAlertTriangleFilled : IconAlertCircleFilled
  return (
    <Tooltip label={problem.text} multiline maw={320}>
      <span className={styles['problem']} data-severity={problem.severity}>
        <Mark size={16} aria-label={problem.text} />
      </span>
    </Tooltip>
  )
}

function Ports({ card }: { readonly card: Card }) {
  const rows = rowPorts(card.ports)
  return (
    <>
      {rows.length > 1 && (
        <div className={styles['ports']}>
          {rows.map((port) => (
            <div key={port.id} className={styles['port']} title={port.title}>
              {port.title}
            </div>
          ))}
        </div>
      )}
      {rows.map((port) => (
        <Handle
          key={port.id}
          id={port.id}
          type="source"
          position={Position.Right}
          className={styles['handle'] ?? ''}
          style={{ top: portOffset(card.ports, port.id) }}
          isConnectable={card.editable}
          role="img"
          aria-label={t('port', { port: port.title })}
        />
      ))}
      {card.canFail && (
        <Handle
          id={errorPort}
          type="source"
          position={Position.Bottom}
          className={`${styles['handle'] ?? ''} ${styles['error'] ?? ''}`}
          data-wired={card.wired.has(errorPort)}
          isConnectable={card.editable}
          role="img"
          aria-label={t('onError')}
          title={t('onError')}
        />
      )}
    </>
  )
}

/** A node as a card: what it is, what it is set to do, where it leads, and how it fares in a run. */
export const NodeCard = memo(function NodeCard({ id, data: card, selected }: NodeProps<CardNode>) {
  const simple = useStore((state) => state.transform[2] < simpleBelow)
  const summary = card.disabled ? t('disabled') : card.known ? card.summary : t('typeUnknown')
  return (
    <div
      className={styles['card']}
      data-node={id}
      data-selected={selected}
      data-disabled={card.disabled}
      data-state={card.run?.status}
      data-invalid={card.problem?.severity === 'error'}
      data-simple={simple}
      style={{ height: cardHeight(card.ports) }}
    >
      {card.takesEdges && (
        <Handle
          type="target"
          position={Position.Left}
          className={`${styles['handle'] ?? ''} ${styles['target'] ?? ''}`}
          style={{ top: headHeight / 2 }}
          isConnectable={card.editable}
          role="img"
          aria-label={t('input')}
        />
      )}
      <div className={styles['head']}>
        <span
          className={styles['tile']}
          style={{
            color: `var(--area-${card.area})`,
            background: `color-mix(in srgb, var(--area-${card.area}) 12%, transparent)`,
          }}
        >
          <NodeIcon of={card.known ? card : undefined} size={simple ? 26 : 18} />
        </span>
        <span className={styles['words']}>
          <span className={styles['title']}>{card.title}</span>
          {!simple && <span className={styles['summary']}>{summary}</span>}
        </span>
        {card.problem !== null && <Problem problem={card.problem} />}
      </div>
      <Ports card={card} />
      {card.run !== null && <RunChip run={card.run} />}
      {card.run?.progress !== undefined && (
        <span className={styles['track']} aria-hidden>
          <span style={{ width: `${(100 * card.run.progress.done) / card.run.progress.total}%` }} />
        </span>
      )}
    </div>
  )
})

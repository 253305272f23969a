import { memo, useState } from 'react'
import { IconPlus } from '@tabler/icons-react'
import {
  BaseEdge,
  EdgeLabelRenderer,
  getSmoothStepPath,
  useStore,
  type Edge,
  type EdgeProps,
} from '@xyflow/react'
import { t } from './messages.ts'
import styles from './FlowLine.module.css'

export interface LineData extends Record<string, unknown> {
  /** The port's or the case's name, where the source has several. */
  readonly label: string | null
  readonly failure: boolean
  /** How a run used it. */
  readonly use: 'none' | 'taken' | 'active' | 'untaken'
  readonly invalid: boolean
  /** Opens the add panel on this edge; absent where nothing can be changed. */
  readonly onInsert?: (edge: string, at: { readonly x: number; readonly y: number }) => void
}
export type LineEdge = Edge<LineData, 'line'>

/** px that an edge must span to carry its name */
const roomFor = 160

/** An edge: it carries its port's name, and moves only where work is under way. */
export const FlowLine = memo(function FlowLine({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  selected,
  data,
}: EdgeProps<LineEdge>) {
  const [hovered, setHovered] = useState(false)
  const readable = useStore((state) => state.transform[2] >= 0.4)
  const [path, middleX, middleY] = getSmoothStepPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition,
    borderRadius: 10,
    offset: 24,
  })
  const over = { onMouseEnter: () => setHovered(true), onMouseLeave: () => setHovered(false) }
  const onInsert = data?.onInsert
  // On a short edge the port's own name stands beside it already.
  const roomy = targetX < sourceX || targetX - sourceX + Math.abs(targetY - sourceY) > roomFor
  const label = roomy ? (data?.label ?? null) : null
  return (
    <>
      <g
        className={styles['line']}
        data-use={data?.use}
        data-failure={data?.failure}
        data-selected={selected}
        data-invalid={data?.invalid}
        {...over}
      >
        <BaseEdge id={id} path={path} interactionWidth={20} markerEnd="url(#arrow)" />
      </g>
      {readable && (
        <EdgeLabelRenderer>
          <div
            className={styles['label']}
            data-use={data?.use}
            style={{ transform: `translate(-50%, -50%) translate(${middleX}px, ${middleY}px)` }}
            {...over}
          >
            {label !== null && !(hovered && onInsert) && <span>{label}</span>}
            {hovered && onInsert !== undefined && (
              <button
                type="button"
                className={styles['add']}
                aria-label={t('addOnEdge')}
                title={t('addOnEdge')}
                onClick={(event) => onInsert(id, { x: event.clientX, y: event.clientY })}
              >
                <IconPlus size={14} stroke={2.4} />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

import { memo } from 'react'
import type { NodeProps } from '@xyflow/react'
import type { FrameNode } from './frames.ts'
import styles from './FrameCard.module.css'

/** What a node contains, as an area with the node's name. */
export const FrameCard = memo(function FrameCard({ data }: NodeProps<FrameNode>) {
  return (
    <div
      className={styles['frame']}
      data-frame={data.container}
      style={{ color: `var(--area-${data.area})` }}
    >
      <span className={styles['name']}>{data.title}</span>
    </div>
  )
})

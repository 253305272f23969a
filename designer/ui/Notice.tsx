import type { ReactNode } from 'react'
import type { Icon } from '@tabler/icons-react'
import styles from './Notice.module.css'

export interface NoticeProps {
  readonly tone: 'running' | 'waiting' | 'done' | 'failed' | 'incident' | 'idle'
  readonly icon: Icon
  readonly title?: string
  readonly children?: ReactNode
}

/** Something to know before one goes on, in the colour of its state. */
export function Notice({ tone, icon: Sign, title, children }: NoticeProps) {
  return (
    <div
      className={styles['notice']}
      style={{ background: `var(--${tone}-soft)`, borderColor: `var(--${tone})` }}
    >
      <Sign size={18} color={`var(--${tone})`} aria-hidden />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}

import type { ReactNode } from 'react'
import type { Icon } from '@tabler/icons-react'
import styles from './Tag.module.css'

export interface TagProps {
  readonly tone: 'running' | 'waiting' | 'done' | 'failed' | 'idle'
  readonly icon?: Icon
  readonly children: ReactNode
}

/** A word beside something, in the colour of its state. */
export function Tag({ tone, icon: Sign, children }: TagProps) {
  return (
    <span
      className={styles['tag']}
      style={{ color: `var(--${tone})`, background: `var(--${tone}-soft)` }}
    >
      {Sign !== undefined && <Sign size={12} aria-hidden />}
      {children}
    </span>
  )
}

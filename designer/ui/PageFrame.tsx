import { useEffect, type ReactNode } from 'react'
import { t } from './messages.ts'
import styles from './PageFrame.module.css'

export interface PageFrameProps {
  readonly title: ReactNode
  /** The title as plain text for the browser's tab. @default title where that is text */
  readonly tab?: string
  readonly subtitle?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** True where the content manages its own scrolling and padding. @default false */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** The head and the scrolling body that every page but the flow editor has. */
export function PageFrame({ title, tab, subtitle, actions, flush, children }: PageFrameProps) {
  const name = tab ?? (typeof title === 'string' ? title : '')
  useEffect(() => {
    document.title = name === '' ? t('product') : `${name} · ${t('product')}`
  }, [name])
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['titles']}>
          <h1 className={styles['title']}>{title}</h1>
          {subtitle !== undefined && <div className={styles['subtitle']}>{subtitle}</div>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      <div className={flush === true ? styles['flush'] : styles['body']}>{children}</div>
    </div>
  )
}

import { Outlet } from '@tanstack/react-router'
import { LiveNotice } from './LiveNotice.tsx'
import { t } from './messages.ts'
import { Rail } from './Rail.tsx'
import styles from './AppFrame.module.css'

/** The rail at the left and the page beside it. */
export function AppFrame() {
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      <Rail />
      <main id="content" className={styles['content']} tabIndex={-1}>
        <Outlet />
      </main>
      <LiveNotice />
    </div>
  )
}

import { IconPlugConnectedX } from '@tabler/icons-react'
import { liveLost } from '../api/live.ts'
import styles from './AppFrame.module.css'
import { t } from './messages.ts'
import { Notice } from './Notice.tsx'
import { useObservable } from './use-observable.ts'

const same = (lost: boolean): boolean => lost

/** Says that what moves on the page has stopped moving, as long as the live connection is down. */
export function LiveNotice() {
  const lost = useObservable(liveLost, same)
  return (
    <div className={styles['live']} role="status">
      {lost && (
        <Notice tone="waiting" icon={IconPlugConnectedX} title={t('liveLost')}>
          {t('liveLostText')}
        </Notice>
      )}
    </div>
  )
}

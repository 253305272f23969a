import { wholeNumber } from '../../ui/whole-number.ts'
import { t } from './messages.ts'
import styles from './Scorecard.module.css'

export interface ShareProps {
  /** Null where nobody was counted. */
  readonly of: { readonly count: number; readonly all: number } | null
}

export const percent = (count: number, all: number): string => {
  const share = all === 0 ? 0 : (count / all) * 100
  return share > 0 && share < 1 ? '<1' : share > 99 && share < 100 ? '>99' : share.toFixed(0)
}

/** How many of the applicants fall into a bin. */
export const Share = ({ of }: ShareProps) =>
  of === null ? (
    <span />
  ) : (
    <span
      className={styles['share']}
      title={t('zoneHint', { count: wholeNumber(of.count), all: wholeNumber(of.all) })}
    >
      {percent(of.count, of.all)} %
    </span>
  )

import { badRate, rowsOf, weightOfEvidence, type Counts } from '#core/decision/woe.ts'
import { wholeNumber } from '../../ui/whole-number.ts'
import { t } from './messages.ts'
import styles from './Scorecard.module.css'

/** How it went with the applicants of a bin, and of all bins of its characteristic. */
export interface BinCounts {
  readonly bin: Counts
  readonly all: Counts
}

/** The bad rate of a bin and its weight of evidence: below 0 there are more bads than in the whole. */
export function BinOutcome({ bin, all }: BinCounts) {
  const rows = rowsOf(bin)
  if (rows === 0)
    return (
      <>
        <span className={styles['share']}>–</span>
        <span className={styles['share']}>–</span>
      </>
    )
  const evidence = weightOfEvidence(bin, all)
  return (
    <>
      <span
        className={styles['share']}
        title={t('badHint', { bads: wholeNumber(bin.bads), all: wholeNumber(rows) })}
      >
        {(badRate(bin) * 100).toFixed(1)} %
      </span>
      <span className={styles['share']} data-sign={Math.sign(evidence)} title={t('woeHint')}>
        {evidence > 0 ? '+' : evidence < 0 ? '−' : ''}
        {Math.abs(evidence).toFixed(2)}
      </span>
    </>
  )
}

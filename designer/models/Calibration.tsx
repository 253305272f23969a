import { percent } from './Figures.tsx'
import { t } from './messages.ts'
import styles from './ModelsPage.module.css'

export interface CalibrationProps {
  readonly bands: readonly {
    readonly rows: number
    readonly predicted: number
    readonly observed: number
  }[]
}

/** Predicted beside observed, as bars on one scale with their figures. */
export function Calibration({ bands }: CalibrationProps) {
  const most = Math.max(...bands.flatMap((band) => [band.predicted, band.observed]), Number.EPSILON)
  const width = (rate: number): string => `${(rate / most) * 100}%`
  return (
    <section>
      <h3 className={styles['part']}>
        {t('calibration')} <span className={styles['hint']}>{t('calibrationHint')}</span>
      </h3>
      <ul className={styles['calibration']}>
        {bands.map((band, index) => (
          <li key={band.predicted} title={`${t('rows')}: ${band.rows.toLocaleString('en-IN')}`}>
            <span className="num">{index + 1}</span>
            <span className={styles['pair']} aria-hidden>
              <span className={styles['predicted']} style={{ width: width(band.predicted) }} />
              <span className={styles['observed']} style={{ width: width(band.observed) }} />
            </span>
            <span className={`num ${styles['rates'] ?? ''}`}>
              {percent(band.predicted)} / {percent(band.observed)}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles['legend']}>
        <span className={styles['predicted']} /> {t('predicted')}
        <span className={styles['observed']} /> {t('observed')}
      </p>
    </section>
  )
}

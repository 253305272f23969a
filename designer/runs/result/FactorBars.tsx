import type { Factor } from './decision-shape.ts'
import styles from './FactorBars.module.css'

const points = new Intl.NumberFormat('en-IN', {
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

/** Bars left and right of zero, the longest filling its side; sign and number stand beside the colour. */
export function FactorBars({
  factors,
  limit = 8,
}: {
  readonly factors: readonly Factor[]
  readonly limit?: number
}) {
  const shown = factors.slice(0, limit)
  const most = Math.max(...shown.map((factor) => Math.abs(factor.contribution)), Number.EPSILON)
  return (
    <ul className={styles['bars']}>
      {shown.map((factor, index) => {
        const width = `${(Math.abs(factor.contribution) / most) * 50}%`
        const up = factor.contribution >= 0
        return (
          <li key={index} className={styles['bar']}>
            <span className={styles['label']} title={factor.label}>
              {factor.label}
              {factor.value !== '' && <span className={styles['value']}>{factor.value}</span>}
            </span>
            <span className={styles['track']} aria-hidden>
              <span
                className={up ? styles['up'] : styles['down']}
                style={up ? { left: '50%', width } : { right: '50%', width }}
              />
            </span>
            <span className={`num ${styles['points'] ?? ''}`}>
              {points.format(factor.contribution).replace('-', '−')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

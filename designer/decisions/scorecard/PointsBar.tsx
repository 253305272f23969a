import styles from './Scorecard.module.css'

export interface PointsBarProps {
  readonly points: number
  /** The least and the most points beside it, with zero between them. */
  readonly range: readonly [number, number]
}

/** Points as a bar from zero, to the left where they are taken away. */
export function PointsBar({ points, range: [least, most] }: PointsBarProps) {
  const width = Math.max(1e-9, most - least)
  const at = (value: number): number => ((value - least) / width) * 100
  return (
    <span className={styles['bar']} aria-hidden>
      <span
        data-below={points < 0 || undefined}
        style={{
          left: `${at(Math.min(0, points))}%`,
          width: `${(Math.abs(points) / width) * 100}%`,
        }}
      />
      <i style={{ left: `${at(0)}%` }} />
    </span>
  )
}

import { useState } from 'react'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { Feature } from './card-schema.ts'
import { decimal, percent } from './Figures.tsx'
import { t } from './messages.ts'
import styles from './ModelsPage.module.css'

/** The printed scorecard: every feature with its ranges and their points, strongest first. */
export function PointsTable({ features }: { readonly features: readonly Feature[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(
    new Set(features.slice(0, 1).map((each) => each.name)),
  )
  const toggle = (name: string): void => {
    const next = new Set(open)
    if (!next.delete(name)) next.add(name)
    setOpen(next)
  }
  const sorted = features.toSorted((a, b) => b.iv - a.iv)
  const all = features.flatMap(binsOf).map((bin) => bin.points)
  const scale = { low: Math.min(...all), high: Math.max(...all) }
  return (
    <div className={styles['points']}>
      {sorted.map((feature) => (
        <FeaturePoints
          key={feature.name}
          feature={feature}
          scale={scale}
          open={open.has(feature.name)}
          onToggle={() => toggle(feature.name)}
        />
      ))}
    </div>
  )
}

const binsOf = (feature: Feature): Feature['bins'] =>
  feature.missing === undefined ? feature.bins : [...feature.bins, feature.missing]

interface FeaturePointsProps {
  readonly feature: Feature
  readonly scale: { readonly low: number; readonly high: number }
  readonly open: boolean
  readonly onToggle: () => void
}

function FeaturePoints({ feature, scale, open, onToggle }: FeaturePointsProps) {
  const bins = binsOf(feature)
  const points = bins.map((bin) => bin.points)
  const Chevron = open ? IconChevronDown : IconChevronRight
  const span = Math.max(1, scale.high - scale.low)
  const place = (value: number): string => `${((value - scale.low) / span) * 100}%`
  const low = Math.min(...points)
  const high = Math.max(...points)
  return (
    <section className={styles['feature']}>
      <button
        type="button"
        className={styles['featureHead']}
        aria-expanded={open}
        aria-label={t('expand', { feature: feature.title })}
        onClick={onToggle}
      >
        <Chevron size={14} aria-hidden />
        <span className={styles['featureName']}>{feature.title}</span>
        <span className={styles['quiet']}>{feature.unit}</span>
        <span className={styles['span']} title={t('range', { from: low, to: high })}>
          <span style={{ left: place(low), width: `calc(${place(high)} - ${place(low)})` }} />
        </span>
        <span className={`num ${styles['featureRange'] ?? ''}`}>
          {low}…{high}
        </span>
        <span className={`num ${styles['quiet'] ?? ''}`}>
          {t('iv', { iv: decimal(feature.iv) })}
        </span>
      </button>
      {open && (
        <table className={styles['bins']}>
          <thead>
            <tr>
              <th>{t('bin')}</th>
              <th>{t('pointsColumn')}</th>
              <th>{t('woe')}</th>
              <th>{t('share')}</th>
            </tr>
          </thead>
          <tbody className="num">
            {bins.map((bin) => (
              <tr key={bin.label}>
                <td>{bin.label}</td>
                <td>
                  <b>{bin.points}</b>
                </td>
                <td>{decimal(bin.woe, 2)}</td>
                <td>{percent(bin.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

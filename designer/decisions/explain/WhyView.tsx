import { useState, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import {
  IconBolt,
  IconChevronDown,
  IconChevronRight,
  IconCircleDashed,
  IconHelp,
  IconMinus,
  type Icon,
} from '@tabler/icons-react'
import type { Counterfactual } from '#core/decision/explain/counterfactual.ts'
import type { Explanation, UnitExplanation } from '#core/decision/explain/explain.ts'
import { saidComparison } from '#core/decision/explain/say.ts'
import { severity } from '#core/decision/severity.ts'
import type { Json } from '#core/json.ts'
import { t } from './messages.ts'
import styles from './Explain.module.css'

/** Near misses shown. */
const mostMisses = 5

const shown = (value: Json): string => (value === null ? t('nothing') : JSON.stringify(value))

export interface WhyViewProps {
  readonly why: Explanation
  readonly other: Counterfactual
  /** Takes the changes over; absent where they are only told. */
  readonly onTry?: (changes: Extract<Counterfactual, { found: true }>['changes']) => void
}

/** Why a decision came out so: what led to the outcome, what was nearly met, what would change it, and every rule. */
export function WhyView({ why, other, onTry }: WhyViewProps) {
  const { outcome } = why.result
  return (
    <div className={styles['why']}>
      {why.chain.length > 0 && (
        <Section title={t('chain')}>
          <ol className={styles['plain']} aria-label={t('chain')}>
            {why.chain.map((link, index) => (
              <li key={`${link.part} ${link.unit} ${index}`}>
                <b>{link.unit === null ? link.name : nameOf(why, link)}</b>
                {link.values.length > 0 && (
                  <span className={styles['quiet']}>
                    {' '}
                    {link.values.map(({ path, value }) => `${path} = ${shown(value)}`).join(', ')}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
      {why.nearest.length > 0 && (
        <Section title={t('nearest')}>
          <ul className={styles['plain']}>
            {why.nearest.slice(0, mostMisses).map((unit) => (
              <li key={`${unit.part} ${unit.pointer}`}>
                <b>{nameOf(why, unit)}</b>{' '}
                <span className={styles['quiet']}>{missWords(unit)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('counterfactual')}>
        {other.found ? (
          <>
            <ul className={styles['plain']}>
              {other.changes.map(({ path, from, to }) => (
                <li key={path}>{t('change', { path, from: shown(from), to: shown(to) })}</li>
              ))}
            </ul>
            <p className={styles['quiet']}>
              {t('thenOutcome', { outcome: other.result.outcome ?? t('noOutcomeThen') })}{' '}
              {!other.smallest && t('maybeSmaller')}
            </p>
            {onTry !== undefined && (
              <Button variant="subtle" size="compact-xs" onClick={() => onTry(other.changes)}>
                {t('tryChange')}
              </Button>
            )}
          </>
        ) : (
          <p className={styles['quiet']}>
            {t(
              other.complete ? (severity(outcome) > 0 ? 'noChange' : 'noOther') : 'noChangeFound',
              {
                most: other.most,
                outcome: outcome ?? t('noOutcome'),
              },
            )}
          </p>
        )}
      </Section>
      <AllUnits why={why} />
    </div>
  )
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <h4 className={styles['sub']}>{title}</h4>
    {children}
  </section>
)

const nameOf = (
  { parts }: Explanation,
  { part, name }: Pick<UnitExplanation, 'part' | 'name'>,
): string => [parts.find((each) => each.part === part)?.name, name].filter(Boolean).join(' › ')

/** `bureau.score 668, needs < 670`. */
const missWords = ({ miss }: UnitExplanation): string =>
  (miss?.comparisons ?? [])
    .map((comparison) =>
      t(comparison.wanted ? 'needs' : 'needsNot', saidComparison(comparison, shown)),
    )
    .join('; ')

const looks: Record<UnitExplanation['fate'], { readonly icon: Icon; readonly tone: string }> = {
  met: { icon: IconBolt, tone: 'running' },
  'not met': { icon: IconMinus, tone: 'text-3' },
  unknown: { icon: IconHelp, tone: 'waiting' },
  'not reached': { icon: IconCircleDashed, tone: 'text-3' },
}
const words = {
  met: 'met',
  'not met': 'unmet',
  unknown: 'unknown',
  'not reached': 'notReached',
} as const
const because = {
  disabled: 'because_disabled',
  'not in force': 'because_not_in_force',
  'earlier row': 'because_earlier_row',
  'other case': 'because_other_case',
} as const

/** Every rule and row with the values that it compared, part by part; closed until it is asked for. */
function AllUnits({ why: { parts } }: { readonly why: Explanation }) {
  const [open, setOpen] = useState(false)
  const told = parts.filter(({ units }) => units.length > 0)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <section>
      <button
        type="button"
        className={styles['opener']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} aria-hidden /> {t('allUnits')}
      </button>
      {open &&
        told.map(({ part, name, units }) => (
          <div key={part}>
            <h5 className={styles['partTitle']}>{name}</h5>
            <ul className={styles['units']}>
              {units.map((unit) => (
                <UnitLine key={unit.pointer} unit={unit} />
              ))}
            </ul>
          </div>
        ))}
    </section>
  )
}

function UnitLine({ unit }: { readonly unit: UnitExplanation }) {
  const { icon: Sign, tone } = looks[unit.fate]
  const missing = [...new Set(unit.comparisons.flatMap((each) => each.missing))]
  const compared = unit.comparisons.map((each) => {
    const { given, needs } = saidComparison(each, shown)
    return `${given} ${needs}`
  })
  return (
    <li className={styles['unit']}>
      <Sign size={14} color={`var(--${tone})`} aria-hidden />
      <span>{unit.name}</span>
      <span className={styles['stepFate']} style={{ color: `var(--${tone})` }}>
        {t(words[unit.fate])}
      </span>
      <span className={styles['stepMore']}>
        {unit.because === null ? compared.join('; ') : t(because[unit.because])}
        {unit.fate === 'unknown' &&
          missing.length > 0 &&
          ` · ${t('missing', { missing: missing.join(', ') })}`}
      </span>
    </li>
  )
}

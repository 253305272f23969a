import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { counterfactual, withValue } from '#core/decision/explain/counterfactual.ts'
import { explainDecision, type UnitExplanation } from '#core/decision/explain/explain.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'
import { useEditor } from '../editor-context.ts'
import { t } from './messages.ts'
import { pointerName } from './unit-name.ts'
import styles from './Explain.module.css'

/** Near misses shown. */
const mostMisses = 5
/** Evaluations of the search for what would change the outcome; it runs as one types. */
const searchBudget = 2_000
/** Decisions with more rules and rows are explained only in part. */
const mostUnits = 1_000

const shown = (value: unknown): string => (value === null ? t('nothing') : JSON.stringify(value))

function explain(decision: Decision, sample: JsonObject) {
  const units = decision.parts.reduce((sum, part) => sum + unitsIn(part), 0)
  if (units > mostUnits) return null
  try {
    const at = Date.now()
    return {
      why: explainDecision(decision, sample, { at }),
      other: counterfactual(decision, sample, { at, budget: searchBudget }),
    }
  } catch {
    // A draft that does not compile says so above.
    return null
  }
}

const unitsIn = (part: DecisionPart): number =>
  part.kind === 'table' ? part.rows.length : part.kind === 'rules' ? part.rules.length : 1

/** Why the sample gets what it gets: what led to the outcome, what was nearly met, and what would change it. */
export function WhyPanel() {
  const { decision, sample, setSample } = useEditor()
  const explained = useMemo(() => explain(decision, sample), [decision, sample])
  if (explained === null) return <p className={styles['quiet']}>{t('tooMany')}</p>
  const { why, other } = explained
  const { outcome } = why.result
  return (
    <div className={styles['why']}>
      {why.chain.length > 0 && (
        <ol className={styles['plain']} aria-label={t('chain')}>
          {why.chain.map((link, index) => (
            <li key={`${link.part} ${link.unit} ${index}`}>
              <b>{link.name}</b>
              {link.values.length > 0 && (
                <span className={styles['quiet']}>
                  {' '}
                  {link.values.map(({ path, value }) => `${path} = ${shown(value)}`).join(', ')}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {why.nearest.length > 0 && (
        <section>
          <h4 className={styles['sub']}>{t('nearest')}</h4>
          <ul className={styles['plain']}>
            {why.nearest.slice(0, mostMisses).map((unit) => (
              <li key={unit.pointer}>
                <b>{pointerName(decision, unit.pointer)}</b>{' '}
                <span className={styles['quiet']}>{missWords(unit)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h4 className={styles['sub']}>{t('counterfactual')}</h4>
        {other.found ? (
          <>
            <ul className={styles['plain']}>
              {other.changes.map(({ path, from, to }) => (
                <li key={path}>{t('change', { path, from: shown(from), to: shown(to) })}</li>
              ))}
            </ul>
            <p className={styles['quiet']}>
              {t('thenOutcome', { outcome: other.result.outcome ?? t('noOutcome') })}{' '}
              {!other.smallest && t('maybeSmaller')}
            </p>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() =>
                setSample(
                  other.changes.reduce<JsonObject>(
                    (input, { path, to }) => withValue(input, path.split('.'), to),
                    sample,
                  ),
                )
              }
            >
              {t('tryChange')}
            </Button>
          </>
        ) : (
          <p className={styles['quiet']}>
            {t(other.complete ? 'noChange' : 'noChangeFound', {
              most: other.most,
              outcome: outcome ?? t('noOutcome'),
            })}
          </p>
        )}
      </section>
    </div>
  )
}

const symbols: Readonly<Record<string, string>> = {
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  eq: '=',
  ne: '≠',
  in_list: '∈',
  between: 'between',
  is_missing: 'missing',
  is_present: 'present',
}

/** `bureau.score 668, needs < 670`. */
const missWords = ({ miss }: UnitExplanation): string =>
  (miss?.comparisons ?? [])
    .map(({ operands, operator, wanted }) => {
      const [left, ...limits] = operands
      const given = `${left?.path ?? ''} ${shown(left?.value ?? null)}`
      const needs = [
        symbols[operator ?? ''] ?? operator ?? '',
        ...limits.map(({ value }) => shown(value)),
      ]
      return t(wanted ? 'needs' : 'needsNot', { given, needs: needs.join(' ') })
    })
    .join('; ')

import type { ReactNode } from 'react'
import { Badge, Group } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconListCheck,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react'
import type { Outcome } from '#core/decision/result.ts'
import { t } from '../messages.ts'
import type { Offer, ShownDecision } from './decision-shape.ts'
import { FactorBars } from './FactorBars.tsx'
import styles from './DecisionCard.module.css'

const looks: Record<Outcome, { readonly icon: Icon; readonly tone: string }> = {
  approve: { icon: IconCircleCheck, tone: 'done' },
  approve_with_conditions: { icon: IconListCheck, tone: 'done' },
  refer: { icon: IconUserQuestion, tone: 'waiting' },
  decline: { icon: IconCircleX, tone: 'failed' },
}

const rupees = new Intl.NumberFormat('en-IN', {
  style: 'currency',
  currency: 'INR',
  maximumFractionDigits: 0,
})
const percent = new Intl.NumberFormat('en-IN', { style: 'percent', maximumFractionDigits: 0 })

function OutcomeBadge({ outcome }: { readonly outcome: Outcome | null }) {
  const { icon: Sign, tone } =
    outcome === null ? { icon: IconHelpCircle, tone: 'idle' } : looks[outcome]
  return (
    <span
      className={styles['outcome']}
      style={{ color: `var(--${tone})`, background: `var(--${tone}-soft)` }}
    >
      <Sign size={18} />
      {outcome === null ? t('outcome_none') : t(`outcome_${outcome}`)}
    </span>
  )
}

/** A decision as a credit officer reads it: what, how sure, why, on which terms, by which versions. */
export function DecisionCard({ decision }: { readonly decision: ShownDecision }) {
  const scoredOnly = decision.outcome === null && decision.score !== null
  return (
    <section className={styles['card']} aria-label={t('decisionTitle')}>
      <Group gap="sm">
        {!scoredOnly && <OutcomeBadge outcome={decision.outcome} />}
        {decision.score !== null && (
          <span className={styles['score']}>
            {t('score')} <b className="num">{Math.round(decision.score)}</b>
          </span>
        )}
        {decision.category !== null && (
          <Badge color="gray">
            {t('category')} {decision.category}
          </Badge>
        )}
        {decision.confidence !== null && (
          <span className={styles['quiet']}>
            {t('confidence', { percent: percent.format(decision.confidence) })}
          </span>
        )}
      </Group>
      {decision.offer !== null && <OfferLine offer={decision.offer} />}
      {decision.reasons.length > 0 && (
        <Part title={t('reasons')}>
          <ul className={styles['list']}>
            {decision.reasons.map((reason, index) => (
              <li key={index}>
                {reason.text}
                <span className={styles['source']}>
                  <code>{reason.code}</code>
                  {reason.source !== '' && ` ${reason.source}`}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {decision.conditions.length > 0 && (
        <Part title={t('conditions')}>
          <ul className={styles['list']}>
            {decision.conditions.map((condition, index) => (
              <li key={index}>{condition}</li>
            ))}
          </ul>
        </Part>
      )}
      {decision.flags.length > 0 && (
        <Part title={t('flags')}>
          <Group gap={4}>
            {decision.flags.map((flag, index) => (
              <Badge key={index} color="gray">
                {flag}
              </Badge>
            ))}
          </Group>
        </Part>
      )}
      {decision.factors.length > 0 && (
        <Part title={t('factors')} hint={t('factorsHint')}>
          <FactorBars factors={decision.factors} />
        </Part>
      )}
      <Versions decision={decision} />
    </section>
  )
}

function Part({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}) {
  return (
    <div>
      <h4 className={styles['title']}>
        {title}
        {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
      </h4>
      {children}
    </div>
  )
}

function OfferLine({ offer }: { readonly offer: Offer }) {
  const facts = [
    [t('offerAmount'), offer.amount === null ? null : rupees.format(offer.amount)],
    [
      t('offerTenure'),
      offer.tenureMonths === null ? null : t('months', { count: offer.tenureMonths }),
    ],
    [t('offerRate'), offer.rate === null ? null : t('perYear', { rate: offer.rate })],
    [t('offerEmi'), offer.emi === null ? null : rupees.format(offer.emi)],
  ] as const
  return (
    <dl className={styles['offer']}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Versions({ decision }: { readonly decision: ShownDecision }) {
  const parts = [
    decision.policyVersion === null
      ? null
      : t('policyVersion', { version: decision.policyVersion }),
    decision.modelVersion === null ? null : t('modelVersion', { version: decision.modelVersion }),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : <div className={styles['quiet']}>{parts.join(' · ')}</div>
}

import { useState } from 'react'
import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { StepView } from '#core/api/views.ts'
import { isObject } from '#core/json.ts'
import { queries } from '../../api/queries.ts'
import { WhyView } from '../../decisions/explain/WhyView.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { t } from '../messages.ts'
import type { StepFacts } from '../step-facts.ts'
import styles from './DecisionCard.module.css'

/** Whether a step has evaluated a decision document, which can be explained. */
export const isExplainable = ({ node, output }: StepView, { descriptorOf }: StepFacts): boolean =>
  isObject(output) &&
  Object.values(descriptorOf(node)?.config['properties'] ?? {}).some(
    (field) => isObject(field) && field['x-ref'] === 'decision',
  )

export interface StepWhyProps {
  readonly run: string
  readonly step: string
  /** Whose decision it is, where that is not plain from the place. */
  readonly of?: string
}

/** Why a step's decision came out so, asked for when it is opened. */
export function StepWhy({ run, step, of }: StepWhyProps) {
  const [open, setOpen] = useState(false)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <section className={styles['why']}>
      <button
        type="button"
        className={styles['opener']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} aria-hidden /> {of === undefined ? t('why') : t('whyOf', { node: of })}
      </button>
      {open && <Told run={run} step={step} />}
    </section>
  )
}

function Told({ run, step }: Omit<StepWhyProps, 'of'>) {
  const { data, error } = useQuery(queries.explanation(run, step))
  if (error !== null) return <p className={styles['quiet']}>{error.message}</p>
  if (data === undefined) return <Loader size="xs" aria-label={t('whyAsking')} />
  return (
    <>
      {!data.agrees && (
        <Notice tone="waiting" icon={IconAlertTriangle} title={t('whyDiffers')}>
          {t('whyDiffersText')}
        </Notice>
      )}
      <WhyView why={data.why} other={data.other} />
    </>
  )
}

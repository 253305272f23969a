import { useState, type ReactNode } from 'react'
import { Alert, Group } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBolt,
  IconChevronDown,
  IconChevronRight,
  IconHelp,
} from '@tabler/icons-react'
import type { DecisionResult } from '#core/decision/result.ts'
import { isObject, type Json } from '#core/json.ts'
import { DecisionCard } from '../runs/result/DecisionCard.tsx'
import { shownDecision } from '../runs/result/decision-shape.ts'
import { JsonInput } from '../ui/JsonInput.tsx'
import { FormContext, type FormServices } from '../ui/form/form-context.ts'
import { SchemaForm } from '../ui/form/SchemaForm.tsx'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { StepThrough } from './explain/StepThrough.tsx'
import { WhyPanel } from './explain/WhyPanel.tsx'
import { SampleMenu } from './SampleMenu.tsx'
import styles from './DecisionEditor.module.css'

const services: FormServices = {
  choices: () => [],
  fields: [],
  upload: () => Promise.reject(new Error(t('noFiles'))),
}

/** A sample applicant, and what the draft decides for it, computed here as one types. */
export function TryPanel() {
  const { decision, outcome, sample, setSample } = useEditor()
  const { properties } = decision.input
  const hasSchema = isObject(properties) && Object.keys(properties).length > 0
  return (
    <div className={styles['try']}>
      {'problem' in outcome ? (
        <Alert color="red" icon={<IconAlertTriangle size={16} />}>
          {t('tryBroken', { problem: outcome.problem })}
        </Alert>
      ) : (
        <>
          <Result result={outcome.result} />
          <Disclosure title={t('tryWhy')} hint={t('tryWhyHint')}>
            <WhyPanel />
          </Disclosure>
          <Disclosure title={t('trySteps')} hint={t('tryStepsHint')}>
            <StepThrough />
          </Disclosure>
        </>
      )}
      <section>
        <Group justify="space-between" mb={8}>
          <h3 className={styles['title']}>{t('tryInput')}</h3>
          <SampleMenu />
        </Group>
        <FormContext value={services}>
          {hasSchema ? (
            <SchemaForm
              schema={decision.input}
              value={sample}
              onChange={(next) => setSample(next)}
            />
          ) : (
            <JsonInput
              value={sample}
              onChange={(next: Json) => {
                if (isObject(next)) setSample(next as typeof sample)
              }}
            />
          )}
        </FormContext>
      </section>
    </div>
  )
}

function Result({ result }: { readonly result: DecisionResult }) {
  const shown = shownDecision(result)
  const { fired, unknown } = result
  return (
    <section className={styles['result']} aria-live="polite">
      {shown !== null && <DecisionCard decision={shown} />}
      {fired.length > 0 && (
        <div>
          <h4 className={styles['sub']}>
            <IconBolt size={14} aria-hidden /> {t('tryFired', { count: fired.length })}
          </h4>
          <ul className={styles['plain']}>
            {fired.map((each) => (
              <li key={`${each.part}.${each.rule}`}>{each.name}</li>
            ))}
          </ul>
        </div>
      )}
      {fired.length === 0 && <p className={styles['quiet']}>{t('tryNone')}</p>}
      {unknown.length > 0 && (
        <div>
          <h4 className={styles['sub']}>
            <IconHelp size={14} aria-hidden /> {t('tryUnknown', { count: unknown.length })}
          </h4>
          <p className={styles['quiet']}>
            {t('unknownMissing', {
              missing: [...new Set(unknown.flatMap((each) => each.missing))].join(', ') || '–',
            })}
          </p>
        </div>
      )}
    </section>
  )
}

interface DisclosureProps {
  readonly title: string
  readonly hint: string
  readonly children: ReactNode
}

/** A part of the panel that is made only while it is open. */
function Disclosure({ title, hint, children }: DisclosureProps) {
  const [open, setOpen] = useState(false)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <section>
      <button
        type="button"
        className={styles['disclosure']}
        title={hint}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} aria-hidden /> {title}
      </button>
      {open && children}
    </section>
  )
}

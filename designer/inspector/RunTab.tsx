import { useState } from 'react'
import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useView } from '../canvas/editor-context.ts'
import { durationText } from '../ui/duration-text.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { ValueView } from '../runs/value/ValueView.tsx'
import { t } from './messages.ts'
import { t as words } from './run-messages.ts'
import styles from './Inspector.module.css'

/** What the run laid over the canvas did at this node. */
export function RunTab({ node }: { readonly node: string }) {
  const steps = useView((view) => view.run?.steps)
  const mine = (steps ?? []).filter((step) => step.node === node)
  const [wanted, setWanted] = useState<string | null>(null)
  const step = mine.find((each) => each.step === wanted) ?? mine.at(-1)
  if (step === undefined) return <Text c="dimmed">{t('notRun')}</Text>
  const took = step.endedAt === null ? null : step.endedAt - step.startedAt
  return (
    <Stack gap={12}>
      {mine.length > 1 && (
        <SegmentedControl
          size="xs"
          value={step.step}
          onChange={setWanted}
          data={mine.map((each, index) => ({
            value: each.step,
            label: t('visit', { epoch: index + 1 }),
          }))}
        />
      )}
      <dl className={styles['facts']}>
        <dt>{words('state')}</dt>
        <dd>
          <StateBadge state={step.status} />
        </dd>
        {step.port !== null && (
          <>
            <dt>{words('leftBy')}</dt>
            <dd>{step.port}</dd>
          </>
        )}
        <dt>{words('attempts')}</dt>
        <dd className="num">{step.attempts}</dd>
        {took !== null && (
          <>
            <dt>{words('time')}</dt>
            <dd className="num">{durationText(took)}</dd>
          </>
        )}
      </dl>
      {step.error !== null && (
        <div className={styles['failure']} role="alert">
          <strong>{step.error.code}</strong>
          <span>{step.error.message}</span>
        </div>
      )}
      <section>
        <h3 className={styles['part']}>{words('input')}</h3>
        <ValueView value={step.input} label={words('input')} />
      </section>
      <section>
        <h3 className={styles['part']}>{words('output')}</h3>
        {step.endedAt === null ? (
          <Text c="dimmed" size="xs">
            {words('notYet')}
          </Text>
        ) : (
          <ValueView value={step.output} label={words('output')} />
        )}
      </section>
    </Stack>
  )
}

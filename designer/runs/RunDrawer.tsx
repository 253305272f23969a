import { Tabs } from '@mantine/core'
import type { RunView } from '#core/api/views.ts'
import { t } from './messages.ts'
import { RunHistory } from './RunHistory.tsx'
import { RunTimeline } from './RunTimeline.tsx'
import type { StepFacts } from './step-facts.ts'
import { useRunEvents } from './use-run-events.ts'
import styles from './RunPage.module.css'

export interface RunDrawerProps {
  readonly run: RunView
  readonly facts: StepFacts
  readonly selected: string | null
  readonly onSelect: (step: string) => void
}

/** Below the canvas: the steps on a time scale, or everything that happened with who did it. */
export function RunDrawer({ run, facts, selected, onSelect }: RunDrawerProps) {
  const events = useRunEvents(run.id, run.seq)
  return (
    <Tabs defaultValue="timeline" className={styles['drawer']}>
      <Tabs.List>
        <Tabs.Tab value="timeline">{t('tabTimeline')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('tabHistory')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline" className={styles['drawerBody']}>
        <RunTimeline
          run={run}
          events={events.data ?? []}
          facts={facts}
          selected={selected}
          onSelect={onSelect}
        />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={styles['drawerBody']}>
        <RunHistory events={events} facts={facts} onSelect={onSelect} />
      </Tabs.Panel>
    </Tabs>
  )
}

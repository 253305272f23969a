import { Badge, Group, Loader, Tabs } from '@mantine/core'
import type { Finding } from '#core/graph/finding.ts'
import { useEditor } from './editor-context.ts'
import { FindingsPanel } from './FindingsPanel.tsx'
import { InputsPanel } from './InputsPanel.tsx'
import { t } from './messages.ts'
import { passes } from './try-draft.ts'
import { TestsPanel } from './TestsPanel.tsx'
import { TryPanel } from './TryPanel.tsx'
import styles from './DecisionEditor.module.css'

/** The open tab, and the problem that was asked for. */
export interface Panel {
  readonly tab: string
  readonly finding: Finding | null
}

export interface SidePanelProps {
  readonly panel: Panel
  readonly onPanel: (panel: Panel) => void
}

export function SidePanel({ panel, onPanel }: SidePanelProps) {
  const { decision, analysis, findings, testOutcomes } = useEditor()
  const failed = decision.tests.filter((test, index) => {
    const outcome = testOutcomes[index]
    return outcome !== undefined && !passes(test, outcome)
  }).length
  const errors = findings.filter((finding) => finding.severity === 'error').length
  return (
    <aside className={styles['side']}>
      <Tabs
        value={panel.tab}
        onChange={(tab) => onPanel({ tab: tab ?? 'try', finding: null })}
        className={styles['sideTabs'] ?? ''}
      >
        <Tabs.List>
          <Tabs.Tab value="try">{t('tryIt')}</Tabs.Tab>
          <Tabs.Tab value="inputs">{t('inputs')}</Tabs.Tab>
          <Tabs.Tab
            value="tests"
            rightSection={
              <Count count={failed > 0 ? failed : decision.tests.length} bad={failed > 0} />
            }
          >
            {t('tests')}
          </Tabs.Tab>
          <Tabs.Tab
            value="problems"
            rightSection={
              <Group gap={6} wrap="nowrap">
                {analysis === 'asking' && (
                  <Loader
                    size={12}
                    className={styles['checking'] ?? ''}
                    aria-label={t('checking')}
                  />
                )}
                <Count count={findings.length} bad={errors > 0} />
              </Group>
            }
          >
            {t('problems')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="try" className={styles['sideBody']}>
          <TryPanel />
        </Tabs.Panel>
        <Tabs.Panel value="inputs" className={styles['sideBody']}>
          <InputsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="tests" className={styles['sideBody']}>
          <TestsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="problems" className={styles['sideBody']}>
          <FindingsPanel shown={panel.finding} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}

const Count = ({ count, bad }: { readonly count: number; readonly bad: boolean }) =>
  count === 0 ? null : (
    <Badge size="xs" color={bad ? 'red' : 'gray'}>
      {count}
    </Badge>
  )

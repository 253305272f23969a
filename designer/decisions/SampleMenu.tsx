import { useState } from 'react'
import { Button, Group, Loader, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hangsOnDay } from '#core/decision/testing/hangs-on-day.ts'
import { today } from '#core/logic/dates.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { runSamples } from './run-samples.ts'
import { expectationOf, sampleOf } from './try-draft.ts'

/** Fills the sample from a test or from what a recent run asked, and keeps it as a test. */
export function SampleMenu() {
  const { decision, others, change, outcome, sample, setSample } = useEditor()
  const [opened, setOpened] = useState(false)
  const runs = useQuery({ ...runSamples(decision.id), enabled: opened })
  const keep = (): void => {
    if ('problem' in outcome) return
    const name = t('testName', { number: decision.tests.length + 1 })
    const drafts = [decision, ...Object.values(others)].map((each) => ({ decision: each }))
    const day = today({ at: Date.now() })
    const test = {
      name,
      input: sample,
      expect: expectationOf(outcome.result),
      // What is decided on another day may be another thing.
      ...(day !== null && hangsOnDay(drafts) ? { on: day } : {}),
    }
    change((now) => ({ ...now, tests: [...now.tests, test] }))
  }
  return (
    <Group gap={4}>
      <Menu position="bottom-end" opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-xs">
            {t('tryFrom')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown miw={220}>
          {decision.tests.length > 0 && <Menu.Label>{t('tests')}</Menu.Label>}
          {decision.tests.map((test, index) => (
            <Menu.Item key={`${index}${test.name}`} onClick={() => setSample(sampleOf(test))}>
              {test.name}
            </Menu.Item>
          ))}
          <Menu.Label>{t('tryRuns')}</Menu.Label>
          {runs.isPending && <Loader size="xs" m={8} />}
          {runs.data?.map((each) => (
            <Menu.Item key={each.run} onClick={() => setSample(each.input)}>
              {each.name}
            </Menu.Item>
          ))}
          {runs.data?.length === 0 && <Menu.Item disabled>{t('tryNoRuns')}</Menu.Item>}
          <Menu.Divider />
          <Menu.Item onClick={() => setSample({})}>{t('tryReset')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" size="compact-xs" disabled={'problem' in outcome} onClick={keep}>
        {t('asTest')}
      </Button>
    </Group>
  )
}

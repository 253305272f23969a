import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleX,
  IconFlask,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import type { Decision } from '#core/graph/decision.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { useEditor } from './editor-context.ts'
import { TestBench } from './explain/TestBench.tsx'
import { t } from './messages.ts'
import { differences, expectationOf, passes, sampleOf } from './try-draft.ts'
import styles from './DecisionEditor.module.css'

type Test = Decision['tests'][number]

/** The document's tests, run anew at every change. */
export function TestsPanel() {
  const { decision, testOutcomes } = useEditor()
  const { tests } = decision
  if (tests.length === 0)
    return (
      <EmptyNote icon={IconFlask} title={t('tests')} text={t('noTests')}>
        <TestBench />
      </EmptyNote>
    )
  const passed = tests.filter((test, index) => {
    const outcome = testOutcomes[index]
    return outcome !== undefined && passes(test, outcome)
  }).length
  return (
    <>
      <TestBench />
      <p className={styles['quiet']}>{t('testsSum', { passed, all: tests.length })}</p>
      <ul className={styles['tests']}>
        {tests.map((test, index) => (
          // A test has no id of its own; its place is what one edits.
          <TestLine key={index} test={test} index={index} />
        ))}
      </ul>
    </>
  )
}

function TestLine({ test, index }: { readonly test: Test; readonly index: number }) {
  const { change, setSample, testOutcomes } = useEditor()
  const outcome = testOutcomes[index]
  if (outcome === undefined) return null
  const found = 'result' in outcome ? differences(test.expect, outcome.result) : []
  const ok = 'result' in outcome && found.length === 0
  const Sign = ok ? IconCircleCheck : IconCircleX
  const set = (next: Test, gesture?: string): void =>
    change((now) => ({ ...now, tests: now.tests.with(index, next) }), gesture)
  return (
    <li>
      <Group gap={6} wrap="nowrap">
        <Sign
          size={16}
          color={`var(--${ok ? 'done' : 'failed'})`}
          aria-label={ok ? t('testPass') : t('testFail')}
        />
        <TextInput
          variant="unstyled"
          aria-label={t('name')}
          value={test.name}
          onChange={(event) => set({ ...test, name: event.currentTarget.value }, `test:${index}`)}
          style={{ flex: 1 }}
        />
        {test.on !== undefined && (
          <span className={styles['quiet']} title={t('testOn', { day: test.on })}>
            {test.on}
          </span>
        )}
        <Tooltip label={t('testOpen')}>
          <ActionIcon aria-label={t('testOpen')} onClick={() => setSample(sampleOf(test))}>
            <IconPlayerPlay size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('testDelete')}>
          <ActionIcon
            aria-label={t('testDelete')}
            onClick={() => change((now) => ({ ...now, tests: now.tests.toSpliced(index, 1) }))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {'problem' in outcome && <p className={styles['quiet']}>{outcome.problem}</p>}
      {found.map(({ field, expected, actual }) => (
        <p key={field} className={styles['difference']}>
          <b>{field}</b>: {t('testExpected', { expected, actual })}
        </p>
      ))}
      {found.length > 0 && 'result' in outcome && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => set({ ...test, expect: expectationOf(outcome.result) })}
        >
          {t('testAccept')}
        </Button>
      )}
    </li>
  )
}

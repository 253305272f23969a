import { lazy, Suspense, useState } from 'react'
import { Button, Group, Progress, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBug, IconFileSpreadsheet, IconSparkles } from '@tabler/icons-react'
import type { MutationScore } from '#core/decision/testing/mutate.ts'
import type { Decision } from '#core/graph/decision.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import { useEditor } from '../editor-context.ts'
import { tellFailure } from '../../ui/failure-notice.ts'
import { t as batch } from '../batch/messages.ts'
import { askBench } from './ask-bench.ts'
import { t } from './messages.ts'
import { pointerName } from './unit-name.ts'
import styles from './Explain.module.css'

const BatchDialog = lazy(async () => {
  const { BatchDialog: dialog } = await import('../batch/BatchDialog.tsx')
  return { default: dialog }
})

/** Faults shown by name. */
const shownFaults = 8

/** Makes tests, tells what they cover, and which faults none of them would notice. */
export function TestBench() {
  const { decision, others, change, coverage: data } = useEditor()
  const [busy, setBusy] = useState<'generate' | 'mutate' | null>(null)
  const [trying, setTrying] = useState(false)
  const [faults, setFaults] = useState<{ of: Decision; score: MutationScore } | null>(null)
  const generate = async (): Promise<void> => {
    setBusy('generate')
    try {
      const made = await askBench('generate', { decision, others })
      const known = new Set(decision.tests.map(({ input }) => canonicalJson(input as Json)))
      const fresh = made.filter(({ input }) => !known.has(canonicalJson(input as Json)))
      change((now) => ({ ...now, tests: [...now.tests, ...fresh] }))
      notifications.show({ message: t('generated', { count: fresh.length }), color: 'green' })
    } catch (error) {
      tellFailure(error)
    }
    setBusy(null)
  }
  const mutate = async (): Promise<void> => {
    setBusy('mutate')
    try {
      setFaults({ of: decision, score: await askBench('mutate', { decision, others }) })
    } catch (error) {
      tellFailure(error)
    }
    setBusy(null)
  }
  const missed = data?.units.filter((unit) => unit.tests.length === 0) ?? []
  return (
    <div className={styles['bench']}>
      <Group gap={4}>
        <Tooltip label={t('generateHint')} multiline w={280}>
          <Button
            variant="default"
            size="compact-xs"
            px={6}
            leftSection={<IconSparkles size={14} />}
            loading={busy === 'generate'}
            onClick={() => void generate()}
          >
            {t('generate')}
          </Button>
        </Tooltip>
        <Tooltip label={t('mutateHint')} multiline w={280}>
          <Button
            variant="default"
            size="compact-xs"
            px={6}
            leftSection={<IconBug size={14} />}
            loading={busy === 'mutate'}
            disabled={decision.tests.length === 0}
            onClick={() => void mutate()}
          >
            {t('mutate')}
          </Button>
        </Tooltip>
        <Tooltip label={batch('openHint')} multiline w={280}>
          <Button
            variant="default"
            size="compact-xs"
            px={6}
            leftSection={<IconFileSpreadsheet size={14} />}
            onClick={() => setTrying(true)}
          >
            {batch('open')}
          </Button>
        </Tooltip>
      </Group>
      {trying && (
        <Suspense>
          <BatchDialog decision={decision} others={others} onClose={() => setTrying(false)} />
        </Suspense>
      )}
      {decision.tests.length > 0 && data !== null && (
        <div>
          <Group justify="space-between" gap={8}>
            <span className={styles['quiet']}>
              {t('coverage', {
                share: Math.round(data.share * 100),
                met: data.units.length - missed.length,
                all: data.units.length,
              })}
            </span>
          </Group>
          <Progress
            value={data.share * 100}
            size={4}
            my={4}
            aria-label={t('coverageLabel')}
            color={data.share === 1 ? 'green' : 'blue'}
          />
          {missed.length > 0 && (
            <p className={styles['quiet']}>
              {t('missed')}{' '}
              {missed
                .slice(0, shownFaults)
                .map(({ pointer, decision: of, name }) =>
                  of === decision.id ? pointerName(decision, pointer) : `${of} › ${name}`,
                )
                .join(' · ')}
              {missed.length > shownFaults && ` … (${missed.length})`}
            </p>
          )}
        </div>
      )}
      {faults !== null && (
        <section aria-live="polite">
          <p className={styles['quiet']}>
            {t('noticed', { noticed: faults.score.noticed, tried: faults.score.tried })}
            {!faults.score.complete && ` ${t('notAll')}`}
            {faults.of !== decision && ` ${t('stale')}`}
          </p>
          {faults.score.survivors.length > 0 && <p className={styles['quiet']}>{t('unnoticed')}</p>}
          <ul className={styles['plain']}>
            {grouped(faults.of, faults.score).map(([name, kinds]) => (
              <li key={name}>
                {name}: {kinds.map((kind) => t(`fault_${kind}`)).join(', ')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** By rule or row, what could be wrong in it unnoticed. */
function grouped(
  decision: Decision,
  { survivors }: MutationScore,
): [string, MutationScore['survivors'][number]['change'][]][] {
  const found = new Map<string, Set<MutationScore['survivors'][number]['change']>>()
  for (const { pointer, change } of survivors) {
    const name = pointerName(decision, pointer)
    found.set(name, (found.get(name) ?? new Set()).add(change))
  }
  return [...found].slice(0, shownFaults).map(([name, kinds]) => [name, [...kinds]])
}

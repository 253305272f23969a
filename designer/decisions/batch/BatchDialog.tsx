import { useMemo, useState, type DragEvent } from 'react'
import { Alert, Button, FileButton, Group, Modal, Progress, Select } from '@mantine/core'
import {
  IconDownload,
  IconFileSpreadsheet,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import papaparse from 'papaparse'
import type { Decision } from '#core/graph/decision.ts'
import { inputFields } from '../input-fields.ts'
import { t as words } from '../messages.ts'
import { columnTargets } from './column-targets.ts'
import { keptRows } from './batch-messages.ts'
import { t } from './messages.ts'
import type { OtherDecisions } from '../other-decisions.ts'
import { ResultTable } from './ResultTable.tsx'
import { useBatch, type BatchState } from './use-batch.ts'
import styles from './Batch.module.css'

export interface BatchDialogProps {
  readonly decision: Decision
  readonly others: OtherDecisions
  readonly onClose: () => void
}

interface Chosen {
  readonly file: File
  readonly headers: readonly string[]
}

/** The first row of the file. @throws Error where it cannot be read */
const headersOf = (file: File): Promise<string[]> =>
  new Promise((resolve, reject) => {
    papaparse.parse<string[]>(file, {
      preview: 1,
      complete: ({ data }) =>
        resolve((data[0] ?? []).map((name) => name.replace(/^\uFEFF/, '').trim())),
      error: reject,
    })
  })

/** Takes every row of a file through the draft: columns to inputs, progress, results as a table and as a file. */
export function BatchDialog({ decision, others, onClose }: BatchDialogProps) {
  const paths = useMemo(() => inputFields(decision.input).map(({ path }) => path), [decision])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [targets, setTargets] = useState<readonly (string | null)[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const { state, run, stop, reset } = useBatch()

  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return
    reset()
    setProblem(null)
    try {
      const headers = await headersOf(file)
      setChosen({ file, headers })
      setTargets(columnTargets(headers, decision.input))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  const start = (): void => {
    if (chosen === null) return
    // A column that fills nothing is mapped to no path.
    const mapping = Object.fromEntries(
      chosen.headers.map((header, index) => [header, targets[index] ?? '']),
    )
    run({ decision, others, file: chosen.file, mapping })
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    void choose(event.dataTransfer.files[0] ?? null)
  }
  const ready = targets.some((target) => target !== null)

  return (
    <Modal opened onClose={onClose} title={t('title')} size="min(1200px, 94vw)">
      <div
        className={styles['dialog']}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        {chosen === null ? (
          <div className={styles['drop']}>
            <IconFileSpreadsheet size={28} stroke={1.5} />
            <b>{t('drop')}</b>
            <span>{t('dropHint')}</span>
            <FileButton accept=".csv,text/csv" onChange={(file) => void choose(file)}>
              {(props) => <Button {...props}>{t('choose')}</Button>}
            </FileButton>
          </div>
        ) : (
          <>
            <Group justify="space-between" gap="sm">
              <b>{chosen.file.name}</b>
              <Group gap="xs">
                <FileButton accept=".csv,text/csv" onChange={(file) => void choose(file)}>
                  {(props) => (
                    <Button {...props} variant="default" size="compact-sm">
                      {t('another')}
                    </Button>
                  )}
                </FileButton>
                {state.running ? (
                  <Button
                    size="compact-sm"
                    color="red"
                    variant="light"
                    leftSection={<IconPlayerStop size={14} />}
                    onClick={stop}
                  >
                    {t('stop')}
                  </Button>
                ) : (
                  <Button
                    size="compact-sm"
                    leftSection={<IconPlayerPlay size={14} />}
                    disabled={!ready}
                    onClick={start}
                  >
                    {t(state.progress === null ? 'run' : 'again')}
                  </Button>
                )}
              </Group>
            </Group>
            {state.progress === null && (
              <section aria-label={t('columns')}>
                <p className={styles['quiet']}>
                  {t('columns')}. {t('columnsHint')}
                </p>
                <div className={styles['columns']}>
                  {chosen.headers.map((header, index) => (
                    <Select
                      key={`${index}:${header}`}
                      size="xs"
                      label={header}
                      placeholder={t('notRead')}
                      clearable
                      searchable
                      data={paths}
                      value={targets[index] ?? null}
                      onChange={(path) =>
                        setTargets(targets.map((before, at) => (at === index ? path : before)))
                      }
                    />
                  ))}
                </div>
                {!ready && <p className={styles['quiet']}>{t('noColumn')}</p>}
              </section>
            )}
            <Outcome state={state} name={decision.id} />
          </>
        )}
        {(problem ?? state.problem) !== null && (
          <Alert color="red">{problem ?? state.problem}</Alert>
        )}
      </div>
    </Modal>
  )
}

const number = (value: number): string => Math.round(value).toLocaleString('en')

const kindWords = (kind: string): string =>
  kind === 'none' || kind === 'failed'
    ? t(kind)
    : words(`outcome_${kind}` as Parameters<typeof words>[0])

function Outcome({ state, name }: { readonly state: BatchState; readonly name: string }) {
  const [kind, setKind] = useState<string | null>(null)
  const { progress, rows, running, took } = state
  const shown = useMemo(
    () => (kind === null ? rows : rows.filter((row) => row.kind === kind)),
    [rows, kind],
  )
  if (progress === null) return null
  const { count, share, kinds } = progress
  const download = (): void => {
    if (state.file === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(state.file)
    link.download = `${name}-results.csv`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  const told = running
    ? t('progress', {
        count: number(count),
        share: Math.floor(share * 100),
        rate: number((count * 1000) / took),
        left: share > 0 ? Math.ceil((took / share - took) / 1000) : 0,
      })
    : state.whole
      ? t('done', { count: number(count), seconds: (took / 1000).toFixed(1) })
      : t('stopped', { count: number(count) })
  return (
    <>
      <Group justify="space-between" gap="sm">
        <span className={styles['quiet']} aria-live="polite">
          {told}
          {!running && count > keptRows && ` ${t('shownFirst', { count: number(keptRows) })}`}
        </span>
        {state.file !== null && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={download}
          >
            {t('download')}
          </Button>
        )}
      </Group>
      {running && <Progress value={share * 100} size={4} aria-label={t('progressLabel')} />}
      <div className={styles['kinds']} role="group" aria-label={t('filterLabel')}>
        {[[null, count] as const, ...Object.entries(kinds)].map(([each, cases]) => (
          <button
            key={each ?? ''}
            type="button"
            aria-pressed={kind === each}
            data-kind={each}
            onClick={() => setKind(each)}
          >
            {each === null ? t('all') : kindWords(each)} <b>{number(cases)}</b>
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className={styles['quiet']}>{t('nothingHere')}</p>
      ) : (
        <ResultTable names={state.names} rows={shown} />
      )}
    </>
  )
}

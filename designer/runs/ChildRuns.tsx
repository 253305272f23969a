import { useState } from 'react'
import { Anchor, Button, Progress, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunStatusView, RunSummary, RunView, StepView } from '#core/api/views.ts'
import { runsApi } from '../api/runs.ts'
import { durationText } from '../ui/duration-text.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { useNow } from '../ui/use-now.ts'
import { wholeNumber } from '../ui/whole-number.ts'
import { t } from './messages.ts'
import { isOpen } from './step-facts.ts'
import styles from './ChildRuns.module.css'

export interface ChildRunsProps {
  readonly run: RunView
  readonly step: StepView
}

const pageSize = 25
/** ms between two fetches while they go on */
const renewEvery = 2_000
type Narrow = 'all' | Extract<RunStatusView, 'failed' | 'incident'>

/** The runs that a step asked for: how they stand together, then each with a way to its page. */
export function ChildRuns({ run, step }: ChildRunsProps) {
  const { children } = step
  if (children === undefined) return null
  const { total, started, done, failed } = children
  const open = isOpen(step) ? started - done - failed : 0
  return (
    <section>
      <h3 className={styles['title']}>{t(total > 1 ? 'items' : 'asked')}</h3>
      {total > 1 && (
        <>
          <div className={styles['counts']}>
            <b>
              {t('childrenDone', { done: wholeNumber(done + failed), total: wholeNumber(total) })}
            </b>
            {open > 0 && <span>{t('childrenOpen', { count: wholeNumber(open) })}</span>}
            {failed > 0 && (
              <span className={styles['failed']}>
                {t('childrenFailed', { count: wholeNumber(failed) })}
              </span>
            )}
          </div>
          <Progress.Root size={6} aria-hidden>
            <Progress.Section value={(100 * done) / total} color="var(--done)" />
            <Progress.Section value={(100 * failed) / total} color="var(--failed)" />
          </Progress.Root>
        </>
      )}
      {started > 0 && <List run={run} step={step} several={total > 1} />}
    </section>
  )
}

function List({ run, step, several }: ChildRunsProps & { readonly several: boolean }) {
  const [narrow, setNarrow] = useState<Narrow>('all')
  const live = isOpen(step)
  const now = useNow(1_000, live)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ['runs', run.id, 'children', step.step, narrow],
      queryFn: ({ pageParam }) =>
        runsApi.list({
          parent: run.id,
          step: step.step,
          limit: pageSize,
          ...(narrow === 'all' ? {} : { status: narrow }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      refetchInterval: live ? renewEvery : false,
    },
  )
  const runs = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {several && (
        <SegmentedControl
          size="xs"
          fullWidth
          mt={8}
          aria-label={t('childrenNarrow')}
          data={(['all', 'failed', 'incident'] as const).map((value) => ({
            value,
            label: t(`children_${value}`),
          }))}
          value={narrow}
          onChange={(value) => setNarrow(value as Narrow)}
        />
      )}
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined && runs.length === 0 && (
        <p className={styles['none']}>{t('childrenNone')}</p>
      )}
      <ul className={styles['list']} aria-label={t('childrenLabel')}>
        {runs.map((each) => (
          <Child key={each.id} run={each} now={now} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="subtle"
          size="xs"
          fullWidth
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('childrenMore')}
        </Button>
      )}
    </>
  )
}

function Child({ run, now }: { readonly run: RunSummary; readonly now: number }) {
  return (
    <li>
      <Anchor
        component={Link}
        to={`/runs/${encodeURIComponent(run.id)}`}
        className={styles['child'] ?? ''}
        underline="never"
      >
        <span className={styles['name']}>{childName(run)}</span>
        <span className={`num ${styles['time'] ?? ''}`}>
          {durationText((run.endedAt ?? now) - run.startedAt)}
        </span>
        <StateBadge state={run.status} />
      </Anchor>
    </li>
  )
}

/** `Item 3`, people counting from one; a called flow by its name. */
export const childName = ({ parent, flowName }: Pick<RunSummary, 'parent' | 'flowName'>): string =>
  typeof parent?.index === 'number'
    ? t('item', { number: wholeNumber(parent.index + 1) })
    : flowName

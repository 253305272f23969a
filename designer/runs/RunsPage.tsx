import { Button } from '@mantine/core'
import { IconActivity, IconFilterOff } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { isFiltered, parseFilter, type ListFilter } from './run-filter.ts'
import { t } from './messages.ts'
import { RunFilters } from './RunFilters.tsx'
import { ListActions, SuspendedFlow } from './ListActions.tsx'
import { RunTable } from './RunTable.tsx'
import { useRuns } from './use-runs.ts'
import styles from './RunsPage.module.css'

/** All runs, newest first: narrowed by chips that stand in the address, moving as the runs move. */
export function RunsPage() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const filter = parseFilter(search)
  const navigate = useNavigate()
  const narrow = (next: ListFilter): void => {
    // The route declares no search schema; `parseFilter` checks what comes back.
    void navigate({ to: '/runs', search: next as never, replace: true })
  }
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useRuns(filter)
  const runs = data?.pages.flatMap((page) => page.items) ?? []
  const total = data?.pages[0]?.total ?? 0

  return (
    <PageFrame
      title={t('runs')}
      subtitle={
        data === undefined ? undefined : (
          <span className="num">{t('runsTotal', { total: total.toLocaleString('en-IN') })}</span>
        )
      }
      actions={<ListActions filter={filter} total={total} />}
      flush
    >
      <div className={styles['page']}>
        <RunFilters filter={filter} onChange={narrow} />
        <SuspendedFlow flow={filter.flow} />
        {error !== null && data === undefined && (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        )}
        {isPending && <PagePending />}
        {data !== undefined && runs.length === 0 && (
          <NoRuns filtered={isFiltered(filter)} onClear={() => narrow({})} />
        )}
        {runs.length > 0 && (
          <RunTable
            runs={runs}
            total={Math.max(total, runs.length)}
            more={hasNextPage}
            onMore={() => {
              if (!isFetchingNextPage) void fetchNextPage()
            }}
          />
        )}
      </div>
    </PageFrame>
  )
}

function NoRuns({
  filtered,
  onClear,
}: {
  readonly filtered: boolean
  readonly onClear: () => void
}) {
  return filtered ? (
    <EmptyNote icon={IconFilterOff} title={t('noneTitle')} text={t('noneText')}>
      <Button variant="default" onClick={onClear}>
        {t('clearFilters')}
      </Button>
    </EmptyNote>
  ) : (
    <EmptyNote icon={IconActivity} title={t('emptyTitle')} text={t('emptyText')}>
      <Button component={Link} to="/flows">
        {t('toFlows')}
      </Button>
    </EmptyNote>
  )
}

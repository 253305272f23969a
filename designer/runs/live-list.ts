import type { EventView, Page, RunStatusView, RunSummary } from '#core/api/views.ts'

const endings: Partial<Record<EventView['type'], RunStatusView>> = {
  'run.completed': 'completed',
  'run.failed': 'failed',
  'run.cancelled': 'cancelled',
  'run.continued': 'continued',
}
const leaves: readonly EventView['type'][] = ['step.completed', 'step.failed', 'step.stopped']
const enters: readonly EventView['type'][] = [
  'step.started',
  'step.waiting',
  'step.retrying',
  'step.incident',
]

function afterEvent(run: RunSummary, event: EventView): RunSummary {
  const ending = endings[event.type]
  if (ending !== undefined) return { ...run, status: ending, endedAt: event.at, at: [] }
  const told = event.data['status']
  if (event.type === 'run.status' && typeof told === 'string')
    return { ...run, status: told as RunStatusView }
  const { node } = event
  if (node === null) return run
  if (leaves.includes(event.type)) return { ...run, at: run.at.filter((each) => each !== node) }
  if (enters.includes(event.type) && !run.at.includes(node))
    return { ...run, at: [...run.at, node] }
  return run
}

/** The loaded pages as they are after the events. Untouched pages and runs stay the same objects. */
export function applyToPages(
  pages: readonly Page<RunSummary>[],
  events: readonly EventView[],
): Page<RunSummary>[] {
  const byRun = new Map<string, EventView[]>()
  for (const event of events) byRun.set(event.run, [...(byRun.get(event.run) ?? []), event])
  return pages.map((page) =>
    page.items.some((run) => byRun.has(run.id))
      ? {
          ...page,
          items: page.items.map((run) => (byRun.get(run.id) ?? []).reduce(afterEvent, run)),
        }
      : page,
  )
}

/** Puts a newly fetched first page over the loaded ones: new runs come first, known ones are renewed in place. */
export function mergeNewest(
  pages: readonly Page<RunSummary>[],
  newest: Page<RunSummary>,
): Page<RunSummary>[] {
  const renewed = new Map(newest.items.map((run) => [run.id, run]))
  const known = new Set(pages.flatMap((page) => page.items.map((run) => run.id)))
  const [first, ...rest] = pages.map((page) => ({
    ...page,
    total: newest.total,
    items: page.items.map((run) => renewed.get(run.id) ?? run),
  }))
  if (first === undefined) return [newest]
  const fresh = newest.items.filter((run) => !known.has(run.id))
  return [{ ...first, items: [...fresh, ...first.items] }, ...rest]
}

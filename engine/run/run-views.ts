import type { EventView, Page, RunSummary, RunView, StepView } from '#core/api/views.ts'
import type { BulkQuery } from '#core/api/verbs.ts'
import { TerminalError } from '#core/errors.ts'
import type { RunPageQuery, RunRow, Store } from '#core/store.ts'
import type { Bundles } from './bundles.ts'
import type { CaseKeys } from './case-keys.ts'
import type { Holds } from './holds.ts'
import { cursorOf, pageSize, placeOf } from './cursor.ts'
import type { RunQuery } from './engine.ts'
import { fanOutStatus } from './live-run.ts'
import { isStepEntry } from './run-entry.ts'
import { stepOfEffect, unpackEvents } from './run-events.ts'
import type { RunJournal } from './run-journal.ts'
import type { Runtime } from './runtime.ts'
import { stepViews } from './step-views.ts'

export interface RunViews {
  /** @throws TerminalError NOT_FOUND, for another tenant's run too */
  row(tenant: string, id: string): RunRow
  get(tenant: string, id: string): RunView
  list(tenant: string, query: RunQuery): Page<RunSummary>
  /** The store's form of what a query narrows to. */
  filterOf(tenant: string, query: Omit<BulkQuery, 'ids'>): RunFilter
  summary(row: RunRow): RunSummary
  events(
    tenant: string,
    query: { from: number; limit?: number; run?: string; flow?: string },
  ): EventView[]
}

/** Which runs are meant, whatever page of them. */
export type RunFilter = Omit<RunPageQuery, 'before' | 'limit'>

interface RunViewsParts {
  readonly store: Store
  readonly keys: CaseKeys
  readonly bundles: Bundles
  readonly journal: RunJournal
  readonly holds: Holds
  readonly waitsFor: Runtime['waitsFor']
  readonly untold: Runtime['untold']
}

const mostEvents = 5_000

/** Case keys are found by a keyed hash, so only whole: as written, trimmed, and in capitals or small letters throughout. */
const writings = (key: string): string[] => {
  const trimmed = key.trim()
  return [...new Set([key, trimmed, trimmed.toUpperCase(), trimmed.toLowerCase()])]
}

/** Runs as they are read: values come out of the sealed journal, lists out of the projection. */
export function runViews(parts: RunViewsParts): RunViews {
  const { store, keys, journal, holds, waitsFor, untold } = parts
  const row = (tenant: string, id: string): RunRow => {
    const found = store.runs.get(id)
    if (found?.tenant !== tenant) throw new TerminalError('NOT_FOUND', { what: 'run', id })
    return found
  }
  const isHeld = ({ tenant, flow }: RunRow): boolean =>
    holds.has({ tenant, kind: 'flow', name: flow })
  const summary = (run: RunRow): RunSummary => ({
    id: run.id,
    flow: run.flow,
    flowName: run.flowName,
    version: run.version === 0 ? 'draft' : run.version,
    release: run.release,
    caseKey:
      run.token === null && run.parent === null && run.next === null ? null : keys.name(run.case),
    status: (run.endedAt === null && isHeld(run)
      ? 'suspended'
      : run.status) as RunSummary['status'],
    parent:
      run.parent === null || run.parentEffect === null
        ? null
        : { run: run.parent, step: stepOfEffect(run.parentEffect), index: run.item },
    priority: run.priority,
    previous: run.previous,
    next: run.next,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    at: JSON.parse(run.at) as string[],
    ...(keys.isErased(run.case) ? { erased: true as const } : {}),
  })
  const live = (run: RunRow, step: StepView): StepView => {
    if (step.status !== 'running' || run.endedAt !== null) return step
    const down = waitsFor({ run, node: step.node, effect: `${run.id}:${step.step}` })
    return down ? { ...step, waitsFor: down } : step
  }
  /** A step that is answered by runs shows what they do, while it is open and after. */
  const withChildren = (run: RunRow, step: StepView): StepView => {
    const effect = `${run.id}:${step.step}`
    const row = store.fanOuts.get(effect)
    if (row) {
      const { total, started, done, failed } = row
      const status = step.status === 'incident' ? 'incident' : fanOutStatus(row)
      return { ...step, status, children: { total, started, done, failed } }
    }
    const counts = store.runs.countChildren(run.id, effect)
    if (counts.length === 0) return step
    const started = counts.reduce((sum, { count }) => sum + count, 0)
    const done = counts.find(({ status }) => status === 'completed')?.count ?? 0
    return { ...step, children: { total: started, started, done, failed: started - done } }
  }
  const filterOf: RunViews['filterOf'] = (tenant, { search, ...query }) => ({
    flow: query.flow,
    version: query.version,
    status: query.status,
    error: query.error,
    node: query.node,
    startedBefore: query.startedBefore,
    startedAfter: query.startedAfter,
    heldFlows: holds.any('flow')
      ? holds.list(tenant).flatMap(({ kind, name }) => (kind === 'flow' ? [name] : []))
      : undefined,
    id: search?.trim() || undefined,
    tokens: search ? writings(search).map((key) => keys.token(tenant, key)) : undefined,
  })
  /** Of an erased case: what stands outside of its seal. */
  const withoutValues = (run: RunRow): RunView => ({
    ...summary(run),
    input: null,
    output: null,
    error: null,
    steps: [],
    seq: store.journal.read(run.tenant, run.id).at(-1)?.lastEvent ?? 0,
  })
  return {
    row,
    filterOf,
    summary,
    get(tenant, id) {
      const run = row(tenant, id)
      if (keys.isErased(run.case)) return withoutValues(run)
      const lines = journal.entries(run)
      const entries = lines.map(({ entry }) => entry)
      const steps = stepViews(entries)
      const first = entries[0]
      const last = entries.findLast(isStepEntry)
      return {
        ...summary(run),
        input: (first && isStepEntry(first) && first.input.type === 'start'
          ? first.input.input
          : null) as RunView['input'],
        output: (last && last.status !== 'active' ? last.output : null) as RunView['output'],
        error: steps.find(({ status }) => status === 'incident')?.error ?? null,
        steps: steps.map((step) => withChildren(run, live(run, step))),
        seq: lines.at(-1)?.row.lastEvent ?? 0,
      }
    },
    list(tenant, query) {
      const limit = pageSize(query.limit)
      const place = placeOf(query.cursor)
      const { parent, step } = query
      const parentEffect = parent && step ? `${parent}:${step}` : undefined
      const filter = { ...filterOf(tenant, query), parent, parentEffect }
      const rows = store.runs.page(tenant, {
        ...filter,
        before: place && { startedAt: place.time, id: place.id },
        limit: limit + 1,
      })
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        items: items.map(summary),
        total: store.runs.count(tenant, filter),
        next: last && rows.length > limit ? cursorOf({ time: last.startedAt, id: last.id }) : null,
      }
    },
    events(tenant, query) {
      const limit = Math.min(query.limit ?? 1_000, mostEvents)
      // Who hears of an event from the journal would not hear of it again once it is on disk.
      const until = untold(tenant)
      const after = (event: EventView) => event.seq > query.from && event.seq < until
      if (query.run !== undefined) {
        row(tenant, query.run)
        const rows = store.journal.about(tenant, query.run, query.from)
        const ofRun = (event: EventView) => event.run === query.run && after(event)
        return rows.flatMap(unpackEvents).filter(ofRun).slice(0, limit)
      }
      const found: EventView[] = []
      let { from } = query
      while (found.length < limit) {
        const rows = store.journal.events(tenant, from, limit)
        if (rows.length === 0) break
        for (const event of rows.flatMap(unpackEvents))
          if (after(event) && (query.flow === undefined || event.flow === query.flow))
            found.push(event)
        from = rows.at(-1)?.lastEvent ?? from
      }
      return found.slice(0, limit)
    },
  }
}

import { randomBytes } from 'node:crypto'
import { bulkQuery, verb as verbSchema } from '#core/api/verbs.ts'
import type { BulkItem, BulkQuery, BulkView, Verb } from '#core/api/verbs.ts'
import type { Page } from '#core/api/views.ts'
import { MetisError, TerminalError } from '#core/errors.ts'
import { sentence } from '#core/messages/catalogue.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { BulkItemRow, BulkRow, RunPageQuery, RunRow, Store } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { CaseKeys } from './case-keys.ts'
import type { Operations } from './operations.ts'
import { places } from './places.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunFilter, RunViews } from './run-views.ts'
import type { Runtime } from './runtime.ts'
import { storageFailure } from './storage-failure.ts'

export interface Bulk {
  /** Tries the verb on each run that fits and takes it back. @throws BULK_EMPTY, BULK_TOO_MANY */
  preview(command: Command & { query: BulkQuery; verb: Verb }): Promise<BulkView>
  /** Begins; the same again changes nothing. @throws NOT_FOUND, BULK_STALE, BULK_APPLIED */
  apply(command: Command & { id: string }): Promise<BulkView>
  get(tenant: string, id: string): BulkView
  items(tenant: string, query: { id: string; limit?: number; cursor?: string }): Page<BulkItem>
  /** Those that were applied, newest first. */
  list(tenant: string): BulkView[]
  /** Goes on with what a former process began. */
  recover(): void
  close(): void
}

interface Order {
  readonly query: BulkQuery
  readonly verb: Verb
}

const mostRuns = 10_000
/** Of runs changed in one transaction, whose effects begin in one turn after it. */
const portion = 8
/** Of runs named in one transaction. */
const page = 100
/** Of a stale preview's runs removed in one transaction. */
const removed = 1_000
/** ms for which runs are tried before others get their turn. */
const longestTurn = 3
const previewLasts = 3_600_000
const turn = () => new Promise((resume) => setImmediate(resume))

/**
 * One verb on many runs. The preview names them; what is applied is its list and nothing else. Each run's verdict is
 * written in the transaction that changes the run, so a restart goes on after the last one judged.
 */
export function bulk(parts: {
  store: Store
  clock: Clock
  keys: Pick<CaseKeys, 'sealSecret' | 'openSecret'>
  runtime: Pick<Runtime, 'submit' | 'trial'>
  operations: Pick<Operations, 'operate'>
  views: RunViews
}): Bulk {
  const { store, clock, keys, runtime, operations, views } = parts
  const underway = new Set<string>()
  let closed = false

  const mustHave = (tenant: string, id: string): BulkRow => {
    const row = store.bulks.get(id)
    // One whose runs are not named yet is nobody's.
    if (row?.tenant !== tenant || row.status === 'previewing')
      throw new TerminalError('NOT_FOUND', { what: 'bulk command', id })
    return row
  }
  const orderOf = (row: BulkRow): Order => {
    const { query, verb } = JSON.parse(
      keys.openSecret(row.tenant, places.bulk(row.id), row.order),
    ) as Order
    return { query: bulkQuery.parse(query), verb: verbSchema.parse(verb) }
  }
  const view = (row: BulkRow): BulkView => {
    const counts = store.bulks.counts(row.id)
    const { done = 0, changed = 0, refused = 0, open = 0, refusal = 0 } = counts
    return {
      id: row.id,
      status: row.status === 'previewing' ? 'previewed' : row.status,
      ...orderOf(row),
      total: done + changed + refused + open + refusal,
      refusals: refusal,
      done,
      changed,
      refused,
      createdAt: row.createdAt,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      actor: row.actor,
      reason: row.reason,
    }
  }

  /** Page by page, so that others get their turn in between. */
  function* found(tenant: string, filter: RunFilter): Generator<RunRow[]> {
    for (let before: RunPageQuery['before']; ;) {
      const read = store.runs.page(tenant, { ...filter, before, limit: page })
      if (read.length > 0) yield read
      const last = read.at(-1)
      if (last === undefined || read.length < page) return
      before = { startedAt: last.startedAt, id: last.id }
    }
  }
  const fits = (tenant: string, { ids: _ids, ...query }: BulkQuery, run: string): boolean =>
    store.runs.count(tenant, { ...views.filterOf(tenant, query), ids: [run] }) > 0

  const operate = (batch: RunBatch, by: Command, of: { run: string; verb: Verb }): void =>
    operations.operate(batch, { ...by, ...of })

  /** Tries each run, and writes page by page which they are and what would be refused. */
  const name = async (of: {
    id: string
    by: Command
    verb: Verb
    first: readonly RunRow[]
    pages: Iterator<readonly RunRow[], void>
  }): Promise<void> => {
    const { id, by, verb } = of
    let named = 0
    let until = performance.now() + longestTurn
    for (let rows: readonly RunRow[] | void = of.first; rows; rows = of.pages.next().value) {
      const refusals: Omit<BulkItemRow, 'run' | 'seq'>[] = []
      for (const [index, row] of rows.entries()) {
        try {
          runtime.trial((batch) => operate(batch, by, { run: row.id, verb }))
        } catch (error) {
          refusals.push({ bulk: id, position: named + index, verdict: null, ...refusalOf(error) })
        }
        if (performance.now() < until) continue
        await turn()
        until = performance.now() + longestTurn
      }
      if (closed) throw new TerminalError('ENGINE_CLOSED')
      const from = named
      await runtime.submit((batch) => {
        batch.writes += 1
        store.bulks.name({ bulk: id, tenant: by.tenant, from }, rows)
        for (const refusal of refusals) store.bulks.judge(refusal)
      })
      named += rows.length
    }
    await runtime.submit((batch) => {
      batch.writes += 1
      store.bulks.named(id)
    })
  }
  /** Previews that were not applied in time, or that the end of an engine cut short. */
  const removeStale = async (at: number): Promise<void> => {
    for (let left = removed; left === removed;)
      left = await runtime.submit((batch) => {
        batch.writes += 1
        return store.bulks.removeStale(at, removed)
      })
  }

  type Verdict = Pick<BulkItemRow, 'verdict' | 'code' | 'detail'>
  const judge = (batch: RunBatch, item: BulkItemRow, verdict: Verdict): void => {
    batch.writes += 1
    store.bulks.judge({ bulk: item.bulk, position: item.position, ...verdict })
  }
  /** Changes one run and writes its verdict, in one transaction; a refusal writes only the verdict. */
  const change = async (item: BulkItemRow, by: Command, { query, verb }: Order): Promise<void> => {
    try {
      await runtime.submit((batch) => {
        const row = store.runs.get(item.run)
        if (row?.seq !== item.seq && !fits(by.tenant, query, item.run)) {
          const { status } = views.summary(views.row(by.tenant, item.run))
          const detail = sentence('BULK_CHANGED', { status })
          judge(batch, item, { verdict: 'changed', code: 'BULK_CHANGED', detail })
          return
        }
        operate(batch, by, { run: item.run, verb })
        judge(batch, item, { verdict: 'done', code: null, detail: null })
      })
    } catch (error) {
      const refusal = refusalOf(error)
      await runtime.submit((batch) => judge(batch, item, { verdict: 'refused', ...refusal }))
    }
  }
  const carryOn = async (row: BulkRow): Promise<void> => {
    if (underway.has(row.id)) return
    underway.add(row.id)
    const { tenant, actor, reason } = row
    const by: Command = { tenant, actor, ...(reason === null ? {} : { reason }) }
    try {
      const order = orderOf(row)
      for (let after = -1; ;) {
        const items = store.bulks.items(row.id, { after, limit: portion, open: true })
        const last = items.at(-1)
        if (last === undefined) break
        after = last.position
        await Promise.all(items.map((item) => change(item, by, order)))
        await turn()
        if (closed) return
      }
      await runtime.submit((batch) => {
        batch.writes += 1
        store.bulks.end(row.id, clock.now())
      })
    } catch (error) {
      // The engine closes, the disk failed, or the order was changed on it: the next start goes on.
      if (!(error instanceof MetisError)) throw error
    } finally {
      underway.delete(row.id)
    }
  }

  return {
    async preview({ query, verb, ...by }) {
      const { tenant } = by
      authorize(by.actor, 'bulk.apply', { tenant, kind: 'bulk', id: verb.do })
      const { ids, ...rest } = query
      const filter: RunFilter = { ...views.filterOf(tenant, rest), ids }
      const count = store.runs.count(tenant, filter)
      if (count === 0) throw new TerminalError('BULK_EMPTY')
      if (count > mostRuns) throw new TerminalError('BULK_TOO_MANY', { count, limit: mostRuns })
      // Begun at once: what is started from now on is none of them.
      const pages = found(tenant, filter)
      const first = pages.next().value ?? []
      const createdAt = clock.now()
      await removeStale(createdAt - previewLasts)
      const id = randomBytes(12).toString('hex')
      await runtime.submit((batch) => {
        batch.writes += 1
        store.bulks.add({
          id,
          tenant,
          status: 'previewing',
          order: keys.sealSecret(tenant, places.bulk(id), JSON.stringify({ query, verb })),
          createdAt,
          startedAt: null,
          endedAt: null,
          actor: by.actor,
          reason: by.reason ?? null,
        })
      })
      await name({ id, by, verb, first, pages })
      return view(mustHave(tenant, id))
    },
    async apply({ id, ...by }) {
      const { tenant, actor } = by
      authorize(actor, 'bulk.apply', { tenant, kind: 'bulk', id })
      const begun = await runtime.submit((batch) => {
        const row = mustHave(tenant, id)
        if (row.status !== 'previewed') throw new TerminalError('BULK_APPLIED', { id })
        const at = clock.now()
        if (row.createdAt < at - previewLasts) throw new TerminalError('BULK_STALE')
        batch.writes += 1
        store.bulks.begin(id, { at, actor, reason: by.reason ?? null })
        return mustHave(tenant, id)
      })
      void carryOn(begun)
      return view(begun)
    },
    get: (tenant, id) => view(mustHave(tenant, id)),
    items(tenant, { id, limit = 100, cursor }) {
      mustHave(tenant, id)
      const after = cursor === undefined ? -1 : Number.parseInt(cursor, 10) || 0
      const rows = store.bulks.items(id, { after, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const counts = Object.values(store.bulks.counts(id))
      return {
        items: shown.map(({ run, verdict, code, detail }) => {
          const { caseKey, flow, version, status } = views.summary(views.row(tenant, run))
          return { run, caseKey, flow, version, status, verdict, code, detail }
        }),
        total: counts.reduce((sum, count) => sum + count, 0),
        next: rows.length > limit ? String(shown.at(-1)?.position) : null,
      }
    },
    list: (tenant) => store.bulks.list(tenant, 100).map(view),
    recover() {
      for (const row of store.bulks.running()) void carryOn(row)
    },
    close() {
      closed = true
    },
  }
}

/** Why a run was left as it is: a fault of ours too, so that it keeps no other run waiting. @throws where nothing can be written */
function refusalOf(error: unknown): { code: string; detail: string } {
  if (storageFailure(error)) throw error
  const refusal =
    error instanceof MetisError
      ? error
      : new TerminalError('VERB_FAILED', {
          detail: error instanceof Error ? error.name : 'unknown',
        })
  if (refusal.code === 'ENGINE_CLOSED') throw error
  return { code: refusal.code, detail: refusal.message }
}

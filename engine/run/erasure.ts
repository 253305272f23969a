import type { ErasurePreview, ErasureView } from '#core/api/erasures.ts'
import { TerminalError } from '#core/errors.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { CaseRow, ErasureRow, Store } from '#core/store.ts'
import { bulkQuery, verb as verbSchema, type Verb } from '#core/api/verbs.ts'
import { authorize } from './authorize.ts'
import type { CaseKeys } from './case-keys.ts'
import { commandEvent } from './driver.ts'
import { fileUses } from './file-uses.ts'
import { places } from './places.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunViews } from './run-views.ts'
import type { Runtime } from './runtime.ts'

/** A case by its key, or by one of its runs. */
export type CaseOf = { readonly caseKey: string } | { readonly run: string }
export type EraseCommand = Command & {
  readonly of: CaseOf
  /** The case key, or the id of the run where the case has none, written once more. */
  readonly confirm: string
  readonly reason: string
}

export interface Erasures {
  /** What would be erased. Nothing changes. @throws CASE_UNKNOWN, CASE_ERASED */
  preview(tenant: string, of: CaseOf): Promise<ErasurePreview>
  /** @throws CASE_UNKNOWN, CASE_ERASED, CASE_OPEN, ERASE_UNCONFIRMED */
  erase(command: EraseCommand): Promise<ErasureView>
  /** Newest first. */
  list(tenant: string): ErasureView[]
  /** A former process may have been killed before its log was folded. */
  recover(): void
}

const mostListed = 1_000
/** ms until a log that a reader or a checkpoint held is folded again. */
const foldAgain = 10_000

/**
 * Erases a case for good: its key is overwritten, so that nothing it sealed can be read; what is no history is taken
 * away, and so are its files that no other case names. The chain still verifies. It stands in the history.
 */
export function erasures(parts: {
  store: Store
  clock: Clock
  keys: CaseKeys
  runtime: Pick<Runtime, 'history' | 'submit'>
  views: Pick<RunViews, 'row' | 'summary'>
}): Erasures {
  const { store, clock, keys, runtime, views } = parts
  const uses = fileUses({ store, keys })

  const unknown = (of: CaseOf): TerminalError =>
    new TerminalError('CASE_UNKNOWN', {
      what: 'run' in of ? `run "${of.run}"` : `key "${of.caseKey}"`,
    })
  /** @throws CASE_UNKNOWN, CASE_ERASED */
  const found = (tenant: string, of: CaseOf): CaseRow => {
    const row =
      'run' in of
        ? store.cases.get(runOf(tenant, of.run)?.case ?? 0)
        : store.cases.find(tenant, keys.token(tenant, of.caseKey))
    if (row?.tenant !== tenant) throw unknown(of)
    if (keys.isErased(row.number)) throw new TerminalError('CASE_ERASED', { case: row.number })
    return row
  }
  const runOf = (tenant: string, id: string) => {
    const row = store.runs.get(id)
    return row?.tenant === tenant ? row : undefined
  }
  const filesOf = (row: CaseRow) => {
    const files = store.fileUses.of(row.number).flatMap(({ file, shared }) => {
      const about = store.blobs.about(row.tenant, file)
      if (!about) return []
      const { hash, name, type, size } = about
      return [{ view: { blob: hash, name, type, size }, shared }]
    })
    const which = (shared: boolean) =>
      files.filter((each) => each.shared === shared).map(({ view }) => view)
    return { own: which(false), shared: which(true) }
  }
  const isOpen = ({ endedAt, status, next }: { endedAt: unknown; status: string; next: unknown }) =>
    endedAt === null || (status === 'continued' && next === null)

  /** What was ordered for many runs may name the case and bear its values. */
  const clearBulks = (row: CaseRow): void => {
    for (const { id, order } of store.bulks.ofCase(row.number)) {
      const place = places.bulk(id)
      const { query, verb } = JSON.parse(keys.openSecret(row.tenant, place, order)) as {
        query: unknown
        verb: unknown
      }
      const { search: _search, ...rest } = bulkQuery.parse(query)
      const cleared = { query: rest, verb: withoutValues(verbSchema.parse(verb)) }
      store.bulks.reseal(id, keys.sealSecret(row.tenant, place, JSON.stringify(cleared)))
    }
  }

  const tell = (batch: RunBatch, row: CaseRow, command: EraseCommand): void => {
    const { tenant, actor, reason } = command
    const at = clock.now()
    const entry = (stream: string, facts: object, flow?: string) =>
      runtime.history.append({
        tenant,
        stream,
        seq: store.journal.last(tenant, stream) + 1,
        at,
        type: 'erase',
        actor,
        reason,
        case: null,
        data: Buffer.from(JSON.stringify(facts)),
        events: flow === undefined ? null : { flow, list: [commandEvent(command, 'erase', null)] },
      })
    const told = batch.events.get(tenant) ?? []
    const runs = store.erasures.runs(row.number)
    for (const { id, flow, parent } of runs) if (parent === null) told.push(...entry(id, {}, flow))
    batch.events.set(tenant, told)
    const { own, shared } = filesOf(row)
    for (const { blob } of own) store.blobs.remove(tenant, blob)
    const facts = { runs: runs.length, files: own.length }
    entry(`case/${row.number}`, { ...facts, shared: shared.length })
    clearBulks(row)
    store.erasures.add({ case: row.number, tenant, at, actor, reason, ...facts })
  }

  const viewOf = ({ tenant: _tenant, ...row }: ErasureRow): ErasureView => row

  /** What was overwritten still stands in the log until that is folded; a reader can hold it up. */
  const fold = (): void => {
    try {
      if (store.foldLog()) return
    } catch {
      // The disk failed, which is told already; or the engine has closed, which folds it too.
      return
    }
    clock.at(clock.now() + foldAgain, fold)
  }

  return {
    async preview(tenant, of) {
      const row = found(tenant, of)
      await uses.readUp()
      const runs = store.erasures.runs(row.number)
      const { own, shared } = filesOf(row)
      return {
        case: row.number,
        caseKey: keys.name(row.number),
        runs: runs
          .filter(({ parent }) => parent === null)
          .map((run) => {
            const { id, flow, version, status, startedAt } = views.summary(run)
            return { id, flow, version, status, startedAt }
          }),
        below: runs.filter(({ parent }) => parent !== null).length,
        open: runs.filter(isOpen).length,
        files: own,
        shared,
      }
    },
    async erase(command) {
      const { tenant, of, confirm } = command
      const row = found(tenant, of)
      authorize(command.actor, 'case.erase', { tenant, kind: 'case', id: String(row.number) })
      const name = keys.name(row.number) ?? ('run' in of ? of.run : '')
      if (confirm !== name) throw new TerminalError('ERASE_UNCONFIRMED')
      await uses.readUp()
      await runtime.submit((batch) => {
        found(tenant, of)
        const open = store.erasures.runs(row.number).filter(isOpen)
        if (open.length > 0)
          throw new TerminalError('CASE_OPEN', { count: open.length, run: open[0]?.id ?? '' })
        batch.writes += 1
        uses.readRest()
        store.overwriting(() => tell(batch, row, command))
        keys.forget()
      })
      fold()
      const noted = store.erasures.get(row.number)
      if (!noted) throw unknown(of)
      return viewOf(noted)
    },
    list: (tenant) => store.erasures.list(tenant, mostListed).map(viewOf),
    recover: fold,
  }
}

/** The same verb on the same places, without what was given to it. */
function withoutValues(verb: Verb): Verb {
  if (verb.do === 'complete') return { ...verb, value: null }
  if (verb.do === 'rewind') return { ...verb, values: {} }
  if (verb.do === 'fail') return { ...verb, message: '-' }
  if (verb.do !== 'skip') return verb
  const { value: _value, ...rest } = verb
  return rest
}

import { createHash } from 'node:crypto'
import { hashJson } from '#core/hash.ts'
import type { Json } from '#core/json.ts'
import type { Store } from '#core/store.ts'
import { caseKeys, isErasedKey } from './case-keys.ts'
import { places } from './places.ts'
import { unseal } from './seal.ts'
import { storageFailure } from './storage-failure.ts'
import { chainFaults, type ChainFault } from './verify-chain.ts'

/** A place that does not hold what was written there. */
export interface Fault {
  /** Null where the place cannot be read. */
  readonly tenant: string | null
  /** A run, `flow/<id>`, `blob/<hash>`, `case/<number>` and the like. */
  readonly stream: string
  /** The journal entry; null for what stands outside the journal. */
  readonly seq: number | null
  readonly what: string
}

/** A row of the archive that is sealed or named by its hash. */
interface Row {
  readonly tenant: string
  readonly case: number | null
  readonly id: string
  readonly seq: number
  readonly data: Uint8Array
  readonly key: Uint8Array
}
type Table =
  | 'cases'
  | 'values'
  | 'snapshots'
  | 'tasks'
  | 'items'
  | 'answers'
  | 'messages'
  | 'bulks'
  | 'blobs'
  | 'secrets'
  | 'releases'
  | 'versions'

export interface Audited {
  readonly store: Pick<Store, 'journal' | 'tenants' | 'cases' | 'releases'>
  rows(table: Table): Iterable<Row>
}

/** What an audit has seen. A head noted elsewhere shows a history that was rewritten as a whole. */
export interface AuditSummary {
  readonly tenants: readonly {
    readonly tenant: string
    readonly entries: number
    readonly head: string
  }[]
  /** Sealed values that were opened. */
  readonly values: number
}

/**
 * Reads everything that was ever written and names each place that does not hold it: the journal by its chain, sealed
 * values by their seals, releases by their hashes.
 */
export function* audit(
  { store, rows }: Audited,
  masterKey: Uint8Array,
): Generator<Fault, AuditSummary> {
  const keys = caseKeys(store.cases, masterKey)
  let values = 0
  const holds = (read: () => unknown): boolean => {
    values += 1
    try {
      read()
      return true
    } catch {
      return false
    }
  }
  const opens = (key: () => Uint8Array, place: string, sealed: Uint8Array): boolean =>
    holds(() => unseal(key(), place, sealed))
  /** Values of a case whose key was destroyed are gone on purpose. */
  const erased = (number: number | null): boolean => {
    const row = number === null ? undefined : store.cases.get(number)
    return row !== undefined && isErasedKey(row.key)
  }
  const ofCase = (row: Row, place: string): boolean =>
    erased(row.case) || opens(() => keys.key(row.case ?? 0), place, row.data)

  /** Of a journal entry: whether the values or what stands around them was changed. */
  const refine = (tenant: string, fault: ChainFault): string => {
    const row = store.journal.read(tenant, fault.stream, fault.seq - 1)[0]
    if (row?.seq !== fault.seq || row.case === null || erased(row.case)) return fault.detail
    const { case: number, data } = row
    return opens(() => keys.key(number), places.journal(tenant, fault.stream, fault.seq), data)
      ? `${fault.detail}; its values are whole`
      : 'its values were changed'
  }

  const checks: Readonly<Record<Table, (row: Row) => Pick<Fault, 'stream' | 'what'> | undefined>> =
    {
      cases(row) {
        const stream = `case/${row.case}`
        const ordered = store.journal.last(row.tenant, stream) > 0
        if (isErasedKey(row.key))
          return ordered
            ? undefined
            : { stream, what: 'its key was destroyed, and nobody ordered it' }
        if (ordered) return { stream, what: 'it was erased, and its key is there again' }
        return holds(() => keys.name(row.case ?? 0))
          ? undefined
          : { stream, what: 'the key or the name of the case was changed' }
      },
      values: (row) =>
        ofCase(row, places.value(row.tenant, row.case ?? 0, row.id))
          ? undefined
          : { stream: `case/${row.case}`, what: `the stored value ${row.id} was changed` },
      snapshots: (row) =>
        ofCase(row, places.snapshot(row.tenant, row.id, row.seq))
          ? undefined
          : { stream: row.id, what: `the snapshot of entry ${row.seq} was changed` },
      tasks: (row) =>
        ofCase(row, places.task(row.tenant, row.id))
          ? undefined
          : { stream: `task/${row.id}`, what: 'what the task shows was changed' },
      items: (row) =>
        ofCase(row, places.item(row.tenant, row.id, row.seq))
          ? undefined
          : { stream: `list/${row.id}`, what: `the result of item ${row.seq} was changed` },
      answers: (row) =>
        ofCase(row, places.answer(row.tenant, row.key))
          ? undefined
          : { stream: `answer/${row.id}`, what: 'the kept answer was changed' },
      messages: (row) =>
        holds(() => keys.openSecret(row.tenant, places.message(row.key), row.data))
          ? undefined
          : { stream: `message/${row.seq}`, what: 'the kept message was changed' },
      bulks: (row) =>
        holds(() => keys.openSecret(row.tenant, places.bulk(row.id), row.data))
          ? undefined
          : { stream: `bulk/${row.id}`, what: 'the command on many runs was changed' },
      blobs: (row) => {
        const place = places.blob(row.tenant, row.id)
        return opens(() => keys.unwrap(place, row.key), place, row.data)
          ? undefined
          : { stream: `blob/${row.id}`, what: 'the file or its key was changed' }
      },
      secrets: (row) =>
        holds(() => keys.openSecret(row.tenant, row.id, row.data))
          ? undefined
          : { stream: `secret/${row.id}`, what: 'the secret was changed' },
      releases: (row) =>
        holds(() => {
          const body = JSON.parse(Buffer.from(row.data).toString()) as Json
          if (hashJson(body) !== row.id) throw new Error('another hash')
        })
          ? undefined
          : { stream: `release/${row.id}`, what: 'the release was changed' },
      versions: (row) =>
        holds(() => {
          const [hash, body] = [Buffer.from(row.key).toString(), Buffer.from(row.data)]
          const release = row.id.startsWith('flow/')
            ? store.releases.get(row.tenant, hash)
            : undefined
          // A flow is kept by its release, another document by its own hash.
          const found = release
            ? hashJson((JSON.parse(release) as { flow: Json }).flow) ===
              hashJson(JSON.parse(body.toString()) as Json)
            : createHash('sha256').update(body).digest('hex') === hash
          if (!found) throw new Error('another document')
        })
          ? undefined
          : { stream: row.id, what: `version ${row.seq} was changed` },
    }

  const tenants: { tenant: string; entries: number; head: string }[] = []
  for (const { tenant } of store.tenants.all()) {
    const faults = chainFaults(store, tenant)
    let next = faults.next()
    for (; !next.done; next = faults.next()) {
      const { stream, seq } = next.value
      yield { tenant, stream, seq, what: refine(tenant, next.value) }
    }
    tenants.push({ tenant, ...next.value })
  }
  for (const table of Object.keys(checks) as Table[]) {
    let tenant: string | null = null
    try {
      for (const row of rows(table)) {
        const fault = checks[table](row)
        if (fault) yield { tenant: row.tenant, seq: null, ...fault }
        tenant = row.tenant
      }
    } catch (error) {
      const failure = storageFailure(error)
      if (!failure) throw error
      const what = `cannot be read to its end (${failure.params['detail']})`
      yield { tenant, stream: `table ${table}`, seq: null, what }
    }
  }
  return { tenants, values }
}

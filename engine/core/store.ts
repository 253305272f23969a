import type { Actor } from '#core/ports.ts'

/** Transactions that may be written and not yet on disk: what a loss of power may tear of the log. */
export const mostUnsynced = 3

/**
 * What the driver keeps on disk. Values arrive sealed: a store holds bytes and never sees a plain
 * personal value. Everything is synchronous, because one writer works inside one transaction.
 */
export interface Store {
  /** All or nothing; returns only when it is on disk. @throws StoreError */
  transaction<T>(work: () => T): T
  /** As `transaction`, but on disk only when a `sync` that began after it has ended. At most `mostUnsynced` may wait for one. */
  write<T>(work: () => T): T
  /** Resolves when all that was written before is on disk. After one that failed none is tried any more. @throws StoreError */
  sync(): Promise<void>
  readonly tenants: TenantTable
  readonly cases: CaseTable
  readonly journal: JournalTable
  readonly snapshots: SnapshotTable
  readonly values: ValueTable
  readonly runs: RunTable
  readonly fanOuts: FanOutTable
  readonly timers: TimerTable
  readonly holds: HoldTable
  readonly bulks: BulkTable
  readonly tasks: TaskTable
  readonly documents: DocumentTable
  readonly releases: ReleaseTable
  readonly connections: ConnectionTable
  readonly secrets: SecretTable
  readonly blobs: BlobTable
  readonly guards: GuardTable
  readonly answers: AnswerTable
  readonly messages: MessageTable
  readonly locks: LockTable
  readonly marks: MarkTable
  readonly erasures: ErasureTable
  readonly fileUses: FileUseTable
  /** What the work takes away is overwritten on the disk, not only let go. */
  overwriting<T>(work: () => T): T
  /** Takes the log over into the file: what was overwritten stands in neither. False while a reader or a checkpoint holds it. */
  foldLog(): boolean
  close(): void
}

/** The end of a tenant's audit chain and of its event numbers. */
export interface TenantHead {
  readonly tenant: string
  /** Hash of the newest journal row. */
  readonly chain: Uint8Array
  readonly entries: number
  readonly events: number
}
export interface TenantTable {
  all(): TenantHead[]
  get(tenant: string): TenantHead | undefined
  put(head: TenantHead): void
}

/** One subject of lending. Destroying `key` erases every value sealed under it. */
export interface CaseRow {
  readonly number: number
  readonly tenant: string
  /** Keyed hash of the case key, for equality; random for a run without one. */
  readonly token: Uint8Array
  /** The case's own key, wrapped by the master key. */
  readonly key: Uint8Array
  /** The readable case key, sealed. */
  readonly name: Uint8Array | null
  readonly createdAt: number
}
export interface CaseTable {
  add(row: Omit<CaseRow, 'number'>): number
  get(number: number): CaseRow | undefined
  find(tenant: string, token: Uint8Array): CaseRow | undefined
}

/** A case that was erased; the journal tells it too, in the stream `case/<number>`. */
export interface ErasureRow {
  readonly case: number
  readonly tenant: string
  readonly at: number
  readonly actor: Actor
  readonly reason: string
  readonly runs: number
  readonly files: number
}
export interface ErasureTable {
  /**
   * Overwrites the case's key with zeros, takes its name and everything sealed under it that is not history, and notes
   * it. Inside a transaction.
   */
  add(row: ErasureRow): void
  get(caseNumber: number): ErasureRow | undefined
  /** Newest first. */
  list(tenant: string, limit: number): ErasureRow[]
  /** All runs of a case, those that others asked for too, oldest first. */
  runs(caseNumber: number): RunRow[]
}

/** How far what is sealed has been searched for files. */
export interface FileUseMark {
  readonly journal: number
  readonly values: number
}
/** A sealed text that may name files. */
export interface SealedText {
  readonly number: number
  readonly tenant: string
  readonly case: number
  /** Of a value its id, of a journal entry its run. */
  readonly id: string
  readonly seq: number
  readonly data: Uint8Array
}
/** Which cases name which files: brought up to date when a case is to be erased. */
export interface FileUseTable {
  mark(): FileUseMark
  setMark(mark: FileUseMark): void
  /** What stands behind a place, oldest first. */
  unread(of: 'journal' | 'values', after: number, limit: number): SealedText[]
  add(row: { tenant: string; file: string; case: number }): void
  /** The files of a case, and whether another case that was not erased names them too. */
  of(caseNumber: number): { readonly file: string; readonly shared: boolean }[]
}

/** One line of history: an input to a run, or a command on a document, connection or secret. Never changed. */
export interface JournalRow {
  readonly tenant: string
  /** A run's id, or `flow/<id>`, `connection/<name>` and the like. */
  readonly stream: string
  /** Counts from 1 within the stream. */
  readonly seq: number
  readonly at: number
  readonly type: string
  readonly actor: Actor
  readonly reason: string | null
  /** The case whose key seals `data`; null where `data` is plain JSON without personal values. */
  readonly case: number | null
  readonly data: Uint8Array
  /** JSON list of what subscribers are told; null for none. */
  readonly events: string | null
  /** Number of the last of `events` within the tenant. */
  readonly lastEvent: number | null
  /** The chain up to and with this row. */
  readonly hash: Uint8Array
}
export interface JournalTable {
  append(row: JournalRow): void
  /** Of one stream after `seq`, oldest first. */
  read(tenant: string, stream: string, after?: number): JournalRow[]
  /** Whole history of a tenant in the order of writing, one at a time. */
  walk(tenant: string): IterableIterator<JournalRow>
  /** Number of the newest row of a stream, 0 for none. */
  last(tenant: string, stream: string): number
  /** Rows with events after number `from` that tell of a run: its own, and those of the runs and lists below it. */
  about(tenant: string, run: string, from: number): JournalRow[]
  /** Rows with events after number `from`. */
  events(tenant: string, from: number, limit: number): JournalRow[]
}

export interface SnapshotRow {
  readonly tenant: string
  readonly run: string
  /** The journal row that it contains last. */
  readonly seq: number
  readonly data: Uint8Array
}
export interface SnapshotTable {
  put(row: SnapshotRow): void
  get(run: string): SnapshotRow | undefined
  remove(run: string): void
}

/** A value too large for a journal row, kept once per case. */
export interface ValueTable {
  /** Keeps the first of equal `id`. */
  put(row: { tenant: string; case: number; id: string; data: Uint8Array }): void
  get(caseNumber: number, id: string): Uint8Array | undefined
}

export interface RunRow {
  readonly id: string
  readonly tenant: string
  readonly flow: string
  readonly flowName: string
  /** 0 stands for the draft. */
  readonly version: number
  readonly release: string
  readonly case: number
  /** As in the case; null for a run without a case key. */
  readonly token: Uint8Array | null
  readonly status: string
  /** How many activities are to be performed now: what recovery looks for. */
  readonly running: number
  /** JSON list of the nodes that the run is at. */
  readonly at: string
  readonly seq: number
  readonly startedAt: number
  readonly endedAt: number | null
  /** Code of the error that waits for an operator. */
  readonly error: string | null
  /** The run and its effect that this one answers; null for one that was started by itself. */
  readonly parent: string | null
  readonly parentEffect: string | null
  /** Place in the parent's list; null for a called flow. */
  readonly item: number | null
  /** The node of the release whose body is run; null for the whole flow. */
  readonly body: string | null
  /** 0 goes last, 9 first. */
  readonly priority: number
  /** The run that went on as this one, and as which run this one went on. */
  readonly previous: string | null
  readonly next: string | null
}
export interface RunPageQuery {
  /** Runs that this one asked for, of one of its effects if given; absent: runs that were started by themselves. */
  readonly parent?: string | undefined
  readonly parentEffect?: string | undefined
  readonly flow?: string | undefined
  readonly version?: number | undefined
  readonly status?: string | undefined
  /** Flows that are suspended: their open runs count as such, whatever their row says. */
  readonly heldFlows?: readonly string[] | undefined
  /** Only these. */
  readonly ids?: readonly string[] | undefined
  /** Code of the error that waits for an operator. */
  readonly error?: string | undefined
  /** A node that the run is at. */
  readonly node?: string | undefined
  /** ms since the epoch */
  readonly startedBefore?: number | undefined
  readonly startedAfter?: number | undefined
  /** Prefix of the run id. */
  readonly id?: string | undefined
  /** Instead of `id` or besides it: runs of these cases. */
  readonly tokens?: readonly Uint8Array[] | undefined
  readonly before?: { readonly startedAt: number; readonly id: string } | undefined
  readonly limit: number
}
type RunProgress = Pick<RunRow, 'id' | 'status' | 'running' | 'at' | 'seq' | 'endedAt' | 'error'>
export interface RunTable {
  add(row: RunRow): void
  update(progress: RunProgress): void
  /** The run goes on with another release of its flow. */
  move(id: string, to: Pick<RunRow, 'version' | 'release'>): void
  get(id: string): RunRow | undefined
  findCase(tenant: string, flow: string, token: Uint8Array): RunRow | undefined
  /** Newest first. */
  page(tenant: string, query: RunPageQuery): RunRow[]
  count(tenant: string, query: Omit<RunPageQuery, 'before' | 'limit'>): number
  /** Ids of the runs with activities to perform, after `id`. */
  running(after: string, limit: number): string[]
  /** Ids of the runs that an effect asked for and that have not ended. */
  liveChildren(effect: string): string[]
  /** Ids of the runs that a run asked for and that have not ended, those that finish unheeded among them. */
  liveBelow(run: string): string[]
  /** How many runs an effect asked for, by status; one that went on as another is left out. */
  countChildren(run: string, effect: string): { status: string; count: number }[]
  /** Notes what the run goes on as; the case key moves on with it. */
  succeed(id: string, next: string): void
  /** Ids of the runs that are to go on as another one and have not begun to. */
  toSucceed(): string[]
}

/** An effect that is answered by runs: a list's items, or one called flow. Kept until it is answered. */
export interface FanOutRow {
  readonly effect: string
  readonly tenant: string
  readonly run: string
  /** Items in all. */
  readonly total: number
  /** How many may go on at the same time. */
  readonly atOnce: number
  /** With more failures than this the rest is stopped. */
  readonly tolerated: number
  /** Items that were begun, in order, since the first. */
  readonly started: number
  /** Of those: failed items that are to be begun anew. */
  readonly again: number
  readonly done: number
  readonly failed: number
  /** How many of those under way do something, and how many need an operator. */
  readonly running: number
  readonly incidents: number
  /** 1 once no more is begun. */
  readonly stopping: number
}
export interface ItemResultRow {
  readonly effect: string
  readonly tenant: string
  readonly item: number
  /** `again`: it did not succeed and is to be begun anew; `begun`: that has been done. */
  readonly status: 'done' | 'failed' | 'cancelled' | 'again' | 'begun'
  /** The output or the failure, sealed. */
  readonly data: Uint8Array
}
export interface FanOutTable {
  put(row: FanOutRow): void
  get(effect: string): FanOutRow | undefined
  /** With all results. */
  remove(effect: string): void
  of(run: string): FanOutRow[]
  /** Of all runs those that may begin another item. */
  unfinished(): FanOutRow[]
  putResult(row: ItemResultRow): void
  /** In the items' order. */
  results(effect: string): ItemResultRow[]
  /** Marks what did not succeed to be begun anew; returns how many. */
  failedAgain(effect: string): number
  nextAgain(effect: string): number | undefined
}

export interface TimerRow {
  readonly tenant: string
  readonly run: string
  readonly effect: string
  readonly kind: 'timer' | 'retry'
  readonly dueAt: number
}
export interface TimerTable {
  add(row: TimerRow): void
  remove(run: string, effect: string): void
  removeRun(run: string): void
  /** Set aside, however long it is due, until it is released. */
  hold(run: string, effect: string): void
  /** All of one run and of the runs that it asked for. */
  releaseRun(run: string): void
  releaseFlow(tenant: string, flow: string): void
  /** Earliest first, without those set aside, behind the first `skip`. */
  due(now: number, limit: number, skip?: number): TimerRow[]
  earliest(skip?: number): number | undefined
}

/** A flow or a connection that is suspended. */
export interface HoldRow {
  readonly tenant: string
  readonly kind: 'flow' | 'connection'
  readonly name: string
  readonly at: number
  readonly by: string
  readonly reason: string | null
}
export interface HoldTable {
  put(row: HoldRow): void
  remove(tenant: string, kind: HoldRow['kind'], name: string): void
  all(): HoldRow[]
}

/** One command on many runs: first previewed, then applied to exactly those. */
export interface BulkRow {
  readonly id: string
  readonly tenant: string
  /** `previewing` while its runs are being named. */
  readonly status: 'previewing' | 'previewed' | 'running' | 'done'
  /** What is to be done and the query that chose the runs, sealed: it may hold values. */
  readonly order: Uint8Array
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly actor: Actor
  readonly reason: string | null
}
export interface BulkItemRow {
  readonly bulk: string
  readonly position: number
  readonly run: string
  /** Of the run's journal when it was previewed. */
  readonly seq: number
  /** Null until its turn has come. */
  readonly verdict: 'done' | 'changed' | 'refused' | null
  readonly code: string | null
  readonly detail: string | null
}
export interface BulkTable {
  add(row: BulkRow): void
  /** The next runs of a preview, which have the positions from `from` on. */
  name(
    to: { readonly bulk: string; readonly tenant: string; readonly from: number },
    runs: readonly Pick<RunRow, 'id' | 'seq'>[],
  ): void
  /** All runs of the preview are named. */
  named(id: string): void
  get(id: string): BulkRow | undefined
  begin(id: string, how: Pick<BulkRow, 'actor' | 'reason'> & { readonly at: number }): void
  end(id: string, at: number): void
  judge(item: Pick<BulkItemRow, 'bulk' | 'position' | 'verdict' | 'code' | 'detail'>): void
  /** By position, after `position`; with `open` only those without a verdict. */
  items(
    bulk: string,
    query: { readonly after: number; readonly limit: number; readonly open?: boolean },
  ): BulkItemRow[]
  /** How many have which verdict; without one `open`, or `refusal` where the preview expects one. */
  counts(bulk: string): Readonly<Record<string, number>>
  running(): BulkRow[]
  /** Newest first. */
  list(tenant: string, limit: number): BulkRow[]
  /** Those that name runs of a case. */
  ofCase(caseNumber: number): BulkRow[]
  /** Puts another order, sealed, in the place of what was ordered. */
  reseal(id: string, order: Uint8Array): void
  /** Previews made before `at` that were never applied, at most `limit` of their runs; returns how many went. */
  removeStale(at: number, limit: number): number
}

export interface TaskRow {
  /** The effect's id. */
  readonly id: string
  readonly tenant: string
  readonly run: string
  readonly flow: string
  readonly node: string
  readonly role: string
  readonly status: 'open' | 'completed' | 'cancelled'
  readonly createdAt: number
  readonly dueAt: number | null
  readonly completedAt: number | null
  readonly completedBy: string | null
  readonly case: number
  /** What the person needs to see, sealed. */
  readonly data: Uint8Array
}
export interface TaskPageQuery {
  readonly status?: string | undefined
  readonly role?: string | undefined
  readonly run?: string | undefined
  readonly after?: { readonly createdAt: number; readonly id: string } | undefined
  readonly limit: number
}
export interface TaskTable {
  /** Or opens it again, as it was. */
  add(row: TaskRow): void
  close(id: string, how: { status: 'completed' | 'cancelled'; at: number; by: string | null }): void
  get(id: string): TaskRow | undefined
  /** Oldest first. */
  page(tenant: string, query: TaskPageQuery): TaskRow[]
  count(tenant: string, query: Omit<TaskPageQuery, 'after' | 'limit'>): number
}

/** A calendar has no draft of its own: each save is a version too. */
export type DocumentKind = 'flow' | 'decision' | 'calendar'
export interface DraftRow {
  readonly tenant: string
  readonly kind: DocumentKind
  readonly id: string
  /** Counts saves. */
  readonly draft: number
  readonly body: string
  readonly updatedAt: number
  readonly updatedBy: string
}
export interface VersionRow {
  readonly tenant: string
  readonly kind: DocumentKind
  readonly id: string
  readonly version: number
  readonly body: string
  /** Of a flow its release, else of the document itself. */
  readonly hash: string
  readonly publishedAt: number
  readonly publishedBy: string
}
export interface DocumentTable {
  saveDraft(row: DraftRow): void
  draft(tenant: string, kind: DocumentKind, id: string): DraftRow | undefined
  drafts(tenant: string, kind: DocumentKind): DraftRow[]
  addVersion(row: VersionRow): void
  version(tenant: string, kind: DocumentKind, id: string, version?: number): VersionRow | undefined
  /** What starting a run needs of a version: without the body. */
  published(
    tenant: string,
    kind: DocumentKind,
    id: string,
    version?: number,
  ): Pick<VersionRow, 'version' | 'hash'> | undefined
  /** The newest version with this hash. */
  versionOf(tenant: string, kind: DocumentKind, id: string, hash: string): number | undefined
  /** Newest first. */
  versions(tenant: string, kind: DocumentKind, id: string): VersionRow[]
}

export interface ReleaseTable {
  put(row: { tenant: string; hash: string; body: string; createdAt: number }): void
  get(tenant: string, hash: string): string | undefined
}

export interface ConnectionRow {
  readonly tenant: string
  readonly name: string
  readonly kind: string
  readonly address: string
  /** JSON */
  readonly settings: string
  readonly secret: string | null
  /** JSON; null for none of its own. */
  readonly limits: string | null
  readonly updatedAt: number
  readonly updatedBy: string
}
export interface ConnectionTable {
  put(row: ConnectionRow): void
  get(tenant: string, name: string): ConnectionRow | undefined
  list(tenant: string): ConnectionRow[]
}

export interface SecretRow {
  readonly tenant: string
  readonly name: string
  /** The only origin that it may be sent to; null until a connection takes it. */
  readonly origin: string | null
  readonly data: Uint8Array
  readonly updatedAt: number
  readonly updatedBy: string
}
export interface SecretTable {
  put(row: SecretRow): void
  bind(tenant: string, name: string, origin: string): void
  get(tenant: string, name: string): SecretRow | undefined
}

/** What is remembered of a connection's or a node type's breaker and rate, as JSON. */
export interface GuardTable {
  put(tenant: string, name: string, data: string): void
  get(tenant: string, name: string): string | undefined
}

/** An effect's answer that may be given again. */
export interface AnswerRow {
  readonly tenant: string
  /** Keyed hash of what was asked. */
  readonly key: Uint8Array
  /** The case whose key seals `data`: whoever erases the case erases its answers. */
  readonly case: number
  readonly data: Uint8Array
  readonly at: number
  readonly expiresAt: number
}
export interface AnswerTable {
  /** Also removes some that have expired. */
  put(row: AnswerRow): void
  get(tenant: string, key: Uint8Array, now: number): AnswerRow | undefined
}

export interface BlobRow {
  readonly tenant: string
  /** `sha256:` and 64 hex digits of the plain bytes. */
  readonly hash: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** The blob's own key, wrapped by the master key. */
  readonly key: Uint8Array
  readonly data: Uint8Array
  readonly createdAt: number
  readonly createdBy: string
}
export interface BlobTable {
  put(row: BlobRow): void
  get(tenant: string, hash: string): BlobRow | undefined
  has(tenant: string, hash: string): boolean
  /** Without its bytes. */
  about(tenant: string, hash: string): Pick<BlobRow, 'hash' | 'name' | 'type' | 'size'> | undefined
  remove(tenant: string, hash: string): void
}

/** A run that waits for a message. */
export interface SubscriptionRow {
  readonly effect: string
  readonly tenant: string
  readonly run: string
  readonly flow: string
  /** Keyed hash of the message's name and correlation key. */
  readonly place: Uint8Array
  readonly since: number
}
/** A message that nobody could take yet, or what is remembered of one that bore an id. */
export interface MessageRow {
  readonly number: number
  readonly tenant: string
  /** As in a subscription. */
  readonly place: Uint8Array
  /** Only for runs of this flow; null for all. */
  readonly flow: string | null
  /** Keyed hash of the sender's id for it. */
  readonly mark: Uint8Array | null
  /** Sealed; null once it was taken. */
  readonly data: Uint8Array | null
  readonly expiresAt: number
}
/** Messages of a tenant that wait for a run. */
export interface KeptMessages {
  readonly tenant: string
  readonly messages: number
  /** Sealed. */
  readonly bytes: number
}
export interface MessageTable {
  subscribe(row: SubscriptionRow): void
  unsubscribe(effect: string): void
  /** Who has waited longest first. */
  waiting(tenant: string, place: Uint8Array): SubscriptionRow[]
  /** Who waits for something that is kept. */
  servable(now: number): Pick<SubscriptionRow, 'run' | 'effect'>[]
  keep(row: Omit<MessageRow, 'number'>): void
  /** How much is kept, by tenant. */
  kept(): KeptMessages[]
  /** The oldest one for a flow. */
  oldest(
    of: Pick<SubscriptionRow, 'tenant' | 'place' | 'flow'>,
    now: number,
  ): (MessageRow & { readonly data: Uint8Array }) | undefined
  /** Erases it; only its id's mark stays until the message would have expired. */
  take(number: number): void
  isKnown(tenant: string, mark: Uint8Array, now: number): boolean
  /** Numbers of those that have expired, earliest first. */
  due(now: number, limit: number, skip?: number): number[]
  earliest(): number | undefined
  remove(number: number): void
}

/** A step that is inside of a lock, or waits for it. */
export interface LockRow {
  readonly effect: string
  readonly tenant: string
  readonly run: string
  /** Keyed hash of the lock's name and key. */
  readonly place: Uint8Array
  /** 1 while it is inside. At most one of a place is. */
  readonly held: number
}
export interface LockTable {
  /** Behind those that wait already. */
  add(row: Omit<LockRow, 'held'>): void
  get(effect: string): LockRow | undefined
  hold(effect: string): void
  remove(effect: string): void
  holder(tenant: string, place: Uint8Array): LockRow | undefined
  /** Who has waited longest first. */
  waiting(tenant: string, place: Uint8Array): LockRow[]
  /** Those that wait inside of what an effect has asked for, at any depth. */
  waitingBelow(effect: string): LockRow[]
  /** Who waits for a lock that nobody holds. */
  free(): LockRow[]
}

/** Facts about the database itself, by name. */
export interface MarkTable {
  put(name: string, value: Uint8Array): void
  get(name: string): Uint8Array | undefined
}

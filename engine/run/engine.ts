import type { ExplanationQuery, StepExplanation } from '#core/api/explanation.ts'
import type { ErasurePreview, ErasureView } from '#core/api/erasures.ts'
import type { BulkItem, BulkQuery, BulkView, SuspensionView, Verb } from '#core/api/verbs.ts'
import type { MetisError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import type { Command } from '#core/ports.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { CalendarStore } from './calendars.ts'
import type { CaseOf, EraseCommand } from './erasure.ts'
import type { Load } from './admission.ts'
import type { MessageCommand, MessageLoad, Sent } from './messages.ts'
import type {
  BlobView,
  ConnectionView,
  DocumentSummary,
  DocumentView,
  EventView,
  Page,
  RunStatusView,
  RunSummary,
  RunView,
  TaskView,
} from '#core/api/views.ts'

interface ListQuery {
  readonly limit?: number
  /** Opaque, from the previous page's `next`. */
  readonly cursor?: string
}
export interface RunQuery extends ListQuery {
  readonly flow?: string
  readonly status?: RunStatusView
  /** Whole case key, as written or in capitals or small letters throughout; or prefix of the run id. */
  readonly search?: string
  /** The runs that this one asked for; absent: those that were started by themselves. */
  readonly parent?: string
  /** Of these, the ones that this step (`node:epoch`) asked for. */
  readonly step?: string
  /** 0 for the draft */
  readonly version?: number
  /** Code of the error that waits for an operator. */
  readonly error?: string
  /** A node that the run is at. */
  readonly node?: string
  /** ms since the epoch */
  readonly startedBefore?: number
  readonly startedAfter?: number
}

/** Flows, and likewise decisions: drafts that can always be saved, versions that never change. */
export interface DocumentStore {
  /** Creates, or saves a new draft. @throws DOCUMENT_INVALID (not of the schema), DRAFT_CONFLICT (`ifMatch` is not the current draft) */
  save(command: Command & { document: unknown; ifMatch?: number }): { id: string; draft: number }
  list(tenant: string): DocumentSummary[]
  /** @throws NOT_FOUND */
  get(tenant: string, id: string, version?: number): DocumentView
  validate(tenant: string, id: string, document?: unknown): { valid: boolean; findings: Finding[] }
  /** @throws ValidationError DOCUMENT_HAS_ERRORS with the findings */
  publish(command: Command & { id: string }): { version: number }
}

export interface Started {
  readonly id: string
  /** False where the case key stood already with the same input. */
  readonly created: boolean
  /** Of a new run that came to its end at once, because nothing in it waits. */
  readonly ended?: { readonly status: 'completed' | 'failed'; readonly output: Json }
}

/**
 * The durable interpreter as the server and the command line see it. Every command passes `authorize`.
 * Promises resolve after the commit: what they answer is on disk.
 */
export interface Engine {
  readonly flows: DocumentStore
  readonly calendars: CalendarStore
  readonly decisions: DocumentStore & {
    /** Of the newest version, of `version`, or of the draft. */
    evaluate(tenant: string, id: string, input: Json, version?: number | 'draft'): DecisionResult
  }
  /** `created` is false where the case key stood already with the same input. @throws OVERLOADED, CASE_CONFLICT, INPUT_INVALID, NOT_PUBLISHED */
  startRun(
    command: Command & {
      flow: string
      input: Json
      caseKey?: string
      version?: number | 'draft'
      /** 0 goes last, 9 first; the runs that it asks for have the same. @default 5 */
      priority?: number
    },
  ): Promise<Started>
  /** @throws NOT_FOUND */
  getRun(tenant: string, id: string): RunView
  /** The documents that the run keeps: for the canvas of a run. */
  getRunFlow(tenant: string, id: string): { flow: unknown; decisions: Record<string, unknown> }
  /** Why a step's decision came out so. @throws NOT_FOUND, STEP_UNDECIDED, EXPLANATION_TOO_LARGE */
  explainStep(tenant: string, run: string, step: string, query: ExplanationQuery): StepExplanation
  listRuns(tenant: string, query: RunQuery): Page<RunSummary>
  /** Numbered after `from`, oldest first; of one run, one flow, or all. */
  events(
    tenant: string,
    query: { from: number; limit?: number; run?: string; flow?: string },
  ): EventView[]
  /** Called after each commit with its events; returns how to stop. */
  subscribe(listener: (tenant: string, events: readonly EventView[]) => void): () => void
  cancelRun(command: Command & { run: string }): Promise<void>
  /** A new attempt under the same key. @throws STEP_NOT_RETRYABLE */
  retryStep(command: Command & { run: string; step: string }): Promise<void>
  /** By hand: the step is left by `port` with `value`. @throws STEP_NOT_OPEN, PORT_UNKNOWN */
  completeStep(
    command: Command & { run: string; step: string; port: string; value: Json },
  ): Promise<void>
  /** One verb on one run; see `#core/api/verbs.ts`. @throws RUN_ENDED and what the verb refuses */
  operate(command: Command & { run: string; verb: Verb }): Promise<void>
  /** One verb on all runs that fit, tried and taken back; its id applies it. @throws BULK_EMPTY, BULK_TOO_MANY */
  previewBulk(command: Command & { query: BulkQuery; verb: Verb }): Promise<BulkView>
  /** Begins; `getBulk` tells how far it is. @throws NOT_FOUND, BULK_STALE, BULK_APPLIED */
  applyBulk(command: Command & { id: string }): Promise<BulkView>
  getBulk(tenant: string, id: string): BulkView
  /** The runs, newest first, each with its verdict. */
  listBulkItems(tenant: string, query: ListQuery & { id: string }): Page<BulkItem>
  /** Those that were applied, newest first. */
  listBulks(tenant: string): BulkView[]
  /** Flows and connections that are suspended. */
  listSuspensions(tenant: string): SuspensionView[]
  /** Suspends or resumes a flow or a connection. @throws NOT_FOUND */
  setSuspension(
    command: Command & { kind: SuspensionView['kind']; name: string; suspended: boolean },
  ): Promise<void>
  /** What erasing a case would take. @throws CASE_UNKNOWN, CASE_ERASED */
  previewErasure(tenant: string, of: CaseOf): Promise<ErasurePreview>
  /** Destroys a case's key and its files for good. @throws CASE_UNKNOWN, CASE_ERASED, CASE_OPEN, ERASE_UNCONFIRMED */
  eraseCase(command: EraseCommand): Promise<ErasureView>
  /** Newest first. */
  listErasures(tenant: string): ErasureView[]
  listTasks(
    tenant: string,
    query: ListQuery & { status?: TaskView['status']; role?: string; run?: string },
  ): Page<TaskView>
  getTask(tenant: string, id: string): TaskView
  /** @throws TASK_CLOSED, INPUT_INVALID with findings against the task's form */
  completeTask(command: Command & { task: string; outcome: string; value: Json }): Promise<void>
  /**
   * For the runs that wait for it; kept where none can take it now. @throws INPUT_INVALID with findings against the
   * waiting node's schema, MESSAGE_KEPT_TOO_LONG, MESSAGES_FULL
   */
  sendMessage(command: MessageCommand): Promise<Sent>
  putBlob(command: Command & { bytes: Uint8Array; name: string; type: string }): BlobView
  getBlob(tenant: string, hash: string): { about: BlobView; bytes: Uint8Array }
  listConnections(tenant: string): ConnectionView[]
  /** @throws CONNECTION_INVALID */
  putConnection(
    command: Command & { connection: Omit<ConnectionView, 'source' | 'health'> },
  ): ConnectionView
  /** Write-only: no call returns a secret. */
  putSecret(command: Command & { name: string; value: string }): void
  /** What the engine is behind with; `open` counts the effects that wait, also for a connection that is down. */
  load(): Load & { readonly open: number; readonly messages: MessageLoad }
  nodeTypes(): NodeDescriptor[]
  /** Why nothing can be written any more: STORAGE_FULL, STORAGE_FAILED or STORAGE_DAMAGED. Undefined while all is well. */
  failure(): MetisError | undefined
  /** Resolves when everything that can go on without an outside event has gone on: for tests and the command line. */
  /**
   * Resolves when all that was read until now is on disk: nothing is told outside that a loss of power would take back.
   * @throws what the disk has failed with
   */
  synced(): Promise<void>
  idle(): Promise<void>
  /** Resolves once the run is completed, failed, cancelled, waiting for a person or a timer, or an incident. */
  settled(tenant: string, run: string): Promise<RunView>
  close(): Promise<void>
}

import { TerminalError, ValidationError } from '#core/errors.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import type { Command } from '#core/ports.ts'
import { authorize } from './authorize.ts'
import {
  drafts,
  flowFindings,
  keepRelease,
  releaseOf,
  type DocumentParts,
} from './document-rules.ts'
import { schemaFindings } from './json-schema.ts'
import type { Bundle } from './live-run.ts'
import type { Started } from './engine.ts'
import { randomBytes } from './random-bytes.ts'
import { firstOf, ownLineage } from './new-run.ts'
import type { RunBatch } from './run-batch.ts'
import type { Runtime } from './runtime.ts'

export type StartCommand = Command & {
  flow: string
  input: Json
  caseKey?: string
  version?: number | 'draft'
  /** 0 goes last, 9 first. @default 5 */
  priority?: number
}

/** Sorts by time of making, so that new runs lie together in the index. */
const newRunId = (now: number): string =>
  `r${now.toString(36).padStart(9, '0')}${randomBytes(8).toString('hex')}`

export interface Starting {
  readonly runtime: Pick<Runtime, 'bundles' | 'driver' | 'journal' | 'keys'>
  readonly documents: DocumentParts
}

/** Everything that can be refused before a transaction; the rest happens inside one. */
export function startRun(
  { runtime, documents }: Starting,
  command: StartCommand,
): (batch: RunBatch) => Started {
  const { store, clock } = documents
  const { tenant, input, caseKey } = command
  authorize(command.actor, 'run.start', { tenant, kind: 'flow', id: command.flow })
  const { version, prepare, bundle } = chosen(runtime, documents, command)
  const findings = schemaFindings(bundle().release.flow.input, input)
  if (findings.length > 0)
    throw new ValidationError('INPUT_INVALID', findings, {
      what: `flow "${command.flow}"`,
      count: findings.length,
    })
  return (batch) => {
    const token = caseKey === undefined ? null : runtime.keys.token(tenant, caseKey)
    const stands = token && store.runs.findCase(tenant, command.flow, token)
    if (stands) {
      // A run that went on as another keeps what it was first started with.
      const first = runtime.journal.firstInput(store.runs.get(firstOf(stands.id)) ?? stands)
      if (canonicalJson(first) === canonicalJson(input)) return { id: stands.id, created: false }
      throw new TerminalError('CASE_CONFLICT', { flow: command.flow, run: stands.id })
    }
    batch.writes += 1
    prepare()
    const now = clock.now()
    const run = runtime.driver.start(
      batch,
      {
        id: newRunId(now),
        tenant,
        bundle: bundle(),
        lineage: { ...ownLineage, version, priority: command.priority ?? ownLineage.priority },
        input,
        caseKey: caseKey ?? null,
        scope: { tenant, ...runtime.keys.open(tenant, caseKey, now) },
        token,
      },
      command,
    )
    const { id, status, output } = run
    const started = { id, created: true }
    if (status !== 'done' && status !== 'failed') return started
    return { ...started, ended: { status: status === 'done' ? 'completed' : 'failed', output } }
  }
}

interface Chosen {
  /** 0 for the draft */
  readonly version: number
  /** Puts the release on disk where it may not be there yet. */
  readonly prepare: () => void
  readonly bundle: () => Bundle
}

function chosen(
  runtime: Starting['runtime'],
  parts: DocumentParts,
  { tenant, flow: id, version }: StartCommand,
): Chosen {
  const { store } = parts
  if (version === 'draft') return draft(runtime, parts, { tenant, id })
  const row = store.documents.published(tenant, 'flow', id, version)
  if (!row) {
    if (!store.documents.draft(tenant, 'flow', id))
      throw new TerminalError('NOT_FOUND', { what: 'flow', id })
    throw new TerminalError('NOT_PUBLISHED', { flow: id })
  }
  return {
    version: row.version,
    prepare: () => {},
    bundle: () => runtime.bundles.get(tenant, row.hash),
  }
}

function draft(
  runtime: Starting['runtime'],
  parts: DocumentParts,
  { tenant, id }: { tenant: string; id: string },
): Chosen {
  const found = drafts(parts.store)
  const flow = found.flow(tenant, id)
  if (!flow) throw new TerminalError('NOT_FOUND', { what: 'flow', id })
  const built = releaseOf(parts, { tenant, flow }, (name) => found.decision(tenant, name))
  const findings = [...flowFindings(parts, tenant, flow), ...built.findings].filter(
    ({ severity }) => severity === 'error',
  )
  if (findings.length > 0)
    throw new ValidationError('DOCUMENT_HAS_ERRORS', findings, { id, count: findings.length })
  const bundle = runtime.bundles.of(tenant, built)
  return { version: 0, prepare: () => keepRelease(parts, tenant, built), bundle: () => bundle }
}

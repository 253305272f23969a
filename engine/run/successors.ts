import type { Json } from '#core/json.ts'
import type { Command } from '#core/ports.ts'
import type { RunTable } from '#core/store.ts'
import type { Bundles } from './bundles.ts'
import { lineageOf, type LiveRun } from './live-run.ts'
import { engineActor, successorOf, type NewRun } from './new-run.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunJournal } from './run-journal.ts'

interface SuccessorParts {
  readonly runs: RunTable
  readonly bundles: Bundles
  readonly journal: RunJournal
  readonly caseName: (caseNumber: number) => string | null
}

/** Runs that go on one after the other in one transaction; a longer chain lets the others have their turn. */
const mostInTurn = 16

/** Runs that end by beginning anew: the next one has the input that the former ended with, and its case key. */
export function createSuccessors(
  { runs, bundles, journal, caseName }: SuccessorParts,
  start: (batch: RunBatch, run: NewRun, by: Command) => LiveRun,
) {
  const succeed = (batch: RunBatch, id: string, output?: Json): void => {
    const row = runs.get(id)
    if (!row || row.next !== null) return
    const turn = (batch.begun.get('successors') ?? 0) + 1
    if (turn > mostInTurn) {
      batch.later.set(id, (next) => succeed(next, id))
      return
    }
    batch.begun.set('successors', turn)
    const next = successorOf(id)
    batch.writes += 1
    runs.succeed(id, next)
    start(
      batch,
      {
        id: next,
        tenant: row.tenant,
        bundle: bundles.get(row.tenant, row.release, row.body),
        lineage: { ...lineageOf(row), previous: id },
        input: output ?? journal.lastOutput(row),
        scope: journal.scope(row),
        caseKey: caseName(row.case),
        token: row.token,
      },
      { tenant: row.tenant, actor: engineActor },
    )
  }
  return { succeed }
}

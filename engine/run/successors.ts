import type { Command } from '#core/ports.ts'
import type { RunTable } from '#core/store.ts'
import type { Bundles } from './bundles.ts'
import { lineageOf, type LiveRun } from './live-run.ts'
import { engineActor, successorOf, type NewRun } from './new-run.ts'
import type { RunBatch } from './run-batch.ts'
import type { Ending, RunJournal } from './run-journal.ts'
import type { Suspension } from './suspension.ts'

interface SuccessorParts {
  readonly runs: RunTable
  readonly bundles: Bundles
  readonly journal: RunJournal
  readonly suspension: Pick<Suspension, 'heldBy'>
  readonly caseName: (caseNumber: number) => string | null
}

interface Beginning {
  start(batch: RunBatch, run: NewRun, by: Command): LiveRun
  suspend(batch: RunBatch, run: LiveRun, by: Command): void
}

/** Runs that go on one after the other in one transaction; a longer chain lets the others have their turn. */
const mostInTurn = 16

/**
 * Runs that end by beginning anew: the next one has the input that the former ended with, its case key, and is
 * suspended where it was.
 */
export function createSuccessors(
  { runs, bundles, journal, caseName, suspension: { heldBy } }: SuccessorParts,
  { start, suspend }: Beginning,
) {
  const succeed = (batch: RunBatch, id: string, ending?: Ending): void => {
    const row = runs.get(id)
    if (!row || row.next !== null) return
    const turn = (batch.begun.get('successors') ?? 0) + 1
    // Where nothing in the flow waits, a hold ends the chain between two turns; whoever lets it go takes it up.
    const between = ending === undefined || turn > mostInTurn
    if (between && heldBy({ ...row, lineage: lineageOf(row), suspended: false })) return
    if (turn > mostInTurn) {
      batch.later.set(id, (after) => succeed(after, id))
      return
    }
    batch.begun.set('successors', turn)
    const next = successorOf(id)
    batch.writes += 1
    runs.succeed(id, next)
    const { output, suspended } = ending ?? journal.ending(row)
    const begun = start(
      batch,
      {
        id: next,
        tenant: row.tenant,
        bundle: bundles.get(row.tenant, row.release, row.body),
        lineage: { ...lineageOf(row), previous: id },
        input: output,
        scope: journal.scope(row),
        caseKey: caseName(row.case),
        token: row.token,
      },
      { tenant: row.tenant, actor: engineActor },
    )
    if (suspended && ['active', 'continued'].includes(begun.status))
      suspend(batch, begun, { tenant: row.tenant, actor: engineActor, reason: `As ${id} was.` })
  }
  return { succeed }
}

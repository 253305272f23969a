import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { initialTransition, transition } from 'xstate'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { openDatabase } from '#engine/adapters/sqlite/open-database.ts'
import { inertScope } from './bare-machine.ts'
import type { Group, Recording } from './write-recorder.ts'

/** The events that take one run through its machine. */
export type Answers = readonly { readonly type: string; readonly output: unknown }[]

/** Makes the next transition of some run: as many in a row as a run has steps end it. */
export type Stepping = () => void

/** Runs that are stepped in turn, so that each transition meets another run's snapshot. */
export function stepping(machine: AnyStateMachine, answers: Answers, inFlight: number): Stepping {
  const scope = inertScope()
  return inTurn(answers, inFlight, {
    begin: () => machine.getInitialSnapshot(scope, undefined),
    next: (snapshot, event) => machine.transition(snapshot, event, scope) as AnyMachineSnapshot,
  })
}

/** The same by XState's pure functions. */
export function pureStepping(
  machine: AnyStateMachine,
  answers: Answers,
  inFlight: number,
): Stepping {
  return inTurn(answers, inFlight, {
    begin: () => initialTransition(machine)[0] as AnyMachineSnapshot,
    next: (snapshot, event) => transition(machine, snapshot, event as never)[0] as never,
  })
}

function inTurn(
  answers: Answers,
  inFlight: number,
  by: {
    begin: () => AnyMachineSnapshot
    next: (snapshot: AnyMachineSnapshot, event: Answers[number]) => AnyMachineSnapshot
  },
): Stepping {
  const runs = Array.from({ length: inFlight }, () => ({
    snapshot: undefined as AnyMachineSnapshot | undefined,
    answered: 0,
  }))
  let turn = 0
  return () => {
    const run = runs[turn] as (typeof runs)[number]
    turn = (turn + 1) % runs.length
    const { snapshot } = run
    const answer = snapshot && answers[run.answered]
    if (!snapshot || !answer) {
      run.snapshot = by.begin()
      run.answered = 0
      return
    }
    run.snapshot = by.next(snapshot, answer)
    run.answered += 1
    if (run.answered === answers.length && run.snapshot.status !== 'done')
      throw new Error('the bare machine does not end')
  }
}

/** What a transition of a run is recognised by among the rows. */
const isStep = (sql: string): boolean => sql.includes('INTO journal')

/**
 * Writes recorded groups again with nothing but prepared statements, each group one transaction, and makes for each
 * row of the journal a transition in between. Returns ms from group `from` on.
 */
export function writeAgain(
  { statements, groups }: Pick<Recording, 'statements' | 'groups'>,
  file: string,
  { from, step }: { readonly from: number; readonly step: Stepping },
): number {
  openDatabase(file).close()
  const db = new Database(file)
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  const prepared = statements.map((sql) => db.prepare(sql))
  const stepped = statements.map(isStep)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const write = (group: Group): void => {
    begin.run()
    for (const { statement, row } of group) {
      if (stepped[statement]) step()
      prepared[statement]?.run(...row)
    }
    commit.run()
  }
  for (const group of groups.slice(0, from)) write(group)
  const began = performance.now()
  for (let index = from; index < groups.length; index += 1) write(groups[index] as Group)
  const took = performance.now() - began
  db.close()
  return took
}

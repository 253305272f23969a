import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verb } from '#core/api/verbs.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { calledFlow, database, fullFlow, inTrouble, openRelease, releaseTime } from './release.ts'

// Made the committed database of this release: node --import tsx test/chaos/releases/0.2.0/make.ts
rmSync(database, { recursive: true, force: true })
mkdirSync(database, { recursive: true })
writeFileSync(join(database, 'master.key'), `${'5b'.repeat(32)}\n`)
const by = {
  tenant: 'default',
  actor: { id: 'ada', kind: 'user' as const },
  reason: 'second release',
}
const clock = simulatedClock(releaseTime)
const engine = await openRelease(database, inTrouble, clock)
const publish = (document: { readonly id: string }) => {
  engine.flows.save({ ...by, document })
  engine.flows.publish({ ...by, id: document.id })
}
publish(calledFlow)
publish(fullFlow('Full'))

const runs = new Map<string, string>()
const well = { reserve: 3, check: 4, end: 0, items: [3, 4, 5] }
const start = async (caseKey: string, number: number, input: Partial<typeof well> = {}) => {
  const { id } = await engine.startRun({
    ...by,
    flow: 'full',
    caseKey,
    input: { ...well, number, ...input },
  })
  await engine.idle()
  runs.set(caseKey, id)
}
const operate = async (caseKey: string, verb: Verb) => {
  await engine.operate({ ...by, run: runs.get(caseKey) ?? '', verb })
  await engine.idle()
}
/** Everything that the run waits for in its fork. */
const answer = async (caseKey: string, number: number) => {
  await engine.sendMessage({ ...by, name: 'loan.signed', key: number, value: 'yes' })
  const run = runs.get(caseKey) ?? ''
  for (const task of engine.listTasks('default', { status: 'open', run }).items)
    await engine.completeTask({ ...by, task: task.id, outcome: 'ok', value: {} })
  await operate(caseKey, { do: 'complete', at: 'wait', port: 'out', value: { at: releaseTime } })
}

// A message that comes before its run.
await engine.sendMessage({ ...by, name: 'loan.signed', key: 100, value: 'early' })
await start('ENDED', 100)
await answer('ENDED', 100)
await start('CAUGHT', 101, { check: 1 })
await answer('CAUGHT', 101)
await start('FAILED', 102, { end: 1 })
await answer('FAILED', 102)
await start('CANCELLED', 103)
await operate('CANCELLED', { do: 'cancel' })

await start('INCIDENT', 110, { reserve: 1 })
await start('RETRYING', 111, { reserve: 2 })
await start('LIST', 112, { items: [3, 1, 5, 2] })
await start('SUSPENDED', 113)
await operate('SUSPENDED', { do: 'suspend' })
await start('REWOUND', 114)
await operate('REWOUND', { do: 'rewind', node: 'reserve', values: { input: { ...well, number: 114, reserve: 5 } } }) // prettier-ignore
await start('MIGRATED', 115)
publish(fullFlow('Full, again'))
await operate('MIGRATED', { do: 'migrate', version: 2, nodes: {} })
await start('WAITING', 116)
// Nobody waits for this one, and nobody applies that.
await engine.sendMessage({ ...by, name: 'loan.signed', key: 999, value: 'kept' })
await engine.previewBulk({ ...by, query: { flow: 'full' }, verb: { do: 'suspend' } })
await engine.close()

const db = new Database(join(database, 'metis.db'))
db.pragma('journal_mode = DELETE')
db.exec('VACUUM')
db.close()

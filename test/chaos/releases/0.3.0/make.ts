import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verb } from '#core/api/verbs.ts'
import type { Json } from '#core/json.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { calendar, database, decision, flows, openRelease, releaseTime, woven } from './release.ts'

// Made the committed database of this release: node --import tsx test/chaos/releases/0.3.0/make.ts
rmSync(database, { recursive: true, force: true })
mkdirSync(database, { recursive: true })
writeFileSync(join(database, 'master.key'), `${'3c'.repeat(32)}\n`)
const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' as const }, reason: 'third release' } // prettier-ignore
const clock = simulatedClock(releaseTime)
const engine = await openRelease(database, clock)
engine.calendars.put({ ...by, calendar })
engine.decisions.save({ ...by, document: decision })
engine.decisions.publish({ ...by, id: 'policy' })
const publish = (document: { readonly id: string }) => {
  engine.flows.save({ ...by, document })
  engine.flows.publish({ ...by, id: document.id })
}
for (const flow of flows) publish(flow)

const runs = new Map<string, string>()
const start = async (flow: string, caseKey: string, input: Json = {}) => {
  const { id } = await engine.startRun({ ...by, flow, caseKey, input })
  await engine.idle()
  runs.set(caseKey, id)
}
const operate = async (caseKey: string, verb: Verb) => {
  await engine.operate({ ...by, run: runs.get(caseKey) ?? '', verb })
  await engine.idle()
}
const answer = async (under: string) => {
  for (const { id, run } of engine.listTasks('default', { status: 'open', limit: 500 }).items)
    if (run.startsWith(under)) {
      await engine.completeTask({ ...by, task: id, outcome: 'ok', value: {} })
      await engine.idle()
      return
    }
}

await start('rounds', 'ANEW', { n: 1 })
await answer(runs.get('ANEW') ?? '')
await start('rounds', 'ANEW_ENDED', { n: 3 })
await answer(runs.get('ANEW_ENDED') ?? '')

await start('woven', 'WOVEN')
await start('woven', 'WOVEN_BACK')
await operate('WOVEN_BACK', { do: 'rewind', node: 'b', values: {} })
await start('woven', 'TAKEN_BACK')
publish(woven('Woven, again'))
await operate('TAKEN_BACK', { do: 'migrate', version: 2, nodes: {} })
await operate('TAKEN_BACK', { do: 'unmigrate' })
await start('woven', 'SKIPPED')
await operate('SKIPPED', { do: 'skip', at: 'd', port: 'ok', value: {} })

await start('hours', 'HOURS')
// The first is through, the second inside, the third waits.
await start('turns', 'TURN_OVER', { borrower: 'B-7' })
await start('turns', 'TURN', { borrower: 'B-7' })
await start('turns', 'TURN_NEXT', { borrower: 'B-7' })
await answer(runs.get('TURN_OVER') ?? '')

await engine.sendMessage({ ...by, name: 'lender', key: 'GROWS', value: 'early' })
await start('grows', 'GROWS', { items: ['first'], key: 'GROWS' })
await engine.sendMessage({ ...by, name: 'lender', key: 'GROWS', value: 'late' })
await engine.idle()
await answer(runs.get('GROWS') ?? '')

await start('full', 'FULL', { reserve: 3, check: 4, end: 0, items: [3, 4], number: 7 })
await start('decides', 'DECLINED', { score: 600 })
await start('decides', 'REMINDED', { score: 700 })
await start('decides', 'HELD', { score: 700 })
await start('decides', 'ERASED', { score: 700 })
await operate('ERASED', { do: 'cancel' })
await engine.eraseCase({ ...by, of: { caseKey: 'ERASED' }, confirm: 'ERASED', reason: 'asked' })
clock.advance(36 * 3_600_000)
await engine.idle()
const { id } = await engine.previewBulk({ ...by, query: { search: runs.get('HELD') ?? '' }, verb: { do: 'suspend' } }) // prettier-ignore
await engine.applyBulk({ ...by, id })
while (engine.getBulk('default', id).status === 'running') await new Promise(setImmediate)
await engine.setSuspension({ ...by, kind: 'flow', name: 'grows', suspended: true })
await engine.close()

const db = new Database(join(database, 'metis.db'))
db.pragma('journal_mode = DELETE')
db.exec('VACUUM')
db.close()

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { inTrouble, openVersion1, version1, version1Flow, version1Time } from './release.ts'

// Made the committed database of the first release: node --import tsx test/chaos/releases/0.1.0/make.ts
rmSync(version1, { recursive: true, force: true })
mkdirSync(version1, { recursive: true })
writeFileSync(join(version1, 'master.key'), `${'5a'.repeat(32)}\n`)
const by = {
  tenant: 'default',
  actor: { id: 'ada', kind: 'user' as const },
  reason: 'first release',
}
const clock = simulatedClock(version1Time)
const engine = await openVersion1(version1, inTrouble, clock)
engine.flows.save({ ...by, document: version1Flow })
engine.flows.publish({ ...by, id: 'first' })
// 0 ends, 1 is an incident, 2 waits for its next attempt, 3 waits for a person and a timer.
for (const n of [0, 1, 2, 3])
  await engine.startRun({
    ...by,
    flow: 'first',
    input: { n, note: 'x'.repeat(20_000) },
    caseKey: `CASE-${n}`,
  })
await engine.idle()
const ended = engine.listTasks('default', {}).items.find((task) => task.caseKey === 'CASE-0')
await engine.completeTask({ ...by, task: ended?.id ?? '', outcome: 'ok', value: {} })
const wait = {
  ...by,
  run: ended?.run ?? '',
  step: 'wait:1',
  port: 'out',
  value: { at: version1Time },
}
await engine.completeStep(wait)
await engine.idle()
await engine.close()

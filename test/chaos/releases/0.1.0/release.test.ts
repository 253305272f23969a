import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openVersion1, recovered, version1, version1Time } from './release.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-v1-'))
  cpSync(version1, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const by = { tenant: 'default', actor: { id: 'bob', kind: 'user' as const } }
const day = 86_400_000

it('the committed database has the format of the first release', () => {
  const db = new Database(join(folder, 'metis.db'), { readonly: true })
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  db.close()
})

it('[R71] the database of the first release opens, verifies, replays, and all its runs finish', async () => {
  const clock = simulatedClock(version1Time)
  const engine = await openVersion1(folder, recovered, clock)
  expect(engine.verify('default').ok).toBe(true)
  const runs = engine.listRuns('default', {}).items
  const byCase = new Map(runs.map((run) => [run.caseKey, run]))
  const state = (key: string) => byCase.get(key)?.status
  expect(['CASE-0', 'CASE-1', 'CASE-2', 'CASE-3'].map(state)).toEqual([
    'completed',
    'incident',
    'running',
    'waiting',
  ])
  for (const { id } of runs) {
    expect(engine.replay('default', id)).toMatchObject({ same: true })
    expect(engine.getRun('default', id).input).toMatchObject({ note: 'x'.repeat(20_000) })
  }

  await engine.retryStep({ ...by, run: byCase.get('CASE-1')?.id ?? '', step: 'ask:1' })
  await engine.idle()
  clock.advance(day)
  await engine.idle()
  for (const task of engine.listTasks('default', { status: 'open' }).items)
    await engine.completeTask({ ...by, task: task.id, outcome: 'ok', value: {} })
  clock.advance(50 * day)
  await engine.idle()

  for (const [key, { id }] of byCase)
    expect(engine.getRun('default', id)).toMatchObject({
      status: 'completed',
      output: Number(key?.slice(-1)) * 10,
    })
  expect(engine.verify('default').ok).toBe(true)
  await engine.close()
})

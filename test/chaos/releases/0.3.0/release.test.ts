import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { MetisError } from '#core/errors.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { builtInNodes } from '#nodes/index.ts'
import { database, flows, openRelease, releaseTime } from './release.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-v3-'))
  cpSync(database, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const by = { tenant: 'default', actor: { id: 'bob', kind: 'user' as const } }
const hour = 3_600_000

it('[R681] the database of this release opens, verifies, replays in every run, and all its runs finish', async () => {
  const archive = await openArchive(join(folder, 'metis.db'))
  const all = archive.runs().map(({ id }) => id)
  archive.close()
  const clock = simulatedClock(releaseTime + 36 * hour)
  const engine = await openRelease(folder, clock)
  await engine.idle()
  const runs = () => engine.listRuns('default', { limit: 500 }).items
  const statuses = () =>
    Object.fromEntries(
      runs().map(({ caseKey, flow, status, version, previous }) => [
        `${caseKey ?? flow}${previous ? ' anew' : ''}`,
        `${status} ${version}`,
      ]),
    )
  const replayed = () => {
    expect(engine.verify('default')).toMatchObject({ ok: true })
    for (const { id } of runs().filter(({ erased }) => !erased))
      expect(engine.replay('default', id)).toMatchObject({ same: true })
  }
  expect(all.length).toBeGreaterThan(runs().length)
  replayed()
  for (const id of all.filter((each) => each.includes(':')))
    expect(engine.replay('default', id)).toMatchObject({ same: true })
  expect(statuses()).toEqual({
    ANEW: 'continued 1',
    'ANEW anew': 'waiting 1',
    ANEW_ENDED: 'completed 1',
    DECLINED: 'failed 1',
    FULL: 'waiting 1',
    GROWS: 'suspended 1',
    HELD: 'suspended 1',
    HOURS: 'waiting 1',
    REMINDED: 'waiting 1',
    SKIPPED: 'completed 2',
    TAKEN_BACK: 'waiting 1',
    TURN: 'waiting 1',
    TURN_NEXT: 'waiting 1',
    TURN_OVER: 'completed 1',
    WOVEN: 'waiting 1',
    WOVEN_BACK: 'waiting 1',
    // Erased: its case key is gone.
    decides: 'cancelled 1',
  })

  await engine.sendMessage({ ...by, name: 'loan.signed', key: 7, value: 'yes' })
  await engine.setSuspension({ ...by, kind: 'flow', name: 'grows', suspended: false })
  for (const { id, status } of runs())
    if (status === 'suspended') await engine.operate({ ...by, run: id, verb: { do: 'resume' } })
  for (let round = 0; round < 10; round += 1) {
    await engine.idle()
    const open = engine.listTasks('default', { status: 'open', limit: 500 }).items
    const answers = open
      .filter(({ flow }) => flow !== 'decides')
      .map(({ id }) => engine.completeTask({ ...by, task: id, outcome: 'ok', value: {} }))
    const refused = (await Promise.allSettled(answers)).filter(
      ({ status }) => status !== 'fulfilled',
    )
    // Enough had come before it.
    expect(refused.map((each) => 'reason' in each && (each.reason as MetisError).code)).toEqual(
      refused.map(() => 'TASK_CLOSED'),
    )
  }
  for (let days = 0; days < 50; days += 1) {
    clock.advance(24 * hour)
    await engine.idle()
  }
  expect(runs().filter(({ endedAt }) => endedAt === null)).toEqual([])
  expect(new Set(runs().map(({ status }) => status))).toEqual(
    new Set(['cancelled', 'completed', 'continued', 'failed']),
  )
  const reminded = runs().find(({ caseKey }) => caseKey === 'REMINDED')
  expect(engine.getRun('default', reminded?.id ?? '')).toMatchObject({ output: 'late' })
  replayed()
  await engine.close()
})

it('[R681] the newest of these databases holds a run of every node type that steers a run', () => {
  const held = new Set(flows.flatMap(({ nodes }) => nodes.map(({ type }) => type)))
  const steer = builtInNodes
    .map(({ type }) => type)
    .filter((type) => type.startsWith('flow.') || type.startsWith('human.'))
  // One that is missing here needs a database of its own: see make.ts.
  expect(steer.filter((type) => !held.has(type))).toEqual([])
})

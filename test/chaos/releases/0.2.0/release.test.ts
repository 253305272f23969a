import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { database, openRelease, recovered, releaseTime } from './release.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-v2-'))
  cpSync(database, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const by = { tenant: 'default', actor: { id: 'bob', kind: 'user' as const } }
const day = 86_400_000

it('[R370] the database of this release opens, verifies, replays in every run, and all its runs finish', async () => {
  const archive = await openArchive(join(folder, 'metis.db'))
  const all = archive.runs().map(({ id }) => id)
  archive.close()
  const clock = simulatedClock(releaseTime)
  const engine = await openRelease(folder, recovered, clock)
  const runs = engine.listRuns('default', { flow: 'full' }).items
  const byCase = new Map(runs.map(({ caseKey, id }) => [caseKey ?? '', id]))
  const run = (key: string) => engine.getRun('default', byCase.get(key) ?? '')
  const statuses = () =>
    Object.fromEntries([...byCase.keys()].sort().map((key) => [key, run(key).status]))
  expect(engine.verify('default').ok).toBe(true)
  for (const id of all) expect(engine.replay('default', id)).toMatchObject({ same: true })
  // Items of lists and calls are runs of their own.
  expect(all.length).toBeGreaterThan(runs.length * 2)
  expect(statuses()).toEqual({
    CANCELLED: 'cancelled',
    CAUGHT: 'completed',
    ENDED: 'completed',
    FAILED: 'failed',
    INCIDENT: 'incident',
    LIST: 'incident',
    MIGRATED: 'waiting',
    RETRYING: 'running',
    REWOUND: 'waiting',
    SUSPENDED: 'suspended',
    WAITING: 'waiting',
  })

  const operate = (key: string, verb: Parameters<typeof engine.operate>[0]['verb']) =>
    engine.operate({ ...by, run: byCase.get(key) ?? '', verb })
  await operate('INCIDENT', { do: 'retry' })
  const [item] = engine.listRuns('default', {
    parent: byCase.get('LIST') ?? '',
    status: 'incident',
  }).items
  await engine.operate({ ...by, run: item?.id ?? '', verb: { do: 'retry' } })
  await operate('SUSPENDED', { do: 'resume' })
  await engine.idle()
  clock.advance(day)
  await engine.idle()
  for (let number = 110; number <= 116; number += 1)
    await engine.sendMessage({ ...by, name: 'loan.signed', key: number, value: 'yes' })
  for (const task of engine.listTasks('default', { status: 'open' }).items)
    await engine.completeTask({ ...by, task: task.id, outcome: 'ok', value: {} })
  clock.advance(50 * day)
  await engine.idle()

  expect(new Set(Object.values(statuses()))).toEqual(new Set(['cancelled', 'completed', 'failed']))
  for (const key of ['INCIDENT', 'RETRYING', 'SUSPENDED', 'REWOUND', 'MIGRATED', 'WAITING'])
    expect(run(key)).toMatchObject({
      status: 'completed',
      output: [[30, 40, 50], expect.any(Number), 40],
    })
  expect(run('LIST')).toMatchObject({ output: [[30, 10, 50, 20], 30, 40] })
  expect(engine.verify('default').ok).toBe(true)
  for (const { id } of runs) expect(engine.replay('default', id)).toMatchObject({ same: true })
  await engine.close()
})

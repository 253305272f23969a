import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import { settledBulk, type Scene } from './verb-scenes.ts'

const onDisk = (file: string): Buffer =>
  Buffer.concat([file, `${file}-wal`].filter(existsSync).map((path) => readFileSync(path)))

/**
 * What must hold after the next start of an engine that was killed in the middle of the scene: it is done or not, as the
 * history tells, and done where it was acknowledged.
 */
export async function checkScene(
  engine: RunningEngine,
  given: {
    readonly scene: Scene
    readonly ids: readonly string[]
    readonly file: string
    /** Of the first case, as it was before. */
    readonly key: Buffer
    readonly acknowledged: boolean
    readonly killed: string
  },
): Promise<void> {
  const { scene, ids, file, key, acknowledged, killed } = given
  await engine.idle()
  await settledBulk(engine)
  const { now, told: history } = scene.done(engine, ids)
  const all = scene.all(ids.length)
  expect(history, killed).toBe(now)
  expect(acknowledged ? [all] : [0, all], killed).toContain(now)
  const erased = ids.filter((run) => engine.getRun('default', run).erased)
  expect(onDisk(file).includes(key), killed).toBe(erased.length === 0)
  for (const run of ids.filter((each) => !erased.includes(each)))
    expect(engine.replay('default', run).same).toBe(true)
  expect(engine.verify('default')).toMatchObject({ ok: true })
}

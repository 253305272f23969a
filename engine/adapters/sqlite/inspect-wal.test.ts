import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from './open-store.ts'

it('[R333] a log damaged before acknowledged commits is refused at the start; a torn last commit is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'metis-wal-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'metis.db')
  const store = openStore(file)
  for (let n = 0; n < 20; n += 1)
    store.transaction(() => store.marks.put(`mark-${n}`, Buffer.alloc(100, n)))
  const length = statSync(`${file}-wal`).size
  /** As left by a killed process, with one byte of the log flipped. */
  const flipped = (offset: number | null): string => {
    const copy = join(folder, 'copy.db')
    rmSync(`${copy}-shm`, { force: true })
    copyFileSync(file, copy)
    const log = readFileSync(`${file}-wal`)
    if (offset !== null) log[offset] = (log[offset] ?? 0) ^ 1
    writeFileSync(`${copy}-wal`, log)
    return copy
  }
  const reopened = (offset: number | null) => {
    const again = openStore(flipped(offset))
    const newest = again.marks.get('mark-19')
    again.close()
    return newest?.[0]
  }
  expect(reopened(null)).toBe(19)
  expect(reopened(length - 10)).toBeUndefined()
  for (const part of [0.1, 0.3, 0.5, 0.7])
    expect(() => openStore(flipped(Math.floor(length * part)))).toThrow('write-ahead log')
  store.close()
})

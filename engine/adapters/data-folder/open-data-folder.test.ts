import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDataFolder } from '#engine/adapters/data-folder/open-data-folder.ts'

it('[R86] belongs to one at a time, and to the next when the first lets go', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'metis-data-')), 'new', 'data')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const first = openDataFolder(folder)
  expect(() => openDataFolder(folder)).toThrow(expect.objectContaining({ code: 'DATA_IN_USE' }))
  first.close()
  openDataFolder(folder).close()
})

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..')
const scripts = ['bench', 'chaos', 'conformance']
const call = (folder: string, name: string, ...args: string[]) => {
  const path = join(folder, 'test', name, 'run.js')
  const env = { PATH: join(folder, 'nowhere') }
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

it.each(scripts)('[R674] %s tells how it is called, asked or called wrongly', (name) => {
  const told = call(root, name, '--help')
  expect([told.status, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toContain(`npm run ${name}`)
  for (const args of [['--nonsense'], ['nonsense']]) {
    const wrong = call(root, name, ...args)
    expect([wrong.status, wrong.stdout]).toEqual([2, ''])
    expect(wrong.stderr).toContain('nonsense')
    expect(wrong.stderr).toContain(`npm run ${name}`)
    expect(wrong.stderr).not.toMatch(/^ +at .*:\d+:\d+/m)
  }
})

it.each(scripts)(
  '[R674] %s in a fresh checkout installs first, and says where it cannot',
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'metis-fresh-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const path of ['engine/cli/setup.js', 'test/script.js', `test/${name}/run.js`])
      cpSync(join(root, path), join(folder, path))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'package-lock.json'), '{}')
    const { status, stdout, stderr } = call(folder, name, ...(name === 'bench' ? ['engine'] : []))
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Installing packages')
    expect(stderr).toContain('npm ci failed')
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+/m)
  },
)

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const planted = mkdtempSync(join(tmpdir(), 'metis-borders-'))
copyFileSync(join(root, '.oxlintrc.json'), join(planted, '.oxlintrc.json'))
afterAll(() => rmSync(planted, { recursive: true, force: true }))

/** The rules that the linter reports for one file of the project's layout. */
function lint(file: string, source: string): string[] {
  const path = join(planted, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, source)
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', file],
    { cwd: planted, encoding: 'utf8' },
  )
  const report = JSON.parse(stdout) as { diagnostics: { code: string }[] }
  return report.diagnostics.map((diagnostic) => diagnostic.code)
}

const violations: readonly (readonly [string, string])[] = [
  ['engine/core/graph/a.ts', "import { x } from '#engine/run/engine.ts'\nexport const y = x\n"],
  ['engine/core/graph/b.ts', "import { x } from '#nodes/index.ts'\nexport const y = x\n"],
  ['engine/core/logic/c.ts', "import { x } from 'node:fs'\nexport const y = x\n"],
  ['engine/core/logic/d.ts', "import { x } from '../../run/engine.ts'\nexport const y = x\n"],
  ['models/onnx/e.ts', "import { x } from '#engine/run/engine.ts'\nexport const y = x\n"],
  [
    'nodes/bureau/pull/f.ts',
    "import { x } from '#engine/adapters/http/http.ts'\nexport const y = x\n",
  ],
  ['designer/canvas/g.tsx', "import { x } from '#engine/run/engine.ts'\nexport const y = x\n"],
  ['designer/canvas/h.tsx', "import { x } from '../../engine/core/json.ts'\nexport const y = x\n"],
  ['engine/run/i.ts', "import { x } from '../core/json.ts'\nexport const y = x\n"],
  ['engine/server/j.ts', "import { x } from '../../designer/main.tsx'\nexport const y = x\n"],
]

describe('import borders', () => {
  it.each(violations)('[R172] a violation in %s is flagged', (file, source) => {
    expect(lint(file, source)).toContain('eslint(no-restricted-imports)')
  })

  it('an import along the arrows passes', () => {
    const source = "import { x } from '#core/json.ts'\nexport const y = x\n"
    for (const file of ['nodes/a/b/node.ts', 'models/a.ts', 'designer/a.ts', 'engine/run/a.ts'])
      expect(lint(file, source)).toEqual([])
  })
})

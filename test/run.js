// `npm test`: installs what is missing, runs everything, says what ran. Plain JavaScript: it runs before the install.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkNode, ensureBuilt, ensureInstalled, root } from '../engine/cli/setup.js'

const only = process.argv.slice(2)
const results = []
const reports = mkdtempSync(join(tmpdir(), 'metis-test-'))
const bin = (name, file) => join(root, 'node_modules', name, file)
const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1)

/** Runs a command; its output appears as a block when it ends. */
const command = (...args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => resolve({ ok: code === 0, output }))
  })

async function part(name, run) {
  if (only.length && !only.includes(name)) return
  const from = performance.now()
  let result
  try {
    result = await run()
  } catch (error) {
    result = { ok: false, output: error.stack }
  }
  results.push({ name, took: seconds(from), ...result })
  process.stdout.write(`\n── ${name}: ${result.ok ? 'passed' : 'FAILED'} (${seconds(from)} s)\n`)
  if (result.output && (!result.ok || result.show))
    process.stdout.write(`${result.output.trimEnd()}\n`)
}

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const findChromium = () =>
  [process.env.CHROMIUM, ...chromiumPaths].find((path) => path && existsSync(path))

/** Debian's Chromium through apt where that is possible, otherwise what to install. */
function ensureChromium() {
  if (!findChromium() && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt('update', '-qq')
    const { stderr } = apt('install', '-y', '-qq', 'chromium', 'fonts-dejavu')
    if (!findChromium()) return { ok: false, output: stderr }
  }
  if (!findChromium())
    return {
      ok: false,
      output: 'No Chromium. Install it (Debian: apt install chromium) or name it in CHROMIUM.',
    }
  process.env.CHROMIUM = findChromium()
  return { ok: true }
}

async function vitest(project) {
  const file = join(reports, `${project}.json`)
  const { ok, output } = await command(
    bin('vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  )
  if (!existsSync(file)) return { ok: false, output }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const tests = report.testResults.flatMap((result) => result.assertionResults)
  const skipped = tests.filter(
    (test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo',
  )
  return {
    ok: ok && report.numPassedTests > 0,
    output,
    tests: { passed: report.numPassedTests, failed: report.numFailedTests },
    skipped: skipped.map((test) => test.fullName),
    failures: report.testResults.flatMap(({ name, message, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed')
      const file = relative(root, name)
      if (status === 'failed' && !failed.length) return [`${file}\n    ${message}`]
      return failed.map((test) => `${file}: ${test.fullName}\n    ${excerpt(test.failureMessages)}`)
    }),
  }
}

/** The first lines of what a failed test said. */
const excerpt = (messages) => messages.join('\n').split('\n').slice(0, 30).join('\n    ')

const initialLimit = 350 * 1024

/** The gzipped JavaScript that the first page needs: the entry and its static imports. */
function bundleSize() {
  const folder = join(root, 'dist', 'designer')
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'))
  const needed = new Set()
  const visit = (key) => {
    if (needed.has(key)) return
    needed.add(key)
    manifest[key].imports?.forEach(visit)
  }
  Object.keys(manifest)
    .filter((key) => manifest[key].isEntry)
    .forEach(visit)
  const size = [...needed].reduce(
    (sum, key) => sum + gzipSync(readFileSync(join(folder, manifest[key].file))).length,
    0,
  )
  const output = `initial JavaScript ${(size / 1024).toFixed(0)} kB gzipped, limit ${initialLimit / 1024} kB`
  return { ok: size > 0 && size <= initialLimit, output, show: true }
}

checkNode()
const begun = performance.now()
await part('install', () => {
  ensureInstalled()
  return { ok: true }
})
await part('chromium', ensureChromium)
await Promise.all([
  part('format', () => command(bin('prettier', 'bin/prettier.cjs'), '--check', '.')),
  part('lint', () => command(bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings')),
  part('types', () => command(bin('typescript', 'bin/tsc'), '-p', '.')),
  part('dead code', () => command(bin('knip', 'bin/knip.js'))),
])
await part('build', () => {
  ensureBuilt()
  return { ok: true }
})
await part('size', bundleSize)
await part('unit', () => vitest('unit'))
await part('e2e', () => vitest('e2e'))
rmSync(reports, { recursive: true, force: true })

process.stdout.write('\n── what ran\n')
for (const { name, ok, took, tests } of results)
  process.stdout.write(
    `${ok ? 'passed' : 'FAILED'}  ${name.padEnd(10)} ${took.padStart(6)} s${tests ? `  ${tests.passed} tests passed, ${tests.failed} failed` : ''}\n`,
  )
const skipped = results.flatMap((result) => result.skipped ?? [])
process.stdout.write(
  skipped.length
    ? `skipped (the name says why):\n${skipped.map((name) => `  ${name}\n`).join('')}`
    : 'nothing was skipped\n',
)
const failures = results.flatMap((result) => result.failures ?? [])
if (failures.length)
  process.stdout.write(`failed:\n${failures.map((text) => `  ${text}\n`).join('')}`)
process.stdout.write(`in all ${seconds(begun)} s\n\n`)
const failedParts = results.filter((result) => !result.ok).length
const passed = results.reduce((sum, { tests, ok }) => sum + (tests?.passed ?? (ok ? 1 : 0)), 0)
const failed = results.reduce(
  (sum, { tests, ok }) => sum + (tests ? Math.max(tests.failed, ok ? 0 : 1) : ok ? 0 : 1),
  0,
)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`)
process.exit(failedParts ? 1 : 0)

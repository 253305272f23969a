// Plain JavaScript without dependencies: it runs before anything is installed or built.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const inRoot = (...parts) => join(root, ...parts)

const minimum = [20, 19]

/** Ends the process with a sentence that says what to do. */
export function fail(message) {
  process.stderr.write(`metis: ${message}\n`)
  process.exit(1)
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < minimum[0] || (major === minimum[0] && minor < minimum[1]))
    fail(`Node ${process.versions.node} is too old. Install Node ${minimum.join('.')} or newer.`)
}

const hash = (text) => createHash('sha256').update(text).digest('hex')

/** Native modules are compiled for one ABI: another Node needs them anew. */
const installKey = () =>
  hash(`${readFileSync(inRoot('package-lock.json'))}${process.versions.modules}`)
const installStamp = inRoot('node_modules', '.metis-install')

/** As in engine/adapters/sqlite/database.ts: version 13 needs Node 22, and version 12 serves Node 20. */
const sqlitePackage =
  Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-13' : 'better-sqlite3'

function nativeModuleLoads() {
  try {
    const Database = createRequire(inRoot('package.json'))(sqlitePackage)
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

/** The major version of the Node headers below a prefix: with them node-gyp need not download any. */
function headerVersion(prefix) {
  const header = join(prefix, 'include', 'node', 'node_version.h')
  if (!existsSync(header)) return undefined
  return /#define NODE_MAJOR_VERSION (\d+)/.exec(readFileSync(header, 'utf8'))?.[1]
}

/** The environment in which npm installs with nothing but the npm registry. */
function installEnvironment() {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  const prefixes = [join(process.execPath, '../..'), '/usr']
  const matching = prefixes.find(
    (prefix) => headerVersion(prefix) === process.versions.node.split('.')[0],
  )
  if (matching) env.npm_config_nodedir = matching
  return env
}

function npm(args) {
  // Progress belongs on stderr: stdout may be a command's answer.
  const { status } = spawnSync('npm', args, {
    cwd: root,
    env: installEnvironment(),
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: process.platform === 'win32',
  })
  return status === 0
}

/** Installs the locked packages where they are missing, outdated, or built for another Node. */
export function ensureInstalled() {
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === installKey()) return
  const lock = inRoot('node_modules', '.package-lock.json')
  // Which SQLite is installed depends on the Node that installed it.
  const current =
    existsSync(lock) &&
    existsSync(inRoot('node_modules', sqlitePackage)) &&
    statSync(lock).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs
  if (!current) {
    process.stderr.write(
      'Installing packages (once; a few minutes where SQLite has to be compiled) …\n',
    )
    if (!npm(['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error']))
      fail(
        'npm ci failed. Its message stands above; the npm registry must be reachable for the first start.',
      )
  }
  if (!nativeModuleLoads()) {
    process.stderr.write('Building SQLite for this Node …\n')
    if (!npm(['rebuild', sqlitePackage, '--loglevel=error']) || !nativeModuleLoads())
      fail(
        'better-sqlite3 cannot be loaded. Install a C++ compiler, make and python3, then start again.',
      )
  }
  writeFileSync(installStamp, installKey())
}

function newestChange(paths) {
  let newest = 0
  const visit = (path) => {
    const stat = statSync(path)
    if (!stat.isDirectory()) newest = Math.max(newest, stat.mtimeMs)
    else {
      newest = Math.max(newest, stat.mtimeMs)
      for (const name of readdirSync(path)) visit(join(path, name))
    }
  }
  for (const path of paths) if (existsSync(inRoot(path))) visit(inRoot(path))
  return newest
}

/** What each build is made from; it is made anew when one of these is newer than its stamp. */
const builds = {
  engine: { args: ['build', '--mode', 'engine'], from: ['engine', 'nodes', 'models'] },
  designer: { args: ['build'], from: ['designer', 'engine/core'] },
}
export const buildNames = Object.keys(builds)

/** Runs Vite in this checkout. */
export const viteBin = inRoot('node_modules', 'vite', 'bin', 'vite.js')

export function ensureBuilt(names = buildNames, { force = false } = {}) {
  for (const name of names) {
    const { args, from } = builds[name]
    const stamp = inRoot('dist', `.${name}`)
    const sources = [...from, 'package-lock.json', 'vite.config.ts', 'tsconfig.json']
    const newest = newestChange(sources)
    if (!force && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) === newest) continue
    process.stderr.write(`Building the ${name} …\n`)
    rmSync(stamp, { force: true })
    const { status } = spawnSync(process.execPath, [viteBin, ...args, '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    })
    if (status !== 0) fail(`The ${name} could not be built; the message stands above.`)
    mkdirSync(inRoot('dist'), { recursive: true })
    writeFileSync(stamp, String(newest))
  }
}

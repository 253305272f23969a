import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Progress } from '../measure.ts'

export interface Postgres {
  readonly url: string
  close(): Promise<void>
}

const home = '/usr/lib/postgresql'
const user = 'postgres'
const asRoot = process.getuid?.() === 0

/** The folder of the newest server's programs. */
function installed(): string | undefined {
  const versions = existsSync(home) ? readdirSync(home).map(Number) : []
  return versions
    .toSorted((one, other) => other - one)
    .map((version) => join(home, String(version), 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

function install(progress: Progress): string {
  const found = installed()
  if (found) return found
  if (asRoot && existsSync('/etc/debian_version')) {
    progress('installing PostgreSQL …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, { env, stdio: ['ignore', process.stderr.fd, process.stderr.fd] })
    apt('update', '-qq')
    apt('install', '-y', '-qq', 'postgresql')
  }
  const now = installed()
  if (!now) throw new Error('there is no PostgreSQL. Debian: apt-get install postgresql')
  return now
}

/** PostgreSQL refuses to run as root: there it runs as the user that its package made. */
const account = (): { uid?: number; gid?: number } => {
  if (!asRoot) return {}
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A server of its own, with its data in a temporary folder and its commits synced to disk. */
export async function startPostgres(progress: Progress): Promise<Postgres> {
  const programs = install(progress)
  const owner = account()
  const folder = mkdtempSync(join(tmpdir(), 'metis-postgres-'))
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', user, '-E', 'UTF8'],
    { ...owner, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)))
  })
  return {
    url: `postgresql://${user}@127.0.0.1:${port}/bench`,
    async close() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

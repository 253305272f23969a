import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { main } from '#engine/cli/main.ts'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The command line in this process. */
export async function metis(...argv: string[]): Promise<Ended> {
  const out: string[] = []
  const err: string[] = []
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: { METIS_NODES: '' },
    cwd: '/',
    colour: false,
    interrupted: new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** The command line in a process of its own, beside one that goes on. */
export async function metisProcess(...argv: string[]): Promise<Ended> {
  const script = fileURLToPath(new URL('metis-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...argv])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

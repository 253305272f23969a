import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { problem } from '#core/api/views.ts'
import { UsageError, type Terminal } from '#engine/cli/command.ts'

/** Calls a running server. @throws UsageError where none answers, or what its problem document says */
export type ApiClient = <T>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
) => Promise<T>

export interface ServerOptions {
  readonly url: string | undefined
  readonly data: string | undefined
}

/** The token comes from METIS_TOKEN, or from the data folder of a server on this machine. */
export function apiClient({ url, data }: ServerOptions, { env, cwd }: Terminal): ApiClient {
  const base = url ?? env['METIS_URL'] ?? `http://127.0.0.1:${env['PORT'] ?? '4400'}`
  const file = join(resolve(cwd, data ?? env['METIS_DATA'] ?? 'data'), 'token')
  const token = env['METIS_TOKEN'] ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')
  if (token === '')
    throw new UsageError(`there is no token. Set METIS_TOKEN, or name the server's --data folder.`)
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new UsageError(`no server answers at ${base}. Start it, or name it with --url.`)
    })
    const text = await response.text()
    const answer: unknown = text === '' ? null : JSON.parse(text)
    if (response.ok) return answer as T
    const told = problem.safeParse(answer)
    throw new UsageError(told.success ? told.data.detail : `the server answered ${response.status}`)
  }
}

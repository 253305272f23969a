import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { problem, type Page } from '#core/api/views.ts'
import { RefusedError, UsageError, type Terminal } from '#engine/cli/command.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'

/** Calls a running server. @throws RefusedError where none answers, or what its problem document says */
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
export function apiClient({ url, data }: ServerOptions, terminal: Terminal): ApiClient {
  const { env, cwd, interrupted } = terminal
  const base = url ?? env['METIS_URL'] ?? `http://127.0.0.1:${env['PORT'] ?? '4400'}`
  if (!/^https?:/.test(base) || !URL.canParse(base))
    throw new UsageError(`"${base}" is no address: write it like http://127.0.0.1:4400`)
  const file = join(resolve(cwd, data ?? env['METIS_DATA'] ?? 'data'), 'token')
  const token = env['METIS_TOKEN'] ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')
  if (token === '')
    throw new UsageError(
      `there is no token at ${file}. Set METIS_TOKEN, or name the server's --data folder.`,
    )
  const from = env['METIS_TOKEN'] === undefined ? `from ${file}` : 'in METIS_TOKEN'

  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${base.replace(/\/+$/, '')}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: interrupted,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new RefusedError(
        interrupted.aborted
          ? stopped(method)
          : `no server answers at ${base} (${causeOf(error)}). Start it, or name it with --url.`,
      )
    })
    const text = await response.text().catch(() => {
      throw new RefusedError(
        interrupted.aborted
          ? stopped(method)
          : `the connection to ${base} broke before the answer had come. ${unsure(method)}`,
      )
    })
    const answer = jsonIn(text)
    if (response.ok && answer.ok) return answer.value as T
    if (response.status === 401)
      throw new RefusedError(
        `the server at ${base} does not take the token ${from}. Set METIS_TOKEN to its token, or name its own data folder with --data.`,
      )
    const told = problem.safeParse(answer.value)
    if (!told.success)
      throw new RefusedError(
        `what answers at ${base} is no metis server, or another release: ${response.status}, ${response.headers.get('content-type') ?? 'no type'}. Name the server with --url.`,
      )
    const { detail, findings = [] } = told.data
    throw new RefusedError([detail, ...findings.map(formatFinding)].join('\n  '))
  }
}

/** Every page of a list, one after another; `limit` items at most. */
export async function* pagesOf<T>(
  api: ApiClient,
  path: string,
  limit = Infinity,
): AsyncGenerator<Page<T>, void> {
  let left = limit
  for (let cursor: string | null = ''; cursor !== null && left > 0;) {
    const query = new URLSearchParams({
      limit: String(Math.min(500, left)),
      ...(cursor === '' ? {} : { cursor }),
    })
    const page: Page<T> = await api(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`,
    )
    yield page
    left -= page.items.length
    cursor = page.next
  }
}

const stopped = (method: string): string => `interrupted. ${unsure(method)}`
/** A command whose answer did not come may have been done. */
const unsure = (method: string): string =>
  method === 'GET' ? 'Try again.' : 'It may have been done: look with metis ops show or list.'

/** What the system said, as far as it has a code: ECONNREFUSED, ENOTFOUND. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error)
}

function jsonIn(text: string): { ok: boolean; value: unknown } {
  try {
    return { ok: true, value: text === '' ? null : (JSON.parse(text) as unknown) }
  } catch {
    return { ok: false, value: undefined }
  }
}

import type { Problem } from '#core/api/views.ts'

/** What the server answered instead of success: its problem document as an error. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }
  get code(): string {
    return this.problem.code
  }
  get status(): number {
    return this.problem.status
  }
}

const unauthorized = new Set<() => void>()
/** Calls `listener` whenever the server no longer knows this session; returns how to stop. */
export const onUnauthorized = (listener: () => void): (() => void) => {
  unauthorized.add(listener)
  return () => unauthorized.delete(listener)
}

export interface RequestOptions {
  readonly body?: unknown
  /** Bytes instead of JSON. */
  readonly bytes?: Blob
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly signal?: AbortSignal
}

const withQuery = (path: string, query: RequestOptions['query'] = {}): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`
}

async function problemOf(response: Response): Promise<Problem> {
  const plain: Problem = {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: 'HTTP',
    detail: response.statusText || `The server answered ${response.status}.`,
  }
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) return plain
  return { ...plain, ...((await response.json()) as Partial<Problem>) }
}

/** @throws ApiError; status 0 and code UNREACHABLE where no server answers */
export async function request<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  const body = options.bytes ?? (options.body === undefined ? null : JSON.stringify(options.body))
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== null) init.body = body
  if (options.signal !== undefined) init.signal = options.signal
  const response = await fetch(withQuery(path, options.query), init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({
      type: 'about:blank',
      title: 'Unreachable',
      status: 0,
      code: 'UNREACHABLE',
      detail: 'The server does not answer. Check that it runs, then try again.',
    })
  })
  if (!response.ok) {
    const found = await problemOf(response)
    if (response.status === 401) for (const listener of unauthorized) listener()
    throw new ApiError(found)
  }
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** The first page's items of a list that is short by nature. */
export const requestList = async <T>(path: string): Promise<T[]> =>
  (await request<{ items: T[] }>('GET', path)).items

import type { IncomingHttpHeaders } from 'node:http'
import { RequestError } from '#engine/server/request-error.ts'

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/** Whether the page that sent this is ours. Without an Origin, only what a browser says of itself counts. */
export function fromOwnPage(headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined)
    return headers.host !== undefined && hostOf(headers.origin) === headers.host
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** A cookie travels unasked: what changes anything must say that it comes from our own page. */
export function checkOrigin(method: string, headers: IncomingHttpHeaders): void {
  const changes = method !== 'GET' && method !== 'HEAD'
  const declared = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
  if (!fromOwnPage(headers) || (changes && !declared))
    throw new RequestError('ORIGIN_FORBIDDEN', 403)
}

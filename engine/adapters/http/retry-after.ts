import type { HttpResponse } from '#core/node/services.ts'

const longest = 24 * 60 * 60 * 1000

/** The `Retry-After` header as ms from now: seconds or a date (RFC 9110 §10.2.3); at most a day. */
export function retryAfter(
  response: HttpResponse,
  { now }: { now: () => number },
): { after?: number } {
  const value = response.headers['retry-after']
  if (value === undefined) return {}
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now()
  return Number.isNaN(ms) ? {} : { after: Math.min(longest, Math.max(0, ms)) }
}

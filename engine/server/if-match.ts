import { RequestError } from '#engine/server/request-error.ts'

/** `If-Match: "3"`, weak or bare; undefined where it is absent or `*`. */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined
  const digits = /^(?:W\/)?"?(\d+)"?$/.exec(header.trim())?.[1]
  if (digits === undefined) throw new RequestError('IF_MATCH_INVALID', 400)
  return Number(digits)
}

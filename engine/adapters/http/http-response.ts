import { RetryableError, TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import { jsonFlaw } from '#core/json-flaw.ts'
import { sentence } from '#core/messages/catalogue.ts'
import type { HttpResponse } from '#core/node/services.ts'

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

export function httpResponse(raw: {
  status: number
  headers: RawHeaders
  text: string
  label: string
}): HttpResponse {
  const headers = Object.fromEntries(
    Object.entries(raw.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
  return {
    status: raw.status,
    headers,
    text: raw.text,
    json: () => {
      const { label: target } = raw
      const value = parse(raw.text)
      if (value === undefined) {
        const contentType = headers['content-type'] ?? 'an answer without a type'
        throw new RetryableError('HTTP_NOT_JSON', { target, contentType })
      }
      const flaw = jsonFlaw(value)
      if (flaw)
        throw new TerminalError('HTTP_JSON_REFUSED', {
          target,
          detail: sentence(flaw.code, flaw.params),
        })
      return value
    },
  }
}

/** Undefined where the text is no JSON. */
function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** @throws TerminalError HTTP_TOO_LARGE, without reading on */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  { label, limit }: { label: string; limit: number },
): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit)
      throw new TerminalError('HTTP_TOO_LARGE', {
        target: label,
        limit: Math.round((limit / 2 ** 20) * 10) / 10,
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

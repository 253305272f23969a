import type { IncomingMessage } from 'node:http'
import { jsonFlaw } from '#core/json-flaw.ts'
import { RequestError } from '#engine/server/request-error.ts'

const jsonLimit = 2 * 1024 * 1024

const tooLarge = (limit: number) =>
  new RequestError('BODY_TOO_LARGE', 413, { params: { limit: `${limit / 1024 / 1024} MB` } })

/** The whole body; refuses at once where its length is announced beyond the limit, else when it grows beyond. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new RequestError('BODY_ENCODED', 415)
  const chunks: Buffer[] = []
  let size = 0
  // Not `for await`: leaving that loop destroys the socket before the answer is sent.
  await new Promise<void>((resolve, reject) => {
    const stop = (settle: () => void) => {
      request.off('data', collect).off('end', end).off('error', fail).off('close', gone)
      settle()
    }
    const collect = (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) stop(() => reject(tooLarge(limit)))
      else chunks.push(chunk)
    }
    const end = () => stop(resolve)
    const fail = (error: Error) => stop(() => reject(error))
    const gone = () => stop(() => reject(new RequestError('BODY_CUT', 400)))
    request.on('data', collect).on('end', end).on('error', fail).on('close', gone)
  })
  return Buffer.concat(chunks)
}

/** The JSON body; undefined where there is none. */
export async function readJson(request: IncomingMessage, limit = jsonLimit): Promise<unknown> {
  const bytes = await readBody(request, limit)
  if (bytes.length === 0) return undefined
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? ''))
    throw new RequestError('BODY_NOT_JSON_TYPE', 415)
  const body = parse(bytes.toString('utf8'))
  const flaw = jsonFlaw(body)
  if (flaw) throw new RequestError(flaw.code, 400, { params: flaw.params })
  return body
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestError('BODY_NOT_JSON', 400)
  }
}

/** Lets the rest of a refused body pass by unread, and hangs up on a sender that does not end. */
export function discardBody(request: IncomingMessage, most = 128 * 1024 * 1024): void {
  if (request.complete) return
  let seen = 0
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length
    if (seen > most) request.destroy()
  })
  request.resume()
}

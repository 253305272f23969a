import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isObject } from '#core/json.ts'

export interface JsonServer {
  readonly origin: string
  close(): Promise<void>
}

export interface Reply {
  readonly status: number
  readonly body: unknown
  /** @default application/json */
  readonly type?: string
}
/** Breaks the connection instead of answering. */
export const drop = Symbol('drop')

const maxBytes = 1_000_000

/** A server on a free loopback port that takes one kind of JSON message by POST. */
export async function startJsonServer(
  path: string,
  answer: (body: Record<string, unknown>, key: string | null) => Promise<Reply | typeof drop>,
): Promise<JsonServer> {
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== path)
      return send(response, { status: 404, body: { error: `only POST ${path} is served` } })
    const body = await readJson(request)
    if (!body) return send(response, { status: 400, body: { error: 'a JSON object is expected' } })
    const key = request.headers['idempotency-key']
    const reply = await answer(body, typeof key === 'string' ? key : null)
    if (reply === drop) return void response.destroy()
    send(response, reply)
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status, body, type }: Reply): void {
  response.writeHead(status, { 'content-type': type ?? 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return isObject(body) ? body : null
  } catch {
    return null
  }
}

import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Engine } from '#engine/run/engine.ts'
import { createServer, type Server, type ServerOptions } from '#engine/server/create-server.ts'

export const token = 'token-of-the-test'

/** A server on a free port that closes with the test. `call` sends the bearer token. */
export async function openServer(engine: Engine, options: Partial<ServerOptions> = {}) {
  const server: Server = await createServer({
    engine,
    port: 0,
    token,
    designer: '/nonexistent',
    version: '0.0.0',
    log: pino({ level: 'silent' }),
    sandbox: null,
    models: { list: () => [] },
    templates: { list: () => [], get: () => raise(), folder: () => raise() },
    ...options,
  })
  onTestFinished(() => server.close())
  const call = (method: string, path: string, body?: unknown, headers: HeadersInit = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { server, call }
}

function raise(): never {
  throw new Error('no templates here')
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import type { ServiceContext } from './create-engine.ts'
import { sketch } from './engine-fixture.ts'

/** A real HTTP server that counts the calls it gets, and answers with the status it is set to. */
export async function openPeer() {
  const state = { calls: 0, status: 200, under: 0, most: 0, delay: 0 }
  const server = createServer((request, response) => {
    state.calls += 1
    state.under += 1
    state.most = Math.max(state.most, state.under)
    request.resume()
    setTimeout(() => {
      state.under -= 1
      response.writeHead(state.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ call: state.calls }))
    }, state.delay)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const http = createHttpService({ resolveConnection: () => undefined, allow: [origin] })
  return {
    state,
    origin,
    services: ({ connection }: ServiceContext) => ({
      http: http.for((name) => {
        const { credential, ...found } = connection(name)
        return { ...found, secret: credential }
      }),
    }),
    async close() {
      await http.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** start → one call of the connection `peer` → end, with what the test changes of the call. */
export const askFlow = (id: string, policy: object = {}, edges: readonly string[] = []) =>
  sketch(
    id,
    [
      { id: 'start', type: 'flow.start' },
      { id: 'ask', type: 'http.request', config: { connection: 'peer', path: '/' }, policy },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'ask' } } },
    ],
    ['start.out > ask', 'ask.ok > end', 'ask.status > end', ...edges],
  )

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import type { ServiceContext } from './create-engine.ts'
import { sketch } from './engine-fixture.ts'

/** A real HTTP server that counts the calls it gets, and answers with the status it is set to. */
export async function openPeer() {
  const state = {
    calls: 0,
    paths: [] as string[],
    status: 200,
    under: 0,
    most: 0,
    /** ms; Infinity for when it is told to. */
    delay: 0,
  }
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    state.calls += 1
    state.paths.push(request.url ?? '')
    state.under += 1
    state.most = Math.max(state.most, state.under)
    const body = JSON.stringify({ call: state.calls })
    request.resume()
    // Answered, or nobody waits for it any more; before the answer, on which the next call may follow.
    const leave = (): void => {
      clearTimeout(timer)
      if (waiting.delete(answer)) state.under -= 1
    }
    const answer = (): void => {
      leave()
      response.writeHead(state.status, { 'content-type': 'application/json' })
      response.end(body)
    }
    const timer = state.delay === Infinity ? undefined : setTimeout(answer, state.delay)
    waiting.add(answer)
    response.on('close', leave)
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
    /** Answers the calls that wait until they are told to. */
    release() {
      for (const answer of waiting) answer()
    },
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

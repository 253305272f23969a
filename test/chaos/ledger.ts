import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Ledger {
  readonly url: string
  /** Calls that were answered; more than there are entries means duplicate calls. */
  answers(): number
  /** The entry that each key was given; a key that comes again is given the same. */
  readonly entries: ReadonlyMap<string, number>
  /** Told of each call that was answered. */
  onEntry: () => void
  close(): Promise<void>
}

const digest = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)

/** A peer outside the engine's process that honours keys, and refuses every third key's first call. */
export async function openLedger(): Promise<Ledger> {
  const calls = new Map<string, number>()
  const entries = new Map<string, number>()
  let answers = 0
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'])
    const count = (calls.get(key) ?? 0) + 1
    calls.set(key, count)
    request.resume().on('end', () => {
      if (count === 1 && digest(key) % 3 === 0) {
        response.writeHead(503).end()
        return
      }
      answers += 1
      const entry = entries.get(key) ?? entries.size + 1
      entries.set(key, entry)
      response.end(JSON.stringify({ entry }))
      ledger.onEntry()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ledger: Ledger = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answers: () => answers,
    entries,
    onEntry: () => {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return ledger
}

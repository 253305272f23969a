import { TerminalError } from '#core/errors.ts'
import type { EventView } from '#core/api/views.ts'
import type { Engine } from '#engine/run/engine.ts'

/** An event of a made-up run, for tests of the stream. */
export const eventOf = (seq: number, run = 'r1', flow = 'f1'): EventView => ({
  seq,
  at: seq,
  run,
  flow,
  type: 'run.status',
  step: null,
  node: null,
  data: { status: 'running' },
})

type Listener = Parameters<Engine['subscribe']>[0]

/** An event log that is committed to by hand: the part of the engine that live events need. */
export function createEventLog() {
  const log: EventView[] = []
  const listeners = new Set<Listener>()
  return {
    commit(...events: EventView[]) {
      log.push(...events)
      for (const listener of listeners) listener('default', events)
    },
    events: ((_tenant, { from, limit = 500, run, flow }) =>
      log
        .filter((event) => event.seq > from)
        .filter((event) => (run ?? event.run) === event.run && (flow ?? event.flow) === event.flow)
        .slice(0, limit)) satisfies Engine['events'],
    subscribe: ((listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }) satisfies Engine['subscribe'],
  }
}

/** An engine of which only the given parts exist, with nothing that waits for the disk; any other call fails the test that makes it. */
export const stubEngine = (parts: Partial<Engine>): Engine =>
  new Proxy({ synced: () => Promise.resolve(), ...parts } as Engine, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name)
      if (part !== undefined) return part
      return () => {
        throw new TerminalError('NOT_FOUND', { what: 'stub', id: String(name) })
      }
    },
  })

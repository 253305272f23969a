import { createActor, type AnyActorRef, type AnyMachineSnapshot } from 'xstate'
import type { Beginning, Completion } from '#core/compile/behaviour.ts'
import { compiled } from '#core/compile/program.ts'
import { instantiate, sourcesOf } from '#core/step/instantiate.ts'
import type { Effect, Program } from '#core/step/types.ts'

/** XState's own interpreter on the same program: no part of our step. */
export interface Oracle {
  readonly snapshot: () => AnyMachineSnapshot
  /** Ids of the actors that are running now. */
  readonly running: () => string[]
  complete(effect: string, completion: Completion): void
  /** Only of flows that undo something: XState knows no other cancellation. */
  cancel(reason: string, at: number): void
  stop(): void
}

export function startOracle(program: Program, beginning: Beginning): Oracle {
  const running = new Map<string, AnyActorRef>()
  // A promise that is settled by hand, but without its microtasks.
  const byHand = {
    getInitialSnapshot: (scope: { self: AnyActorRef }, input: Effect) => {
      running.set(input.id, scope.self)
      return { status: 'active', input, output: undefined, error: undefined }
    },
    transition: (state: object, event: { type: string; completion?: Completion }) =>
      event.type === 'complete' ? { ...state, status: 'done', output: event.completion } : state,
    getPersistedSnapshot: (state: object) => state,
  }
  const program_ = compiled(program)
  const machine = instantiate(program_, 'invoke').provide({
    actors: Object.fromEntries(sourcesOf(program_).map((src) => [src, byHand])),
  } as never)
  const actor = createActor(machine, { input: beginning })
  actor.subscribe({ error: () => {} })
  actor.start()
  return {
    snapshot: () => actor.getSnapshot() as AnyMachineSnapshot,
    running: () => {
      const { children } = actor.getSnapshot() as AnyMachineSnapshot
      const alive = new Set(Object.values(children))
      return [...running].filter(([, ref]) => alive.has(ref)).map(([id]) => id)
    },
    complete: (effect, completion) =>
      running.get(effect)?.send({ type: 'complete', completion } as never),
    cancel: (value, at) => actor.send({ type: 'cancel', output: { port: 'cancel', value, at } }),
    stop: () => actor.stop(),
  }
}

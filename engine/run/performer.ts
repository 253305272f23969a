import type { EffectId } from '#core/step/types.ts'

export interface EffectAddress {
  readonly run: string
  readonly effect: EffectId
}

export interface PerformerOptions {
  /** Attempts under way at once; the rest waits as two ids each. */
  readonly concurrency: number
  /** One attempt; settles when its outcome is handed over. Must not reject. */
  readonly attempt: (at: EffectAddress, controller: AbortController) => Promise<void>
  /** True while outcomes wait to be written: no new attempt starts, so that memory stays bounded. */
  readonly congested: () => boolean
  readonly idle: () => void
}

export interface Performer {
  offer(at: EffectAddress): void
  /** Its outcome no longer matters. */
  abort(effect: EffectId): void
  /** Starts what congestion held back. */
  pump(): void
  busy(): boolean
  /** Aborts all attempts and starts no more. Resolves when none is under way. */
  close(): Promise<void>
}

/** Why an attempt was stopped from outside. */
export class AttemptStopped extends Error {}

export function createPerformer(options: PerformerOptions): Performer {
  const running = new Map<EffectId, AbortController>()
  const closers: (() => void)[] = []
  let queue: EffectAddress[] = []
  let head = 0
  let closed = false

  const start = (at: EffectAddress): void => {
    const controller = new AbortController()
    running.set(at.effect, controller)
    void options.attempt(at, controller).finally(() => {
      if (running.get(at.effect) === controller) running.delete(at.effect)
      pump()
      if (running.size > 0) return
      if (queue.length === head) options.idle()
      for (const close of closers) close()
    })
  }
  const pump = (): void => {
    while (!closed && running.size < options.concurrency && head < queue.length) {
      if (options.congested()) return
      const next = queue[head] as EffectAddress
      head += 1
      if (!running.has(next.effect)) start(next)
    }
    if (head === queue.length || head > 4096) {
      queue = queue.slice(head)
      head = 0
    }
  }
  return {
    offer(at) {
      queue.push(at)
      pump()
    },
    abort(effect) {
      const controller = running.get(effect)
      if (!controller) return
      running.delete(effect)
      controller.abort(new AttemptStopped())
    },
    pump,
    busy: () => running.size > 0 || head < queue.length,
    close() {
      closed = true
      for (const controller of running.values()) controller.abort(new AttemptStopped())
      return new Promise((resolve) => {
        if (running.size === 0) resolve()
        else closers.push(resolve)
      })
    },
  }
}

import type { Clock } from '#core/ports.ts'
import type { EffectId } from '#core/step/types.ts'
import type { Gate, Outcome } from './gate.ts'
import { offerQueue, type Offer } from './offer-queue.ts'
import { Stop } from './stop.ts'

export interface EffectAddress {
  readonly run: string
  readonly effect: EffectId
}

/** Why an effect that waited is not attempted: its connection is down, or it has waited too long. */
export type Turned = 'down' | 'late'

export interface PerformerOptions {
  readonly clock: Clock
  /** Attempts under way at once; the rest waits as ids. */
  readonly concurrency: number
  /** Whether the effect is still to be performed: asked when its turn has come, before it takes anyone's place. */
  readonly wanted: (at: EffectAddress) => boolean
  /** One attempt; settles when its outcome is handed over. Must not reject. */
  readonly attempt: (at: EffectAddress, stop: Stop) => Promise<Outcome>
  readonly turnedAway: (at: EffectAddress, why: Turned) => void
  /** True while outcomes wait to be written: no new attempt starts, so that memory stays bounded. */
  readonly congested: () => boolean
  readonly idle: () => void
}

export interface Performer {
  offer(offer: Offer): void
  /** Its outcome no longer matters. */
  abort(effect: EffectId): void
  /** Whether an attempt is under way. */
  isTrying(effect: EffectId): boolean
  /** Starts what congestion held back. */
  pump(): void
  /** Gates that may have opened by themselves. */
  reconsider(gates: Iterable<Gate>): void
  /** True while something is under way or may begin; what waits for a rate or a connection does not count. */
  busy(): boolean
  /** Effects that could begin if there were room, by tenant. */
  ready(): ReadonlyMap<string, number>
  /** Effects that wait, also for a connection that is down. */
  waiting(): number
  /** Attempts ended since the start. */
  ended(): number
  /** Aborts all attempts and starts no more. Resolves when none is under way. */
  close(): Promise<void>
}

/** Why an attempt was stopped from outside. */
export class AttemptStopped extends Error {}

export function createPerformer(options: PerformerOptions): Performer {
  const { clock } = options
  const running = new Map<EffectId, Stop>()
  const queue = offerQueue()
  const closers: (() => void)[] = []
  let ringAt = Infinity
  let silence = () => {}
  let closed = false
  let ended = 0

  const start = ({ lane, ...at }: Offer): void => {
    const stop = new Stop()
    running.set(at.effect, stop)
    const leave = lane.gates.map((gate) => gate.pass(clock.now()))
    void options.attempt(at, stop).then((outcome) => {
      if (running.get(at.effect) === stop) running.delete(at.effect)
      ended += 1
      for (const each of leave) each(outcome, clock.now())
      queue.reconsider(lane.gates)
      pump()
      if (running.size > 0) return
      if (queue.ready() === 0) options.idle()
      for (const close of closers) close()
    })
  }
  const pump = (): void => {
    while (!closed && running.size < options.concurrency && !options.congested()) {
      const next = queue.next(clock.now())
      if (!next) break
      const { offer, turnedAway } = next
      if (running.has(offer.effect) || !options.wanted(offer)) continue
      if (turnedAway) options.turnedAway(offer, 'down')
      else start(offer)
    }
    arm()
  }
  /** Rings for gates that open and for what waits too long. */
  const arm = (): void => {
    const at = queue.wakeAt()
    if (at === ringAt || closed) return
    silence()
    silence = () => {}
    ringAt = at
    if (at < Infinity) silence = clock.at(at, ring)
  }
  const ring = (): void => {
    ringAt = Infinity
    for (const offer of queue.expired(clock.now()))
      if (options.wanted(offer)) options.turnedAway(offer, 'late')
    pump()
    if (running.size === 0 && queue.ready() === 0) options.idle()
  }
  return {
    offer(offer) {
      queue.add(offer)
      pump()
    },
    abort(effect) {
      const stop = running.get(effect)
      if (!stop) return
      running.delete(effect)
      stop.stop(new AttemptStopped())
    },
    isTrying: (effect) => running.has(effect),
    pump,
    reconsider(gates) {
      queue.reconsider(gates)
      pump()
    },
    busy: () => running.size > 0 || queue.ready() > 0,
    ready: queue.readyOf,
    waiting: queue.waiting,
    ended: () => ended,
    close() {
      closed = true
      silence()
      for (const stop of running.values()) stop.stop(new AttemptStopped())
      return new Promise((resolve) => {
        if (running.size === 0) resolve()
        else closers.push(resolve)
      })
    },
  }
}

import type { Effect, Input } from '#core/step/types.ts'
import type { Random } from './random.ts'

type Waiting = Exclude<Effect, { kind: 'stop' }>
export type Answer = Extract<Input, { type: 'done' | 'failed' }>

const ports: Readonly<Record<Waiting['kind'], readonly string[]>> = {
  activity: ['ok', 'ok', 'ok', 'alt', 'nowhere'],
  timer: ['out'],
  task: ['yes', 'no'],
  message: ['received', 'received', 'nowhere'],
  call: ['out'],
  each: ['out'],
  lock: ['out'],
  stopping: ['out'],
  incident: ['retry', 'ok', 'received', 'yes', 'out', 'alt', 'zero', 'else', 'nowhere'],
}

/** What the outside world might answer to an effect, wrong ports and failures among it. */
export function randomAnswer(random: Random, effect: Waiting, at: number): Answer {
  const mayFail = effect.kind === 'activity' || effect.kind === 'call' || effect.kind === 'each'
  if (mayFail && random.chance(0.15))
    return {
      type: 'failed',
      effect: effect.id,
      at,
      error: random.chance(0.5)
        ? { code: 'PEER_DOWN', message: 'The peer is down.' }
        : { code: 'EFFECT_TIMEOUT', message: 'The peer took too long.' },
    }
  return {
    type: 'done',
    effect: effect.id,
    at,
    port: (effect.kind === 'timer' && effect.port) || random.pick(ports[effect.kind]),
    value: { n: random.int(10), text: 'answer' },
  }
}

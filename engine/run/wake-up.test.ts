import { describe, expect, it } from 'vitest'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { wakeUp } from './wake-up.ts'

const settle = async () => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resume) => setImmediate(resume))
}

/** Timers of which some cannot be fired, by number; due in their order. */
function table(count: number, broken: (number: number) => boolean) {
  const clock = simulatedClock()
  const left = Array.from({ length: count }, (_, number) => ({ number, at: clock.now() + number }))
  const tries: number[] = []
  const timers = wakeUp<{ number: number; at: number }>({
    clock,
    timers: {
      due: (now, limit, skip) => left.filter(({ at }) => at <= now).slice(skip, skip + limit),
      earliest: (skip) => left[skip]?.at,
    },
    async fire(timer) {
      tries.push(timer.number)
      if (broken(timer.number)) throw new Error('unreadable')
      left.splice(left.indexOf(timer), 1)
    },
  })
  return { clock, left, tries, timers }
}

describe('due timers', () => {
  it.each([
    ['first', (number: number) => number < 700],
    ['last', (number: number) => number >= 300],
    ['every other', (number: number) => number % 2 === 0],
  ])('[R675] that cannot be fired, the %s of a thousand, hold up no other', async (_, broken) => {
    const { clock, left, tries, timers } = table(1_000, broken)
    timers.arm()
    for (let time = 0; time < 40; time += 1) {
      clock.advance(25)
      await settle()
    }
    expect(left.map(({ number }) => broken(number))).not.toContain(false)
    expect(new Set(tries).size).toBe(1_000)
    timers.close()
  })

  it('[R675] that cannot be fired are tried again, ever more seldom, and a new one goes past them', async () => {
    const { clock, left, tries, timers } = table(300, () => true)
    timers.arm()
    clock.advance(300)
    for (let hour = 0; hour < 3_600; hour += 1) {
      await new Promise((resume) => setImmediate(resume))
      clock.advance(1_000)
    }
    await settle()
    const rounds = tries.length / 300
    expect(rounds).toBeGreaterThan(10)
    expect(rounds).toBeLessThan(25)
    expect(left).toHaveLength(300)
    timers.close()
  })
})

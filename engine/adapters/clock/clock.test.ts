import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clock } from '#core/ports.ts'
import { simulatedClock } from './simulated.ts'
import { systemClock } from './system.ts'

interface Turned {
  readonly clock: Clock
  advance(ms: number): void
}
const day = 86_400_000

const clocks: readonly [name: string, make: () => Turned][] = [
  [
    'the simulated clock',
    () => {
      const clock = simulatedClock(Date.UTC(2026, 0, 1))
      return { clock, advance: clock.advance }
    },
  ],
  [
    'the system clock',
    () => ({ clock: systemClock, advance: (ms) => void vi.advanceTimersByTime(ms) }),
  ],
]

/** What every clock keeps, whoever turns it. */
describe.each(clocks)('%s', (_name, make) => {
  let turned: Turned
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    turned = make()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('[R53] fires once at its time, never early', () => {
    const { clock, advance } = turned
    const fired: number[] = []
    const due = clock.now() + 1_000
    clock.at(due, () => fired.push(clock.now()))
    advance(999)
    expect(fired).toEqual([])
    advance(1)
    expect(fired).toEqual([due])
    advance(10_000)
    expect(fired).toEqual([due])
  })

  it('[R53] keeps a time further away than setTimeout can count', () => {
    const { clock, advance } = turned
    let fired = 0
    clock.at(clock.now() + 400 * day, () => (fired += 1))
    for (let weeks = 0; weeks < 58; weeks += 1) advance(7 * day)
    expect(fired).toBe(1)
  })

  it('does not fire what was taken back', () => {
    const { clock, advance } = turned
    let fired = 0
    const cancel = clock.at(clock.now() + 40 * day, () => (fired += 1))
    advance(30 * day)
    cancel()
    advance(30 * day)
    expect(fired).toBe(0)
  })

  it('fires soon, but not at once, what is due already', async () => {
    const { clock, advance } = turned
    let fired = 0
    clock.at(clock.now() - day, () => (fired += 1))
    expect(fired).toBe(0)
    advance(0)
    await Promise.resolve()
    expect(fired).toBe(1)
  })
})

it('the simulated clock fires in order, each at its own time, what is set on the way too', () => {
  const clock = simulatedClock(0)
  const fired: string[] = []
  clock.at(30, () => fired.push(`c${clock.now()}`))
  clock.at(10, () => {
    fired.push(`a${clock.now()}`)
    clock.at(20, () => fired.push(`b${clock.now()}`))
  })
  clock.advance(100)
  expect(fired).toEqual(['a10', 'b20', 'c30'])
  expect(clock.now()).toBe(100)
})

import { describe, expect, it } from 'vitest'
import { admission } from './admission.ts'

const state = () => ({ commits: 0, delay: 0, perSecond: 0, waiting: new Map<string, number>() })
const open = (now: ReturnType<typeof state>) =>
  admission({
    limits: { commits: 100, waiting: 1_000, delay: 500 },
    commits: () => now.commits,
    waiting: () => now.waiting,
    pulse: { delay: () => now.delay, perSecond: () => now.perSecond },
  })
const refusal = (enter: () => unknown): unknown => {
  try {
    enter()
    return null
  } catch (error) {
    return error
  }
}

describe('[R275] a new run is turned away', () => {
  it.each([
    ['commits that wait', { commits: 100 }],
    ['effects that wait', { waiting: new Map([['a', 1_000]]) }],
    ['a late event loop', { delay: 500, waiting: new Map([['a', 64]]) }],
  ])('by %s', (_, lag) => {
    const now = state()
    const gate = open(now)
    expect(refusal(() => gate.enter('a'))).toBeNull()
    Object.assign(now, lag)
    expect(refusal(() => gate.enter('a'))).toMatchObject({ code: 'OVERLOADED' })
    expect(gate.load()).toMatchObject({ level: 1, refused: 1 })
    Object.assign(now, state())
    expect(refusal(() => gate.enter('a'))).toBeNull()
  })

  it('not by an event loop that something else keeps busy', () => {
    const now = { ...state(), delay: 5_000 }
    expect(refusal(() => open(now).enter('a'))).toBeNull()
  })

  it('with the time after which the excess is done, at the rate of the last seconds', () => {
    const now = { ...state(), waiting: new Map([['a', 1_900]]), perSecond: 50 }
    expect(refusal(() => open(now).enter('a'))).toMatchObject({ after: 18_000 })
    now.perSecond = 0
    expect(refusal(() => open(now).enter('a'))).toMatchObject({ after: 60_000 })
  })

  it('of a tenant with its share of the work before others, beyond twice the limit of all', () => {
    const now = { ...state(), waiting: new Map([['hog', 1_000]]) }
    const gate = open(now)
    expect(refusal(() => gate.enter('hog'))).not.toBeNull()
    expect(refusal(() => gate.enter('guest'))).toBeNull()
    now.waiting.set('guest', 900)
    expect(refusal(() => gate.enter('guest'))).toBeNull()
    now.waiting.set('guest', 999)
    expect(refusal(() => gate.enter('guest'))).not.toBeNull()
    now.waiting.set('hog', 2_000)
    expect(refusal(() => gate.enter('third'))).not.toBeNull()
  })

  it('and counts starts that are not yet answered', () => {
    const now = { ...state(), commits: 100 }
    const gate = open(now)
    now.waiting.set('hog', 10)
    const leaves = Array.from({ length: 10 }, () => gate.enter('guest'))
    expect(refusal(() => gate.enter('guest'))).not.toBeNull()
    for (const leave of leaves) leave()
    expect(refusal(() => gate.enter('guest'))).toBeNull()
  })
})

import { expect, it } from 'vitest'
import { inSlices } from './in-slices.ts'

function* counting(to: number): Generator<number, string> {
  for (let step = 1; step <= to; step += 1) yield step
  return 'done'
}

/** A clock on which each look takes 3 ms. */
const slowClock = (): (() => number) => {
  let at = 0
  return () => (at += 3)
}

it('[R644] lets other work have its turn between slices, and comes to the end', async () => {
  let turns = 0
  const ticking = setInterval(() => (turns += 1), 0)
  const pauses: number[] = []
  const { signal } = new AbortController()
  const result = await inSlices(counting(30), {
    signal,
    onPause: (step) => pauses.push(step),
    now: slowClock(),
  })
  clearInterval(ticking)
  expect(result).toBe('done')
  expect(pauses.length).toBeGreaterThan(3)
  expect(turns).toBeGreaterThan(0)
})

it('[R644] is called off at the next pause', async () => {
  const control = new AbortController()
  const result = await inSlices(counting(30), {
    signal: control.signal,
    onPause: () => control.abort(),
    now: slowClock(),
  })
  expect(result).toBeNull()
})

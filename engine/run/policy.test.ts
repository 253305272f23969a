import fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterFailure, backOff, effectivePolicy } from './policy.ts'

const policy = effectivePolicy({
  uses: [],
  retry: { attempts: 4, first: '250ms', factor: 2, cap: '10s' },
})

it('[R51] waits between half and the whole of first · factor^(n−1), never above the cap', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), (key, attempt) => {
      const full = Math.min(10_000, 250 * 2 ** (attempt - 1))
      const wait = backOff(policy, key, attempt)
      expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2))
      expect(wait).toBeLessThanOrEqual(full)
      expect(backOff(policy, key, attempt)).toBe(wait)
    }),
  )
})

it('spreads effects that failed together', () => {
  const waits = Array.from({ length: 200 }, (_, n) => backOff(policy, `run${n}:call:1`, 3))
  expect(new Set(waits).size).toBeGreaterThan(100)
})

it('[R50] never tries more often than the policy says, and ends in fallback, error edge or incident', () => {
  const failure = { error: { code: 'X', message: '' }, retryable: true, after: undefined }
  const facts = { key: 'k', now: 1_000, since: 0, hasErrorEdge: false }
  const verdicts = [1, 2, 3, 4].map(
    (attempt) => afterFailure(policy, failure, { ...facts, attempt }).verdict,
  )
  expect(verdicts).toEqual(['retry', 'retry', 'retry', 'incident'])
  const last = { ...facts, attempt: 4 }
  expect(afterFailure(policy, failure, { ...last, hasErrorEdge: true }).verdict).toBe('fail')
  const fallback = { port: 'out', value: 1 }
  expect(afterFailure({ ...policy, fallback }, failure, last)).toEqual({
    verdict: 'fallback',
    ...fallback,
  })
  expect(
    afterFailure(policy, { ...failure, retryable: false }, { ...facts, attempt: 1 }).verdict,
  ).toBe('incident')
})

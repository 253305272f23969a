import fc from 'fast-check'
import { expect, it } from 'vitest'
import { circuitBreaker, closedBreaker, type BreakerState } from './circuit-breaker.ts'
import type { Outcome } from './gate.ts'
import { rateLimit } from './rate-limit.ts'

it('[R278] in any length of time a rate lets pass its calls once and what has filled up since, whatever restarts', () => {
  fc.assert(
    fc.property(
      fc.record({ calls: fc.integer({ min: 1, max: 8 }), per: fc.integer({ min: 1, max: 1_000 }) }),
      fc.array(fc.record({ waits: fc.integer({ min: 0, max: 300 }), restarts: fc.boolean() }), {
        maxLength: 120,
      }),
      (rate, moments) => {
        const open = (fullAt: number) =>
          rateLimit(
            () => rate,
            fullAt,
            () => {},
          )
        let limit = open(0)
        let now = 1_000_000
        const passed: number[] = []
        for (const { waits, restarts } of moments) {
          now += waits
          if (restarts) limit = open(limit.fullAt)
          const opensAt = limit.opensAt(now)
          // Who asks is never sent away for longer than the bucket takes to fill.
          expect(opensAt).toBeLessThanOrEqual(now + rate.per)
          if (opensAt > now) continue
          limit.pass(now)
          passed.push(now)
        }
        passed.forEach((from, first) =>
          passed.slice(first).forEach((to, further) => {
            const filled = ((to - from) * rate.calls) / rate.per
            expect(further + 1).toBeLessThanOrEqual(rate.calls + filled + 1e-6)
          }),
        )
      },
    ),
  )
})

it('[R279] a breaker lets nothing pass while it cools down, then one call at a time, whatever restarts', () => {
  const rule = { share: 0.5, calls: 3, window: 1_000, coolDown: 200 }
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          waits: fc.integer({ min: 0, max: 150 }),
          lasts: fc.integer({ min: 0, max: 400 }),
          outcome: fc.constantFrom<Outcome>('answered', 'failed', 'failed', 'stopped'),
          restarts: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
        }),
        { maxLength: 150 },
      ),
      (moments) => {
        const open = (from: BreakerState) =>
          circuitBreaker(
            () => rule,
            from,
            () => {},
          )
        let breaker = open(closedBreaker)
        let under: { ends: number; end: () => void; tries: boolean }[] = []
        let now = 1_000_000
        for (const { waits, lasts, outcome, restarts } of moments) {
          now += waits
          const ended = under.filter(({ ends }) => ends <= now).toSorted((a, b) => a.ends - b.ends)
          under = under.filter(({ ends }) => ends > now)
          for (const { end } of ended) end()
          if (restarts) {
            // What was under way is gone; its breaker is read again from disk.
            under = []
            breaker = open(JSON.parse(JSON.stringify(breaker.state())) as BreakerState)
          }
          const { state, until } = breaker.state()
          const mayPass = breaker.opensAt(now) <= now
          const expected = {
            closed: true,
            open: now >= until,
            'half-open': !under.some(({ tries }) => tries),
          }
          expect(mayPass).toBe(expected[state])
          if (!mayPass) continue
          const at = now + lasts
          const leave = breaker.pass(now)
          under.push({ ends: at, end: () => leave(outcome, at), tries: state !== 'closed' })
        }
      },
    ),
  )
})

it('[R772] where the clock was set back, a gate opens when it says, no later than its rate or cool-down is long', () => {
  const rule = { share: 0.5, calls: 1, window: 1_000, coolDown: 200 }
  const rate = { calls: 3, per: 600 }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900_000 }), fc.boolean(), (back, restarts) => {
      const from = 1_000_000
      let written = 0
      const changed = () => void (written += 1)
      let limit = rateLimit(() => rate, 0, changed)
      for (let call = 0; call < rate.calls; call += 1) limit.pass(from)
      let breaker = circuitBreaker(() => rule, closedBreaker, changed)
      breaker.pass(from)('failed', from)
      expect(breaker.state().state).toBe('open')
      if (restarts) {
        limit = rateLimit(() => rate, limit.fullAt, changed)
        breaker = circuitBreaker(() => rule, breaker.state(), changed)
      }
      const now = from - back
      const before = written
      for (const [gate, most] of [
        [limit, rate.per],
        [breaker, rule.coolDown],
      ] as const) {
        const opensAt = gate.opensAt(now)
        expect(opensAt).toBeLessThanOrEqual(now + most)
        expect(gate.opensAt(opensAt)).toBeLessThanOrEqual(opensAt)
      }
      expect(written > before).toBe(back > 0)
    }),
  )
})

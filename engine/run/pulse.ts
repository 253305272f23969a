export interface Pulse {
  /** How late the event loop is now, ms: 0 while it keeps up. */
  delay(): number
  /** Growth of the count, smoothed over about two seconds. */
  perSecond(): number
  close(): void
}

const beat = 100
const smoothing = 0.05

/** Measures the real event loop, whatever the engine's own clock says. */
export function pulse(count: () => number): Pulse {
  let dueAt = performance.now() + beat
  let lastLate = 0
  let before = count()
  let rate = 0
  const timer = setInterval(() => {
    const now = performance.now()
    lastLate = Math.max(0, now - dueAt)
    const growth = ((count() - before) * 1000) / (beat + lastLate)
    rate += (growth - rate) * smoothing
    before = count()
    dueAt = now + beat
  }, beat)
  timer.unref()
  return {
    delay: () => Math.max(lastLate, performance.now() - dueAt),
    perSecond: () => rate,
    close: () => clearInterval(timer),
  }
}

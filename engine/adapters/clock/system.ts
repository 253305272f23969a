import type { Clock } from '#core/ports.ts'

/** setTimeout overflows above this and would fire at once: 24.8 days in ms. */
const longest = 2 ** 31 - 1

/** The machine's own clock. Waiting timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(at, fire) {
    let timer: NodeJS.Timeout
    const wait = () => {
      const left = at - Date.now()
      timer =
        left > longest
          ? setTimeout(wait, longest)
          : setTimeout(() => (Date.now() < at ? wait() : fire()), Math.max(0, left))
      timer.unref()
    }
    wait()
    return () => {
      clearTimeout(timer)
    }
  },
}

import { getPriority, setPriority } from 'node:os'

const lowest = 19

/**
 * Lowers the calling thread, and those that it starts from then on, so that the event loop comes first where both want a
 * core. Only on Linux: elsewhere a priority is the whole process's.
 */
export function standBack(by: number): void {
  if (process.platform !== 'linux' || by === 0) return
  try {
    setPriority(Math.min(getPriority() + by, lowest))
  } catch {
    // A sandbox may refuse it: the work is done all the same.
  }
}

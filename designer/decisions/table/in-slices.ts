/** ms of work between two pauses: a frame at 60 Hz has 16.7 */
const slice = 8

export interface Slicing<Y> {
  /** The step after which a pause began. */
  readonly onPause: (step: Y) => void
  readonly signal: AbortSignal
  /** ms @default performance.now */
  readonly now?: () => number
}

/** Runs steps to their end with pauses in which the page can draw and take keys; null where it was called off. */
export async function inSlices<Y, R>(
  steps: Generator<Y, R>,
  { onPause, signal, now = () => performance.now() }: Slicing<Y>,
): Promise<R | null> {
  let begun = now()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (now() - begun < slice) continue
    onPause(value)
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return null
    begun = now()
  }
}

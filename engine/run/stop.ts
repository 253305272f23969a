/** How an attempt is stopped. Its signal is made for who asks for it: it costs more than a short attempt. */
export class Stop {
  #reason: Error | undefined
  #controller: AbortController | undefined
  #reject: ((reason: Error) => void) | undefined

  /** Why it was stopped; undefined while it is not. */
  get reason(): Error | undefined {
    return this.#reason
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#reason) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  /** The first reason counts. */
  stop(reason: Error): void {
    if (this.#reason) return
    this.#reason = reason
    this.#controller?.abort(reason)
    this.#reject?.(reason)
  }

  /** The work's result, unless it is stopped first. What does not heed it is left behind: its late result goes nowhere. */
  unlessStopped<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject
      if (this.#reason) reject(this.#reason)
      work.then(resolve, reject)
    })
  }
}

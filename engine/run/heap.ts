/** A binary heap: the least by `rank` comes first. */
export class Heap<T> {
  #items: T[] = []
  readonly #rank: (item: T) => number

  constructor(rank: (item: T) => number) {
    this.#rank = rank
  }

  get size(): number {
    return this.#items.length
  }

  first(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    const items = this.#items
    const rank = this.#rank(item)
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above] as T
      if (this.#rank(parent) <= rank) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  pop(): T | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (first === undefined || last === undefined || items.length === 0) return first
    const rank = this.#rank(last)
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (
        below + 1 < items.length &&
        this.#rank(items[below + 1] as T) < this.#rank(items[below] as T)
      )
        below += 1
      const child = items[below] as T
      if (this.#rank(child) >= rank) break
      items[at] = child
      at = below
    }
    items[at] = last
    return first
  }

  /** Drops what is not to stay. */
  keep(stays: (item: T) => boolean): void {
    const items = this.#items.filter(stays)
    this.#items = []
    for (const item of items) this.push(item)
  }
}

/** A map that forgets what was used longest ago once it holds more than `capacity`. */
export class LruMap<K, V> {
  readonly #entries = new Map<K, V>()
  readonly #capacity: number
  readonly #evicted: (key: K, value: V) => void
  #holding = false

  constructor(capacity: number, evicted: (key: K, value: V) => void = () => {}) {
    this.#capacity = capacity
    this.#evicted = evicted
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: K, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (!this.#holding) this.#trim()
  }

  /** Forgets nothing until it is released. */
  hold(): void {
    this.#holding = true
  }

  release(): void {
    this.#holding = false
    this.#trim()
  }

  #trim(): void {
    while (this.#entries.size > this.#capacity) {
      const [oldest, old] = this.#entries.entries().next().value as [K, V]
      this.#entries.delete(oldest)
      this.#evicted(oldest, old)
    }
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}

/** A list that forgets its oldest entries. */
export function createKept<T>(limit: number) {
  const entries: T[] = []
  return {
    add(entry: T): void {
      entries.push(entry)
      if (entries.length > limit) entries.shift()
    },
    all: (): readonly T[] => [...entries],
    clear: (): void => void entries.splice(0),
  }
}

/** Answers by idempotency key; forgets the oldest. */
export function createAnswers<T>(limit: number) {
  const answers = new Map<string, T>()
  return {
    get: (key: string | null): T | undefined => (key === null ? undefined : answers.get(key)),
    add(key: string | null, answer: T): void {
      if (key === null) return
      answers.set(key, answer)
      const [oldest] = answers.keys()
      if (answers.size > limit && oldest !== undefined) answers.delete(oldest)
    },
    clear: (): void => answers.clear(),
  }
}

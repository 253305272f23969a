/** What asking gives; null where that fails, as where an input breaks a hit policy or an imported rule throws. */
export function attempted<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch {
    return null
  }
}

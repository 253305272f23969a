/** An id like `rule_3` that is not among `taken`. */
export function freshId(prefix: string, taken: readonly string[]): string {
  const used = new Set(taken)
  let number = taken.length + 1
  while (used.has(`${prefix}_${number}`)) number += 1
  return `${prefix}_${number}`
}

/**
 * Whether two names can be of one person: every word of the shorter stands in the longer, as itself, as
 * an initial, or with one letter misread. Order, case, titles and dots do not count.
 */
export function samePerson(one: string, other: string): boolean {
  const [short, long] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length)
  if (!short || !long || short.length === 0) return false
  const left = [...long]
  let whole = 0
  for (const word of short.toSorted((a, b) => b.length - a.length)) {
    const at = left.findIndex((candidate) => sameWord(word, candidate))
    const match = left[at]
    if (match === undefined) return false
    left.splice(at, 1)
    if (word.length > 1 && match.length > 1) whole += 1
  }
  // Initials alone could be anybody's.
  return whole > 0
}

const titles = new Set(['MR', 'MRS', 'MS', 'DR', 'SHRI', 'SMT', 'KUM'])

const wordsOf = (name: string): string[] =>
  name
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((word) => word !== '' && !titles.has(word))

function sameWord(one: string, other: string): boolean {
  if (one === other) return true
  if (one.length === 1 || other.length === 1) return one[0] === other[0]
  return Math.min(one.length, other.length) >= 5 && isOneEditApart(one, other)
}

/** One letter replaced, left out or added. */
function isOneEditApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const rest = long.slice(at + 1)
  return rest === short.slice(at) || rest === short.slice(at + 1)
}

/** How many letters to change, add or drop to come from `a` to `b` (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row.push(Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same))
    }
    before = row
  }
  return before[b.length] ?? 0
}

const longest = 60
const most = 3

/** The names nearest to one that is not known, at most three, none that differs in more than a third. */
export function similarTo(name: string, names: readonly string[]): string[] {
  if (name === '' || name.length > longest) return []
  const word = name.toLowerCase()
  return names
    .filter((each) => each !== name && each.length <= longest)
    .map((each) => ({ each, far: nearness(word, each.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ each }) => each)
}

/** A path's last name alone may be meant: `scor` for `bureau.score`. */
const nearness = (word: string, name: string): number =>
  Math.min(editDistance(word, name), editDistance(word, name.split('.').at(-1) ?? name))

import { tokens } from './tokens.ts'

/** FNV-1a over UTF-16 units, 32 bits: the same on every platform. */
function hash(term: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < term.length; at++)
    value = Math.imul(value ^ term.charCodeAt(at), 0x01000193) >>> 0
  return value
}

/** Characters; what a document is stands on its first pages, and the time to read it stays bounded. */
const longest = 20_000

/** Bucket → 1 + ln(count) of hashed words and bigrams, before idf and length are applied (the ONNX graph does both). */
export function termWeights(text: string, buckets: number): Map<number, number> {
  const words = tokens(text.slice(0, longest))
  const counts = new Map<number, number>()
  const add = (term: string): void => {
    const bucket = hash(term) % buckets
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  words.forEach((word, at) => {
    add(word)
    const next = words[at + 1]
    if (next !== undefined) add(`${word} ${next}`)
  })
  return new Map([...counts].map(([bucket, count]) => [bucket, 1 + Math.log(count)]))
}

import { canonicalJson, type Json } from '#core/json.ts'
import type { Release } from '#core/release.ts'

/** `sha256:` and 64 hex digits over the release's canonical JSON: equal content, equal name. */
export const releaseHash = (release: Release): string =>
  `sha256:${sha256(new TextEncoder().encode(canonicalJson(release as unknown as Json)))}`

/** SHA-256 (FIPS 180-4) in plain TypeScript: the core has no crypto module and must stay synchronous. */
export function sha256(bytes: Uint8Array): string {
  const state = Uint32Array.from(firstWords(8, Math.sqrt))
  const padded = pad(bytes)
  const words = new Uint32Array(64)
  for (let offset = 0; offset < padded.byteLength; offset += 64)
    compress(state, words, new DataView(padded.buffer, offset, 64))
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

/** The fractional bits of a root of the first primes: where the standard's constants come from. */
function firstWords(count: number, root: (prime: number) => number): number[] {
  const words: number[] = []
  for (let candidate = 2; words.length < count; candidate += 1) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1)
      if (candidate % divisor === 0) prime = false
    if (prime) words.push(Math.floor((root(candidate) % 1) * 2 ** 32))
  }
  return words
}
const rounds = Uint32Array.from(firstWords(64, Math.cbrt))

/** Appends a one bit, zeros, and the length in bits as 64 bits. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  return padded
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function compress(state: Uint32Array, words: Uint32Array, block: DataView): void {
  const w = (index: number): number => words[index] as number
  for (let i = 0; i < 16; i += 1) words[i] = block.getUint32(i * 4)
  for (let i = 16; i < 64; i += 1) {
    const small = w(i - 15)
    const large = w(i - 2)
    const s0 = rotate(small, 7) ^ rotate(small, 18) ^ (small >>> 3)
    const s1 = rotate(large, 17) ^ rotate(large, 19) ^ (large >>> 10)
    words[i] = w(i - 16) + s0 + w(i - 7) + s1
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const one = (h + s1 + choice + (rounds[i] as number) + w(i)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + s0 + majority) | 0]
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = (state[i] as number) + (next[i] as number)
}

import { canonicalJson, type Json } from '#core/json.ts'

/** SHA-256 (FIPS 180-4) in plain TypeScript: the core is synchronous and runs in the browser too. */

/** The first 32 bits of the fractional parts of square and cube roots of the first primes. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x100000000) | 0
}
const primes = ((): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < 64; n++) if (found.every((p) => n % p !== 0)) found.push(n)
  return found
})()
const initial = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)))
const constants = primes.map((p) => fraction(Math.cbrt(p)))

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/** 64 hex digits. A text is hashed as UTF-8. */
export function sha256(input: string | Uint8Array): string {
  const message = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x20000000))
  view.setUint32(padded.length - 4, message.length << 3)

  const hash = Int32Array.from(initial)
  const w = new Int32Array(64)
  for (let at = 0; at < padded.length; at += 64) block(hash, w, view, at)
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function block(hash: Int32Array, w: Int32Array, view: DataView, at: number): void {
  // Typed arrays of 8 and 64 words: every index below is inside.
  const word = (i: number) => w[i] as number
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const [x, y] = [word(i - 15), word(i - 2)]
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    w[i] = (word(i - 16) + s0 + word(i - 7) + s1) | 0
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] as number) + word(i)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => {
    hash[i] = ((hash[i] as number) + value) | 0
  })
}

/** Equal values have equal hashes, whatever the order of their keys. */
export const hashJson = (value: Json): string => sha256(canonicalJson(value))

import { randomFillSync } from 'node:crypto'

/** Random bytes cost a system call: a page of them serves hundreds. */
const pool = Buffer.alloc(8192)
let used = pool.length

/** Fresh bytes, at most a page; none is kept or given twice. */
export function randomBytes(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return bytes
}

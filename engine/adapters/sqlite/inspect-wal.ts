import { existsSync, readFileSync } from 'node:fs'
import { mostUnsynced } from '#core/store.ts'

const headerLength = 32
const frameHeaderLength = 24

type Sum = readonly [number, number]

/** SQLite's checksum of the log (fileformat2, section 4.2), over pairs of 32-bit words. */
function checksum(bytes: Buffer, [first, second]: Sum, big: boolean): Sum {
  let a = first
  let b = second
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + words.getUint32(at, !big) + b) >>> 0
    b = (b + words.getUint32(at + 4, !big) + a) >>> 0
  }
  return [a, b]
}

const sumAt = (bytes: Buffer, at: number): Sum => [
  bytes.readUInt32BE(at),
  bytes.readUInt32BE(at + 4),
]
const same = (one: Sum, other: Sum): boolean => one[0] === other[0] && one[1] === other[1]

/**
 * Where the write-ahead log is damaged before acknowledged commits; undefined where it is whole. SQLite drops
 * everything from the first frame that does not fit on, without a word, since a crash tears the last commits so. But
 * behind a torn frame there are no more than could wait for a sync at once, and the one that syncs itself.
 */
function lostCommits(log: Buffer): { readonly offset: number } | undefined {
  if (log.length < headerLength + frameHeaderLength) return undefined
  const big = log.readUInt32BE(0) === 0x377f0683
  const pageSize = log.readUInt32BE(8)
  const salt = log.subarray(16, 24)
  let sum = checksum(log.subarray(0, 24), [0, 0], big)
  const frameLength = frameHeaderLength + pageSize
  const headerFits =
    (log.readUInt32BE(0) & ~1) === 0x377f0682 && pageSize >= 512 && same(sum, sumAt(log, 24))
  // With a broken header SQLite passes over the whole log.
  if (!headerFits) return { offset: 0 }
  let broken: number | undefined
  let commitsAfter = 0
  for (let at = headerLength; at + frameLength <= log.length; at += frameLength) {
    const frame = log.subarray(at, at + frameLength)
    const ours = frame.subarray(8, 16).equals(salt)
    if (broken === undefined) {
      sum = checksum(frame.subarray(0, 8), sum, big)
      sum = checksum(frame.subarray(frameHeaderLength), sum, big)
      if (ours && same(sum, sumAt(frame, 16))) continue
      broken = at
    }
    // A commit's last frame names the size of the database.
    if (ours && commitsAfter > mostUnsynced) return { offset: broken }
    if (ours && frame.readUInt32BE(4) !== 0) commitsAfter += 1
  }
  return undefined
}

/** As `lostCommits`, of the log beside a database file. Looks twice, because a server may be writing to it. */
export function inspectLog(database: string): { readonly offset: number } | undefined {
  const path = `${database}-wal`
  if (!existsSync(path)) return undefined
  const found = lostCommits(readFileSync(path))
  return found && lostCommits(readFileSync(path))?.offset === found.offset ? found : undefined
}

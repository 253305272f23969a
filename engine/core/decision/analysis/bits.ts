/** A set of small whole numbers, 32 to a word. */
export type Bits = Uint32Array

export const bitsOf = (size: number, members: Iterable<number> = []): Bits => {
  const bits = new Uint32Array((size + 31) >> 5)
  for (const member of members)
    bits[member >> 5] = (bits[member >> 5] as number) | (1 << (member & 31))
  return bits
}

/** The numbers from `from` up to, not with, `to`. */
export function bitsBetween(size: number, from: number, to: number): Bits {
  const bits = new Uint32Array((size + 31) >> 5)
  for (let member = from; member < to;)
    if ((member & 31) === 0 && member + 32 <= to) {
      bits[member >> 5] = 0xffffffff
      member += 32
    } else {
      bits[member >> 5] = (bits[member >> 5] as number) | (1 << (member & 31))
      member += 1
    }
  return bits
}

export const has = (bits: Bits, member: number): boolean =>
  ((bits[member >> 5] as number) & (1 << (member & 31))) !== 0

export function and(a: Bits, b: Bits): Bits {
  const both = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i += 1) both[i] = (a[i] as number) & (b[i] as number)
  return both
}

/** The members of `a` that are none of `b`. */
export function without(a: Bits, b: Bits): Bits {
  const rest = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i += 1) rest[i] = (a[i] as number) & ~(b[i] as number)
  return rest
}

export function orInto(target: Bits, more: Bits): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] as number) | (more[i] as number)
}

export function isEmpty(bits: Bits): boolean {
  for (let i = 0; i < bits.length; i += 1) if (bits[i] !== 0) return false
  return true
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i += 1) if (((a[i] as number) & (b[i] as number)) !== 0) return true
  return false
}

/** Whether it holds one of the numbers from `from` to `to`, both in. */
export function anyBetween(bits: Bits, from: number, to: number): boolean {
  const first = from >> 5
  const last = to >> 5
  for (let word = first; word <= last; word += 1) {
    let rest = bits[word] as number
    if (word === first) rest &= -1 << (from & 31)
    if (word === last) rest &= -1 >>> (31 - (to & 31))
    if (rest !== 0) return true
  }
  return false
}

/** Whether every member of `inner` is one of `outer`. */
export function contains(outer: Bits, inner: Bits): boolean {
  for (let i = 0; i < inner.length; i += 1)
    if (((inner[i] as number) & ~(outer[i] as number)) !== 0) return false
  return true
}

export function members(bits: Bits): number[] {
  const found: number[] = []
  for (let word = 0; word < bits.length; word += 1)
    for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1)
      found.push(word * 32 + 31 - Math.clz32(rest & -rest))
  return found
}

/** The member of a set that has no other; -1 of any other set. */
export function onlyMember(bits: Bits): number {
  let only = -1
  for (let word = 0; word < bits.length; word += 1) {
    const rest = bits[word] as number
    if (rest === 0) continue
    if (only >= 0 || (rest & (rest - 1)) !== 0) return -1
    only = word * 32 + 31 - Math.clz32(rest)
  }
  return only
}

/** How many members both hold. */
export function countOfBoth(a: Bits, b: Bits): number {
  let count = 0
  for (let i = 0; i < a.length; i += 1) {
    let word = (a[i] as number) & (b[i] as number)
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesField, floats, intField, message, stringField, varint } from './protobuf.ts'

/** Reads a varint back, as the wire format defines it. */
const readVarint = (bytes: Uint8Array): bigint =>
  bytes.reduce((sum, byte, at) => sum | (BigInt(byte & 127) << BigInt(7 * at)), 0n)

describe('protobuf', () => {
  it('a varint reads back as it was, and only its last byte ends it', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = varint(value)
        expect(BigInt.asIntN(64, readVarint(bytes))).toBe(BigInt(value))
        expect([...bytes].map((byte) => byte >= 128)).toEqual(
          [...bytes].map((_, at) => at < bytes.length - 1),
        )
      }),
    )
  })

  it('writes the examples of the wire format’s documentation', () => {
    expect([...intField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    expect([...stringField(2, 'testing')]).toEqual([
      0x12,
      7,
      ...new TextEncoder().encode('testing'),
    ])
    expect([...bytesField(3, intField(1, 150))]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01])
  })

  it('floats are little endian, messages are concatenated', () => {
    expect([...floats([1, -2])]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
    expect([...message(varint(1), varint(300))]).toEqual([1, 0xac, 0x02])
  })
})

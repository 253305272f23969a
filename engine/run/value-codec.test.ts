import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import type { ValueTable } from '#core/store.ts'
import { places } from './places.ts'
import { seal } from './seal.ts'
import { largeValue, valueCodec } from './value-codec.ts'

const memory = () => {
  const rows = new Map<string, Uint8Array>()
  const table: ValueTable = {
    put: ({ case: number, id, data }) => {
      if (!rows.has(`${number}/${id}`)) rows.set(`${number}/${id}`, data)
    },
    get: (number, id) => rows.get(`${number}/${id}`),
  }
  return { rows, codec: valueCodec(table) }
}
const scope = (number = 1) => ({ tenant: 't', case: number, key: Buffer.alloc(32, number) })

const sized = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)
const blown = fc.tuple(sized, fc.nat(3)).map(([value, times]): Json => ({
  value,
  text: 'x'.repeat(times * 9_000),
  lines: Array.from({ length: times * 900 }, (_, n) => `line ${n}`),
  $value: 'not a reference',
  inner: { $value: 'abc', other: { $literal: [{ $value: 'x' }] } },
  only: { $value: 'x'.repeat(times) },
  parts: { $parts: [[[value]], [[times]]] },
  lists: Array.from({ length: times * 300 }, (_, n) => [n, [value], { $parts: [n] }]),
}))

it('gives back any value, large ones and those that look like its own references too', () => {
  const { codec } = memory()
  fc.assert(
    fc.property(fc.oneof(sized, blown), (value) => {
      expect(codec.decode(scope(), 'row', codec.encode(scope(), 'row', value))).toEqual(value)
    }),
  )
})

it('[R67] stores a large part once, however often it comes, and keeps small values in the row', () => {
  const { rows, codec } = memory()
  const text = 'page '.repeat(largeValue)
  const small = codec.encode(scope(), 'row', { n: 1 })
  expect(rows.size).toBe(0)
  expect(small.length).toBeLessThan(60)
  const size = codec.encode(scope(), 'row', { first: text, again: { text } }).length
  codec.encode(scope(), 'other row', { text: `${text}` })
  expect(rows.size).toBe(1)
  expect(size).toBeLessThan(400)
  codec.encode(scope(2), 'row', { text })
  expect(rows.size).toBe(2)
})

it('[R66] refuses a row in another row’s place, and a value in another value’s place', () => {
  const { rows, codec } = memory()
  const sealed = codec.encode(scope(), 'row 1', {
    a: 'x'.repeat(largeValue),
    b: 'y'.repeat(largeValue),
  })
  expect(() => codec.decode(scope(), 'row 2', sealed)).toThrow('cannot be decrypted')
  const [[one, first], [two, second]] = [...rows] as [[string, Uint8Array], [string, Uint8Array]]
  rows.set(one, second).set(two, first)
  expect(() => codec.decode(scope(), 'row 1', sealed)).toThrow('cannot be decrypted')
  rows.set(one, randomBytes(60))
  expect(() => codec.decode(scope(), 'row 1', sealed)).toThrow('cannot be decrypted')
})

it('[R765] writes a list that grows once, and each time beside it no more than what bounds a small one', () => {
  const { rows, codec } = memory()
  const stored = () => [...rows.values()].reduce((sum, { length }) => sum + length, 0)
  const item = (n: number) => `${n}`.padEnd(300, '.')
  const grown = (from: number, to: number): Json => {
    const sizes: number[] = []
    for (let count = from; count <= to; count += 50) {
      const list = Array.from({ length: count }, (_, n) => item(n))
      const sealed = codec.encode(scope(), 'row', { open: [{ items: list }] })
      sizes.push(sealed.length)
      expect(codec.decode(scope(), 'row', sealed)).toEqual({ open: [{ items: list }] })
    }
    return Math.max(...sizes)
  }
  expect(grown(50, 1_000)).toBeLessThan(largeValue)
  const first = stored()
  expect(grown(1_050, 2_000)).toBeLessThan(largeValue)
  // Its own size, and what sealing and referring to its parts costs.
  expect(stored()).toBeLessThan(2_000 * 303 * 1.1)
  expect(stored() / first).toBeLessThan(2.1)
})

it('[R765] reads rows in which lists are whole, as they were written before', () => {
  const { codec, rows } = memory()
  const key = scope().key
  const text = JSON.stringify({ $parts: ['x'.repeat(largeValue)] })
  const id = createHmac('sha256', key).update(text).digest('base64url')
  rows.set(`1/${id}`, seal(key, places.value('t', 1, id), text))
  const row = seal(key, 'row', `1{"list":{"$value":"${id}"},"own":{"$parts":[1]}}`)
  expect(codec.decode(scope(), 'row', row)).toEqual({
    list: JSON.parse(text) as Json,
    own: { $parts: [1] },
  })
})

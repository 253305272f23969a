import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frozenCopy, frozenJson } from './frozen-json.ts'

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen))
/** Without what would become a prototype. */
const asJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    key === '__proto__' ? undefined : member,
  )
const size = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + 1 + size(member), 0)
    : 0

/** JSON, with dates and members without a value in between. */
const values = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue(),
    fc.constantFrom(undefined, NaN, Infinity, new Date(0)),
    fc.array(again('value'), { maxLength: 40 }),
    fc.dictionary(fc.string(), again('value'), { maxKeys: 40 }),
  ),
})).value

describe('[R821] A value that a run keeps', () => {
  it('is what JSON makes of it, frozen all the way down', () => {
    fc.assert(
      fc.property(values, (value) => {
        const wanted = value === undefined ? null : asJson(value)
        for (const made of [frozenCopy(value) ?? null, frozenJson(value)]) {
          expect(made).toEqual(wanted)
          expect(isFrozen(made)).toBe(true)
        }
      }),
    )
  })

  it('is itself where it was kept already, whatever is in it', () => {
    fc.assert(
      fc.property(values, (value) => {
        const made = frozenCopy(value) ?? null
        expect(frozenJson(made)).toBe(made)
        expect(frozenCopy(made)).toBe(made)
        const around = frozenCopy({ made, more: [made] }) as Record<string, unknown>
        expect(around['made']).toBe(made)
      }),
    )
  })

  it('is a copy of what others may go on changing, also where they froze a part', () => {
    const given = Object.freeze({ list: [1, 2], at: Object.freeze({ deep: [3] }) })
    const made = frozenCopy(given)
    given.list.push(3)
    given.at.deep.push(4)
    expect(made).toEqual({ list: [1, 2], at: { deep: [3] } })
  })

  it('is not taken for kept because it is frozen', () => {
    class Money {
      amount = 1
    }
    const odd = [
      Object.freeze({ a: undefined }),
      Object.freeze({ a: NaN }),
      Object.freeze([undefined, 1]),
      // A list with a hole.
      // oxlint-disable-next-line no-sparse-arrays
      Object.freeze([1, , 2]),
      Object.freeze({ at: Object.freeze(new Date(0)) }),
      Object.freeze(JSON.parse('{"__proto__":{"a":1},"b":2}') as object),
    ]
    for (const value of odd) {
      const made = frozenCopy(value)
      expect(made).not.toBe(value)
      expect(frozenJson(value)).toEqual(made)
    }
    expect(Object.getPrototypeOf(frozenCopy(Object.freeze(new Money())))).toBe(Object.prototype)
  })

  it('is looked through once where there is much in it', () => {
    let asked = 0
    const counted = new Proxy(
      {},
      {
        ownKeys: (target) => {
          asked += 1
          return Reflect.ownKeys(target)
        },
      },
    )
    const large = frozenJson([...Array.from({ length: 100 }, (_, index) => ({ index })), counted])
    expect(size(large)).toBeGreaterThan(64)
    const once = asked
    expect(frozenJson(large)).toBe(large)
    expect(frozenCopy(large)).toBe(large)
    expect(asked).toBe(once)
  })
})

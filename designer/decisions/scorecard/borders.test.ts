import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '#core/logic/compile.ts'
import { parseCell } from '../table/cell-text.ts'
import { bordersOf, moveBorder } from './borders.ts'
import { distribution } from './distribution.ts'

const bin = (id: string, text: string) => {
  const cell = parseCell(text)
  if (!('logic' in cell)) throw new Error(cell.problem)
  return { id, when: cell.logic, points: 0 }
}
const number = fc.integer({ min: -1000, max: 1000 })

/** Bins that leave nothing out, with their borders. */
const whole = fc.uniqueArray(number, { minLength: 1, maxLength: 6 }).map((list) => {
  const borders = list.toSorted((a, b) => a - b)
  const bins = [
    bin('first', `< ${borders[0]}`),
    ...borders.slice(1).map((to, index) => bin(`b${index}`, `[${borders[index]}..${to})`)),
    bin('last', `>= ${borders.at(-1)}`),
  ]
  return { borders, bins }
})

const inBin = (bins: ReturnType<typeof moveBorder>, value: number): string[] =>
  bins
    .filter(({ when }) => compileLogic(when)({ '?': value }, { at: 0 }) === true)
    .map(({ id }) => id)

describe('the borders of bins', () => {
  it('[R793] move on both of their sides: no value is lost or taken twice, and only values between the places change bins', () => {
    fc.assert(
      fc.property(whole, fc.nat(), number, number, ({ borders, bins }, pick, to, value) => {
        const at = pick % borders.length
        const from = borders[at] ?? 0
        const [low, high] = [borders[at - 1] ?? -Infinity, borders[at + 1] ?? Infinity]
        fc.pre(low < to && to < high)
        const moved = moveBorder(bins, from, to)
        expect(bordersOf(moved)).toEqual(borders.with(at, to))
        expect(inBin(moved, value)).toHaveLength(1)
        const changes = value >= Math.min(from, to) && value < Math.max(from, to)
        expect(inBin(moved, value)[0] === inBin(bins, value)[0]).toBe(!changes)
      }),
    )
  })

  it('[R793] are the numbers that the value is compared with, and nothing else of a cell', () => {
    const bins = [
      bin('list', '1, 2'),
      bin('any', '-'),
      bin('not', 'not(5)'),
      bin('field', '> limit'),
      bin('range', '(10..20]'),
    ]
    expect(bordersOf(bins)).toEqual([10, 20])
    expect(moveBorder(bins, 20, 25).slice(0, 4)).toEqual(bins.slice(0, 4))
  })

  it('[R793] are drawn on all values, the furthest in the bars at the ends', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), fc.array(number), (values, wanted) => {
        const isBad = (index: number): boolean => index % 3 === 0
        const lie = distribution(values, { isBad, wanted })
        if (lie === null) return
        const sum = (list: readonly number[]): number => list.reduce((all, each) => all + each, 0)
        expect(sum(lie.counts)).toBe(values.length)
        expect(sum(lie.bads)).toBe(values.filter((_, index) => isBad(index)).length)
        for (const each of wanted) {
          expect(each).toBeGreaterThanOrEqual(lie.from)
          expect(each).toBeLessThan(lie.to)
        }
        expect(lie.counts.length).toBeLessThanOrEqual(42)
      }),
    )
    expect(distribution([], { isBad: () => false, wanted: [1, 2] })).toBeNull()
    expect(distribution([3, 3], { isBad: () => false, wanted: [] })).toBeNull()
  })
})

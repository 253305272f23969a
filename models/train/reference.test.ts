import { describe, expect, it } from 'vitest'
import type { Column } from './feature-bins.ts'
import { leakSuspects } from './leakage.ts'
import { auc } from './metrics.ts'
import { createRandom } from './random.ts'
import { hasReferenceData, readReference } from './reference-data.ts'
import { fitWoeModel, logOddsOf } from './scorecard.ts'

const rowsAt = (columns: readonly Column[], rows: readonly number[]): Column[] =>
  columns.map((column) => ({ ...column, values: rows.map((row) => column.values[row] as number) }))

/** Mean area under the curve over five folds. */
function crossValidated(columns: readonly Column[], target: readonly boolean[]): number {
  const order = createRandom(1).shuffle([...target.keys()])
  const areas = Array.from({ length: 5 }, (_, fold) => {
    const test = order.filter((_row, at) => at % 5 === fold)
    const train = order.filter((_row, at) => at % 5 !== fold)
    const model = fitWoeModel(
      rowsAt(columns, train),
      train.map((row) => target[row] as boolean),
    )
    const scores = test.map((row) =>
      logOddsOf(
        model,
        columns.map((column) => column.values[row] as number),
      ),
    )
    return auc(
      test.map((row) => target[row] as boolean),
      scores,
    )
  })
  return areas.reduce((sum, area) => sum + area, 0) / areas.length
}

/** HELOC's codes −7, −8 and −9 mean that there is no value; rows of −9 only have no file at all. */
function heloc(): ReturnType<typeof readReference> {
  const { columns, target } = readReference('heloc.txt', {
    target: 0,
    bad: '1',
    separator: ' ',
    header: false,
  })
  const filed = [...target.keys()].filter((row) => columns.some(({ values }) => values[row] !== -9))
  const known = columns.map((column) => ({
    ...column,
    values: column.values.map((value) => (value < 0 ? Number.NaN : value)),
  }))
  return { columns: rowsAt(known, filed), target: filed.map((row) => target[row] as boolean) }
}
const german = () => readReference('german.csv', { target: 'creditability', bad: 'bad' })
const hmeq = () => readReference('hmeq.csv', { target: 'BAD', bad: '1' })

const needs = (file: string): string => (hasReferenceData(file) ? '' : ` (SKIPPED: no ${file})`)

describe('[R108] the trainer on public data', () => {
  it.skipIf(!hasReferenceData('german.csv'))(
    `German credit: five-fold AUC within 0.01 of the reference .790${needs('german.csv')}`,
    () => {
      const { columns, target } = german()
      expect([columns.length, target.length, target.filter(Boolean).length]).toEqual([
        20, 1000, 300,
      ])
      expect(Math.abs(crossValidated(columns, target) - 0.79)).toBeLessThan(0.01)
    },
  )

  it.skipIf(!hasReferenceData('hmeq.csv'))(
    `home equity, many missing values: five-fold AUC within 0.01 of .914${needs('hmeq.csv')}`,
    () => {
      const { columns, target } = hmeq()
      expect(Math.abs(crossValidated(columns, target) - 0.914)).toBeLessThan(0.01)
    },
  )

  it.skipIf(!hasReferenceData('heloc.txt'))(
    `HELOC: five-fold AUC within 0.01 of .804${needs('heloc.txt')}`,
    () => {
      const { columns, target } = heloc()
      expect(Math.abs(crossValidated(columns, target) - 0.804)).toBeLessThan(0.01)
    },
  )
})

describe('[R109] the leakage alarm', () => {
  it.skipIf(!hasReferenceData('heloc-leaky.csv'))(
    `is raised where missing values were filled in by class${needs('heloc-leaky.csv')}`,
    () => {
      const lines = readReference('heloc-leaky.csv', { target: 'RiskPerformance', bad: '1.0' })
      expect(leakSuspects(lines.columns, lines.target).length).toBeGreaterThan(0)
    },
  )

  it.skipIf(!hasReferenceData('heloc.txt'))(`is silent on honest data${needs('heloc.txt')}`, () => {
    for (const { columns, target } of [heloc(), german(), hmeq()])
      expect(leakSuspects(columns, target)).toEqual([])
  })
})

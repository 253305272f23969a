import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ScorecardModelCard } from '../card.ts'
import { trainDocumentClass } from './document-class.ts'
import { auc } from './metrics.ts'
import { trainPersonalLoanRisk } from './personal-loan-risk.ts'
import { generatePortfolio, trueLogOdds } from './portfolio.ts'
import { writeModel } from './write-model.ts'

const shipped = join(import.meta.dirname, '../shipped')
const fresh = mkdtempSync(join(tmpdir(), 'metis-train-'))
afterAll(() => rmSync(fresh, { recursive: true, force: true }))

describe('training anew', () => {
  it.each([
    ['personal-loan-risk', trainPersonalLoanRisk],
    ['document-class', trainDocumentClass],
  ])('[R99] gives the shipped %s, byte for byte', { timeout: 60_000 }, async (name, train) => {
    const folder = await writeModel(fresh, train())
    for (const file of ['model.onnx', 'card.json'])
      expect(
        readFileSync(join(folder, file)).equals(readFileSync(join(shipped, name, '1.0.0', file))),
      ).toBe(true)
  })
})

describe('the shipped scorecard', () => {
  const card = JSON.parse(
    readFileSync(join(shipped, 'personal-loan-risk/1.0.0/card.json'), 'utf8'),
  ) as ScorecardModelCard

  it('[R100] gives more points wherever the evidence is better', () => {
    for (const { beta, bins } of card.scorecard.features) {
      expect(beta).toBeLessThan(0)
      const byWoe = bins.toSorted((a, b) => a.woe - b.woe).map(({ points }) => points)
      expect(byWoe).toEqual(byWoe.toSorted((a, b) => a - b))
    }
  })

  it('ranks the holdout nearly as well as the equation that made it', () => {
    const { seed, trainingRows, holdoutRows } = card.data
    const holdout = generatePortfolio(trainingRows + holdoutRows, seed).slice(trainingRows)
    const best = auc(
      holdout.map(({ bad }) => bad),
      holdout.map((loan) => trueLogOdds(loan)),
    )
    expect(best - card.metrics.holdout.auc).toBeLessThan(0.02)
    expect(card.metrics.holdout.auc).toBeLessThan(best)
  })

  it('[R101] is calibrated on the holdout, each band worse than the one above', () => {
    expect(card.metrics.holdout.calibrationError).toBeLessThan(0.01)
    const rates = card.metrics.holdout.bands.map(({ badRate }) => badRate)
    expect(rates).toEqual(rates.toSorted((a, b) => a - b))
  })
})

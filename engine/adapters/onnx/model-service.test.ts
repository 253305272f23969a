import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createModelRegistry } from '#models/registry.ts'
import { encodeFeatures } from '#models/scorecard/encode.ts'
import { scoreRow } from '#models/scorecard/score.ts'
import { createModelService } from './model-service.ts'

const shipped = join(import.meta.dirname, '../../../models/shipped')
const registry = createModelRegistry(shipped)
const models = createModelService(registry)
const risk = { name: 'personal-loan-risk' }
const applicant = {
  bureauScore: 690,
  maxDpd12m: 30,
  enquiries3m: 4,
  bureauAgeMonths: 20,
  monthlyIncome: 42_000,
  foir: 0.52,
  loanToIncome: 7.5,
  employmentType: 'self_employed',
  employmentMonths: null,
}
const scorecardOf = () => {
  const { card } = registry.resolve(risk.name)
  if (card.kind !== 'scorecard') throw new Error('the shipped scorecard is none')
  return card.scorecard
}

describe('scoring', () => {
  it('gives what the scorecard gives in plain TypeScript', async () => {
    const card = scorecardOf()
    const plain = scoreRow(card, encodeFeatures(card.features, applicant, risk.name))
    const result = await models.score(risk, applicant)
    expect(result.score).toBe(plain.score)
    expect(Math.abs(result.probability - plain.probability)).toBeLessThan(1e-5)
    expect(result.model).toEqual(registry.resolve(risk.name).info)
  })

  it('[R103] factors explain the score: largest first, they sum to its distance from the average applicant', async () => {
    const { score, factors } = await models.score(risk, applicant)
    const average = scorecardOf().features.reduce(
      (sum, { averagePoints }) => sum + averagePoints,
      0,
    )
    const moved = factors.reduce((sum, { contribution }) => sum + contribution, 0)
    expect(moved).toBeCloseTo(score - average, 6)
    const sizes = factors.map(({ contribution }) => Math.abs(contribution))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(factors.find(({ feature }) => feature === 'foir')).toMatchObject({
      value: 0.52,
      text: 'Obligations, the new EMI included, are a large part of the income',
    })
  })

  it.each([
    [{ bureauScore: 820, foir: 0.1, monthlyIncome: 120_000, loanToIncome: 2 }, 'A'],
    [{}, 'E'],
  ])('%j falls into band %s', async (change, category) => {
    expect((await models.score(risk, { ...applicant, ...change })).category).toBe(category)
  })

  it.each([
    ['MODEL_UNKNOWN', { name: 'nobody' }, applicant],
    ['MODEL_VERSION_UNKNOWN', { ...risk, version: '7.0.0' }, applicant],
    ['MODEL_KIND_WRONG', { name: 'document-class' }, applicant],
    ['MODEL_FEATURE_MISSING', risk, { ...applicant, monthlyIncome: null }],
    ['MODEL_FEATURE_TYPE', risk, { ...applicant, monthlyIncome: 'much' }],
  ])('fails with %s', async (code, model, features) => {
    await expect(models.score(model, features)).rejects.toMatchObject({ code })
  })

  it('many at once give what each gives alone', async () => {
    const incomes = Array.from({ length: 50 }, (_, at) => 20_000 + at * 2_000)
    const score = async (monthlyIncome: number): Promise<number> =>
      (await models.score(risk, { ...applicant, monthlyIncome })).score
    const together = await Promise.all(incomes.map(score))
    const alone: number[] = []
    for (const income of incomes) alone.push(await score(income))
    expect(together).toEqual(alone)
  })
})

describe('a release', () => {
  const dir = mkdtempSync(join(tmpdir(), 'metis-pins-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('[R104] keeps the version that it pins when a newer one arrives; an explicit version goes first', async () => {
    cpSync(shipped, dir, { recursive: true })
    const versions = join(dir, risk.name)
    cpSync(join(versions, '1.0.0'), join(versions, '1.1.0'), { recursive: true })
    const file = join(versions, '1.1.0/card.json')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"version": "1.0.0"', '"version": "1.1.0"'),
    )
    const service = createModelService(createModelRegistry(dir))
    const versionOf = async (by: Pick<typeof service, 'score'>, version?: string) =>
      (await by.score({ ...risk, ...(version && { version }) }, applicant)).model.version
    const pinned = service.for({ [risk.name]: '1.0.0' })
    expect(await versionOf(service)).toBe('1.1.0')
    expect(await versionOf(pinned)).toBe('1.0.0')
    expect(await versionOf(pinned, '1.1.0')).toBe('1.1.0')
  })
})

describe('a model file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'metis-onnx-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('[R102] that was changed is refused; put right, it is used without a restart', async () => {
    cpSync(shipped, dir, { recursive: true })
    const file = join(dir, 'personal-loan-risk/1.0.0/model.onnx')
    const right = readFileSync(file)
    writeFileSync(file, 'changed')
    const service = createModelService(createModelRegistry(dir))
    await expect(service.score(risk, applicant)).rejects.toMatchObject({
      code: 'MODEL_HASH_MISMATCH',
    })
    writeFileSync(file, right)
    await expect(service.score(risk, applicant)).resolves.toHaveProperty('score')
  })
})

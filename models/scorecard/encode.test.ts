import { describe, expect, it } from 'vitest'
import { encodeFeatures } from './encode.ts'

const features = [
  { name: 'income', title: 'Income', required: true },
  { name: 'score', title: 'Score', required: false },
  { name: 'job', title: 'Job', required: false, categories: ['salaried', 'government'] },
]
const encode = (values: Parameters<typeof encodeFeatures>[1]) =>
  encodeFeatures(features, values, 'risk')

describe('encodeFeatures', () => {
  it('numbers stay, categories become codes, null and absent become NaN, unknown names are ignored', () => {
    expect(encode({ income: 5, job: 'government', score: null, extra: 'x' })).toEqual([5, NaN, 1])
    expect(encode({ income: 0 })).toEqual([0, NaN, NaN])
  })

  it.each([
    ['MODEL_FEATURE_MISSING', { score: 700 }, 'income'],
    ['MODEL_FEATURE_MISSING', { income: null }, 'income'],
    ['MODEL_FEATURE_TYPE', { income: '50000' }, 'income'],
    ['MODEL_FEATURE_TYPE', { income: 1, job: 'pirate' }, 'job'],
    ['MODEL_FEATURE_TYPE', { income: 1, job: 0 }, 'job'],
  ])('[R105] %s for %j names the feature and not the value', (code, values, feature) => {
    let thrown: unknown
    try {
      encode(values)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code, params: { model: 'risk', feature } })
    expect(String(thrown)).not.toMatch(/50000|pirate/)
  })

  it('a feature named like a property of every object is not taken from there', () => {
    const odd = [{ name: 'constructor', title: '', required: false }]
    expect(encodeFeatures(odd, {}, 'risk')).toEqual([NaN])
  })
})

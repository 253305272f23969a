import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { documentLabels, generateStrangers, generateTexts } from './document-texts.ts'
import { ocrNoise } from './ocr-noise.ts'

describe('synthetic texts', () => {
  const texts = generateTexts(2_000, createRandom(1))

  it('every class is there, three parts in ten are other', () => {
    const share = (label: string): number =>
      texts.filter((text) => text.label === label).length / texts.length
    for (const label of documentLabels) expect(share(label)).toBeGreaterThan(0.08)
    expect(share('other')).toBeCloseTo(0.29, 1)
  })

  it('no slot stays open', () => {
    const all = [...texts.map(({ text }) => text), ...generateStrangers(200, createRandom(2))]
    expect(all.filter((text) => /\{\w+\}/.test(text))).toEqual([])
  })

  it('without noise a page is read as it is; the more noise, the less of it is left', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `Net Pay ${at} Rupees`)
    const kept = (level: number): number => {
      const read = new Set(ocrNoise(lines, level, createRandom(3)).split('\n'))
      return lines.filter((line) => read.has(line)).length
    }
    expect(ocrNoise(lines, 0, createRandom(3))).toBe(lines.join('\n'))
    expect([kept(0), kept(0.1) > kept(0.3), kept(0.3) > kept(1), kept(1) < 40]).toEqual([
      400,
      true,
      true,
      true,
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { distanceText, momentText } from './moment-text.ts'

describe('momentText', () => {
  const now = new Date(2026, 10, 23, 18, 30).getTime()
  it('shows only the clock today', () =>
    expect(momentText(new Date(2026, 10, 23, 9, 5).getTime(), now)).toBe('09:05'))
  it('adds the date on other days', () =>
    expect(momentText(new Date(2026, 10, 21, 9, 5).getTime(), now)).toBe('21 Nov, 09:05'))
})

describe('distanceText', () => {
  it('tells the future from the past', () => {
    expect(distanceText(10_800_000, 0)).toBe('in 3 h')
    expect(distanceText(0, 186_400_000)).toBe('2 d ago')
  })
})

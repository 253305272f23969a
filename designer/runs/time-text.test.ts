import { describe, expect, it } from 'vitest'
import { distanceText, durationText, momentText } from './time-text.ts'

describe('durationText', () => {
  it.each([
    [0, '0 ms'],
    [840.4, '840 ms'],
    [1_000, '1 s'],
    [2_449, '2.4 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [356_400_000, '4 d 3 h'],
  ])('%d ms reads %s', (ms, text) => expect(durationText(ms)).toBe(text))

  it('never shows a negative time from clocks that differ', () =>
    expect(durationText(-50)).toBe('0 ms'))
})

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

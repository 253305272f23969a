import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '#core/logic/compile.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { minusTime, plusTime, toDuration } from '#core/logic/times.ts'

const at = Date.UTC(2026, 10, 23, 20, 15)
const value = (text: string, data: JsonObject = {}): Json => {
  const result = parseFeel(text)
  if ('problems' in result) throw new Error(`${text}: ${JSON.stringify(result.problems)}`)
  return compileLogic(result.logic)(data, { at })
}

describe('days, times and durations', () => {
  it.each<readonly [string, Json]>([
    ['date("2024-01-31") + duration("P1M")', '2024-02-29'],
    ['duration("P1Y") + date("2024-02-29")', '2025-02-28'],
    ['date("2024-03-01") - duration("P1D")', '2024-02-29'],
    ['date(opened) - date("2024-01-01")', 'P31D'],
    ['(date(opened) - date("2024-01-01")).days', 31],
    ['date(opened).year', 2024],
    ['date("2024-02-01").weekday', 4],
    ['date(2024, 2, 29)', '2024-02-29'],
    ['date(2023, 2, 29)', null],
    ['@"P1D" + date(opened)', '2024-02-02'],
    ['date and time("2024-02-01T10:30:00Z") + duration("PT90M")', '2024-02-01T12:00:00Z'],
    ['date and time("2024-02-01", "10:30:00").hour', 10],
    ['date and time("2024-02-01T10:30:00+05:30") - date and time(utc)', 'PT0S'],
    ['time("10:30:15").minute', 30],
    ['duration("P14M")', 'P1Y2M'],
    ['duration("P14M").months', 2],
    ['duration("P1Y") > duration("P11M")', true],
    ['duration("P1Y") = duration("P12M")', true],
    ['years and months duration(date("2023-01-15"), date(opened))', 'P1Y'],
    ['duration("P1Y") + duration("P1D")', null],
    ['date(none) + duration("P1D")', null],
    ['today()', '2026-11-24'],
    ['now()', '2026-11-24T01:45:00+05:30'],
  ])('%s', (text, result) => {
    const data = { opened: '2024-02-01', utc: '2024-02-01T05:00:00Z' }
    expect(value(text, data)).toEqual(result)
  })
  it.each<readonly [string, Json]>([
    ['a = b', true],
    ['a != b', false],
    ['a <= b', true],
    ['a < b', false],
    ['a < c', true],
    ['c > b', true],
    ['a in [b, c]', true],
    ['a = @"2026-04-01T04:00:00Z"', true],
    ['a in ("2026-04-01T04:00:00Z", "x")', true],
    ['a < @"2026-04-01T04:00:01Z"', true],
    ['max([a, c, b]) = c', true],
    ['a between b and c', true],
    ['l < m', true],
    ['l = m', false],
    ['a = "x"', false],
  ])('[R715] times with different offsets compare as instants: %s', (text, result) => {
    const data = {
      a: '2026-04-01T09:30:00+05:30',
      b: '2026-04-01T04:00:00Z',
      c: '2026-04-01T00:00:00-05:00',
      l: '2026-04-01T04:00:00',
      m: '2026-04-01T09:30:00',
    }
    expect(value(text, data)).toEqual(result)
  })

  it('[R404] A duration added to a day and taken off again gives the day; the duration between two days leads from one to the other.', () => {
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, fc.integer({ min: -5000, max: 5000 }), (from, to, days) => {
        const span = toDuration(days < 0 ? `-P${-days}D` : `P${days}D`)
        expect(minusTime(plusTime(from, span), span)).toBe(from)
        expect(plusTime(from, minusTime(to, from))).toBe(to)
      }),
    )
  })
})

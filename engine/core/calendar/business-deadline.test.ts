import fc from 'fast-check'
import { expect, it } from 'vitest'
import { businessDeadline } from '#core/calendar/business-deadline.ts'
import { calendarSchema, weekdays, type Calendar } from '#core/calendar/calendar.ts'
import { builtInCalendar } from '#core/calendar/india.ts'

const india = calendarSchema.parse(builtInCalendar('india'))
const at = (text: string): number => Date.parse(`${text}+05:30`)
const minutes = (count: number): string =>
  `${String(Math.floor(count / 60)).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}`
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: 2 })
  .map((pair) => {
    const [opens = 0, closes = 0] = pair.toSorted((a, b) => a - b)
    return { opens: minutes(opens), closes: minutes(closes) }
  })
const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2027, 0) })
const calendars = fc
  .record({
    days: fc.uniqueArray(fc.tuple(fc.constantFrom(...weekdays), hours), {
      minLength: 1,
      selector: ([day]) => day,
    }),
    offset: fc.integer({ min: -720, max: 840 }),
    holidays: fc.array(moments, { maxLength: 60 }),
  })
  .map(({ days, offset, holidays }): Calendar => ({
    id: 'any',
    name: 'Any',
    offset,
    workdays: Object.fromEntries(days),
    holidays: holidays.map((ms) => ({ date: new Date(ms).toISOString().slice(0, 10), name: '' })),
  }))
const days = fc.integer({ min: 1, max: 40 }).map((count) => ({ days: count }))
const time = fc.oneof(
  days,
  fc.integer({ min: 1, max: 300 }).map((count) => ({ hours: count })),
)

it('[R179] a business deadline is never early, and a later begin or more time never makes it earlier', () => {
  fc.assert(
    fc.property(calendars, moments, fc.nat(10 ** 9), time, (calendar, from, later, much) => {
      const deadline = businessDeadline(calendar, from, much)
      expect(deadline).toBeGreaterThan(from)
      expect(businessDeadline(calendar, from + later, much)).toBeGreaterThanOrEqual(deadline)
      const more = 'days' in much ? { days: much.days + 1 } : { hours: much.hours + 1 }
      expect(businessDeadline(calendar, from, more)).toBeGreaterThan(deadline)
    }),
  )
})

it('[R179] so many days and then so many more are their sum; so are hours', () => {
  fc.assert(
    fc.property(calendars, moments, fc.nat(30), fc.nat(30), (calendar, from, one, two) => {
      for (const unit of ['days', 'hours'] as const) {
        const after = (begin: number, count: number): number =>
          businessDeadline(calendar, begin, unit === 'days' ? { days: count } : { hours: count })
        expect(after(after(from, one), two)).toBe(after(from, one + two))
      }
    }),
  )
})

it('[R179] no deadline falls on a holiday or a closed day', () => {
  fc.assert(
    fc.property(calendars, moments, time, (calendar, from, much) => {
      // The last moment of a day that closes at 24:00 is still of that day.
      const local = new Date(businessDeadline(calendar, from, much) - 1 + calendar.offset * 60_000)
      const date = local.toISOString().slice(0, 10)
      expect(calendar.holidays.map((holiday) => holiday.date)).not.toContain(date)
      expect(calendar.workdays[weekdays[(local.getUTCDay() + 6) % 7] ?? 'sun']).toBeDefined()
    }),
  )
})

it('[R179] in India Sundays and the national holidays do not count', () => {
  // Saturday before Republic Day, a Monday in 2026.
  const from = at('2026-01-24T17:00')
  expect(businessDeadline(india, from, { days: 1 })).toBe(at('2026-01-27T18:00'))
  expect(businessDeadline(india, from, { hours: 2 })).toBe(at('2026-01-27T11:00'))
})

it('a calendar that is closed every day is told instead of searched for ever', () => {
  const dates = Array.from({ length: 366 }, (_, day) => ({
    date: new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(5, 10),
    name: '',
  }))
  expect(() => businessDeadline({ ...india, holidays: dates }, 0, { days: 1 })).toThrow(
    'no open day',
  )
})

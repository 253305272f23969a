import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Calendar } from '#core/calendar/calendar.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const hours = { opens: '09:00', closes: '17:00' }
const branch: Omit<Calendar, 'id'> = {
  name: 'Branch',
  offset: 330,
  workdays: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
  holidays: [],
}
const put = (calendar: object, more: { ifMatch?: number } = {}) =>
  bench.engine.calendars.put({
    ...by,
    reason: 'holidays of the year',
    calendar: { id: 'branch', ...branch, ...calendar },
    ...more,
  })
const waiting = (calendar: string) =>
  sketch(
    'waits',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'pause', type: 'flow.wait', config: { business: { days: 1, calendar } } },
      { id: 'end', type: 'flow.end' },
    ],
    ['start.out > pause', 'pause.out > end'],
  )
const deadlineOf = (run: string) => {
  const [due] = bench.engine
    .events('default', { from: 0, run })
    .flatMap(({ data }) => (typeof data['dueAt'] === 'number' ? [data['dueAt']] : []))
  return due === undefined ? null : new Date(due).toISOString()
}
const at = (text: string) => bench.clock.advance(Date.parse(text) - bench.clock.now())

it('[R377] a wait counts on the calendar of its tenant as it was when its flow was published', async () => {
  at('2026-03-02T11:00+05:30')
  expect(put({})).toEqual({ id: 'branch', version: 1 })
  const before = await bench.run(waiting('branch'))
  expect(put({ holidays: [{ date: '2026-03-03', name: 'Holi' }] })).toMatchObject({ version: 2 })
  const same = (await bench.engine.startRun({ ...by, flow: 'waits', input: {} })).id
  await bench.reopen({ killed: true })
  bench.engine.flows.publish({ ...by, id: 'waits' })
  const after = (await bench.engine.startRun({ ...by, flow: 'waits', input: {} })).id
  const [tuesday, wednesday] = ['2026-03-03T11:30:00.000Z', '2026-03-04T11:30:00.000Z']
  expect([before, same, after].map(deadlineOf)).toEqual([tuesday, tuesday, wednesday])
  at('2026-03-03T17:00+05:30')
  await bench.engine.idle()
  expect([before, after].map((run) => bench.engine.getRun('default', run).status)).toEqual([
    'completed',
    'waiting',
  ])
  expect(bench.engine.replay('default', after)).toMatchObject({ same: true })
})

it('[R377] versions never change; one may be asked for, and a save on top of another is noticed', () => {
  put({})
  put({ name: 'Head office' }, { ifMatch: 1 })
  expect(put({ name: 'Head office' })).toEqual({ id: 'branch', version: 2 })
  expect(() => put({ name: 'Stale' }, { ifMatch: 1 })).toThrow('saved by ada in the meantime')
  const { calendars } = bench.engine
  expect(calendars.get('default', 'branch')).toMatchObject({
    version: 2,
    calendar: { name: 'Head office' },
    versions: [{ version: 2, publishedBy: 'ada' }, { version: 1 }],
  })
  expect(calendars.get('default', 'branch', 1).calendar).toEqual({ id: 'branch', ...branch })
  expect(() => calendars.get('default', 'branch', 3)).toThrow('branch@3')
  expect(bench.engine.verify('default')).toMatchObject({ ok: true })
})

it('[R377] a tenant’s own goes before the one that is built in, and is no other tenant’s', async () => {
  put({})
  const shown = (tenant: string) => bench.engine.calendars.list(tenant).map(({ id }) => id)
  expect([shown('default'), shown('other')]).toEqual([['branch', 'india'], ['india']])
  put({ id: 'india', workdays: { sun: hours } })
  at('2026-03-02T11:00+05:30')
  expect(deadlineOf(await bench.run(waiting('india')))).toBe('2026-03-08T11:30:00.000Z')
  expect(bench.engine.calendars.get('other', 'india').version).toBeNull()
  await expect(bench.run(waiting('moon'))).rejects.toMatchObject({
    findings: [{ code: 'CALENDAR_UNKNOWN' }],
  })
})

it.each([
  ['a day that no calendar has', { holidays: [{ date: '2026-02-30', name: '' }] }, 'no such day'],
  [
    'a day that closes before it opens',
    { workdays: { mon: { opens: '9:00', closes: '8:00' } } },
    'write 09:30',
  ],
  ['no open day of the week', { workdays: {} }, 'must be open'],
  [
    'no open day at all',
    { workdays: { mon: { opens: '00:00', closes: '24:00' } }, holidays: everyDay() },
    'no open day',
  ],
  ['an id that is none', { id: 'My Branch' }, 'id'],
])('[R377] %s is refused with what is wrong', (_what, calendar, message) => {
  expect(() => put(calendar)).toThrow(message)
  expect(bench.engine.calendars.list('default')).toMatchObject([{ id: 'india' }])
})

function everyDay() {
  return Array.from({ length: 366 }, (_, day) => ({
    date: new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(5, 10),
    name: '',
  }))
}

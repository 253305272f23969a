import { expect, it } from 'vitest'
import { compile } from '#core/compile/compile.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import { runInfo } from '#core/step/run-fixture.ts'
import type { Effect } from '#core/step/types.ts'
import type { Json } from '#core/json.ts'
import { buildRelease } from './releases.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const release = (wait: object) => {
  const flow = draw(
    { start: 'flow.start', wait: { type: 'flow.wait', ...wait }, end: 'flow.end' },
    ['start -> wait', 'wait -> end'],
  )
  return buildRelease(flow, {
    registry,
    decision: () => undefined,
    model: () => undefined,
    flow: () => undefined,
  })
}

/** What a run that begins at `at` asks for. */
function asked(wait: object, at: number, input: Json = null): Effect | undefined {
  const program = compile(release(wait).release, registry)
  return createCore().step(program, null, { type: 'start', at, run: runInfo, input }).effects[0]
}
const until = { inputs: { until: { var: 'input.until' } } }
const friday = Date.parse('2026-01-23T11:00+05:30')

it('[R180] waits until a day, a time with its offset, or milliseconds', () => {
  const times: [Json, number][] = [
    ['2026-03-04', Date.parse('2026-03-04T00:00+05:30')],
    ['2026-03-04T18:00:00+05:30', Date.UTC(2026, 2, 4, 12, 30)],
    [1_800_000_000_000, 1_800_000_000_000],
  ]
  for (const [given, dueAt] of times)
    expect(asked(until, 0, { until: given })).toMatchObject({ kind: 'timer', dueAt })
  for (const given of [null, 'soon', '2026-03-04T18:00', '2026-02-30'])
    expect(asked(until, 0, { until: given })).toMatchObject({
      kind: 'incident',
      error: { code: 'UNTIL_NO_TIME' },
    })
})

it('[R180] counts business time on the calendar that the release has taken over', () => {
  const days = { config: { business: { days: 2 } } }
  expect(release(days).release.calendars).toMatchObject({ india: { offset: 330 } })
  // Saturday, then not Sunday and not Republic Day but Tuesday.
  expect(asked(days, friday)).toMatchObject({ dueAt: Date.parse('2026-01-27T18:00+05:30') })
  expect(asked({ config: { business: { hours: 8 } } }, friday)).toMatchObject({
    dueAt: Date.parse('2026-01-24T11:00+05:30'),
  })
})

it('[R180] an unknown calendar is a finding; none is kept where none is named', () => {
  const unknown = release({ config: { business: { days: 1, calendar: 'moon' } } })
  expect(unknown.findings).toMatchObject([
    { code: 'CALENDAR_UNKNOWN', params: { calendar: 'moon' }, place: { node: 'wait' } },
  ])
  expect(release({ config: { duration: '1d' } }).release).not.toHaveProperty('calendars')
})

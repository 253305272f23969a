import { describe, expect, it } from 'vitest'
import { verb } from '#core/api/verbs.ts'
import { eventView, type EventView } from '#core/api/views.ts'
import { eventLine } from './event-line.ts'

const event = (type: EventView['type'], rest: Partial<EventView> = {}): EventView => ({
  seq: 1,
  at: 0,
  run: 'r',
  flow: 'f',
  type,
  step: null,
  node: null,
  data: {},
  ...rest,
})
const verbs = verb.options.map(({ shape }) => shape.do.value)
const nameOf = (node: string): string => ({ bureau: 'Bureau report' })[node] ?? node

describe('eventLine', () => {
  it.each(eventView.shape.type.options)('[R143] has words for %s', (type) =>
    expect(eventLine(event(type), nameOf).what).not.toMatch(/^event_/),
  )

  it.each([...verbs, 'start', 'complete_task', 'erase'])(
    '[R143] has words for the command %s',
    (action) =>
      expect(eventLine(event('command', { data: { action } }), nameOf).what).not.toBe(action),
  )

  it('names the node, the port and the attempt', () =>
    expect(
      eventLine(
        event('step.completed', {
          step: 'bureau:1',
          node: 'bureau',
          data: { port: 'hit', attempt: 3 },
        }),
        nameOf,
      ),
    ).toMatchObject({ node: 'Bureau report', detail: 'left by hit · attempt 3', byPerson: false }))

  it('keeps who did it and why', () =>
    expect(
      eventLine(event('run.cancelled', { data: { actor: 'asha', reason: 'duplicate' } }), nameOf),
    ).toMatchObject({ actor: 'asha', reason: 'duplicate', byPerson: true }))
})

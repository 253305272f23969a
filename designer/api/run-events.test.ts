import { describe, expect, it } from 'vitest'
import type { EventView, RunView } from '#core/api/views.ts'
import { applyEvents } from './run-events.ts'

const run: RunView = {
  id: 'r',
  flow: 'f',
  flowName: 'F',
  version: 1,
  release: '',
  caseKey: null,
  status: 'running',
  startedAt: 0,
  endedAt: null,
  at: [],
  input: null,
  output: null,
  error: null,
  steps: [],
  seq: 5,
}
const event = (seq: number, type: EventView['type'], data: EventView['data'] = {}): EventView => ({
  seq,
  at: seq * 10,
  run: 'r',
  flow: 'f',
  type,
  step: type.startsWith('step') ? 'ocr:1' : null,
  node: type.startsWith('step') ? 'ocr' : null,
  data,
})

describe('applyEvents', () => {
  it('moves steps and the run as the events say', () => {
    const moved = applyEvents(run, [
      event(6, 'step.started', { attempt: 1 }),
      event(7, 'step.retrying', { attempt: 2 }),
      event(8, 'step.completed', { port: 'read', attempt: 2 }),
      event(9, 'run.completed'),
    ])
    expect(moved.status).toBe('completed')
    expect(moved.endedAt).toBe(90)
    expect(moved.seq).toBe(9)
    expect(moved.steps).toMatchObject([
      { step: 'ocr:1', status: 'completed', port: 'read', attempts: 2, startedAt: 60, endedAt: 80 },
    ])
  })

  it('counts the runs that a step asked for as they end', () => {
    const children = { total: 12, started: 4, done: 0, failed: 0 }
    const step = { ...applyEvents(run, [event(6, 'step.started')]).steps[0]!, children }
    const told = event(7, 'step.progress', { done: 2, total: 12, failed: 1 })
    expect(applyEvents({ ...run, steps: [step] }, [told]).steps[0]).toMatchObject({
      children: { total: 12, started: 4, done: 2, failed: 1 },
      progress: { done: 2, total: 12 },
    })
  })

  it('ends where the run goes on as a new one', () =>
    expect(applyEvents(run, [event(6, 'run.continued')])).toMatchObject({
      status: 'continued',
      endedAt: 60,
    }))

  it('[R142] takes each event once, whatever comes again', () => {
    const events = [event(6, 'step.started'), event(7, 'step.completed')]
    const once = applyEvents(run, events)
    expect(applyEvents(once, events)).toEqual(once)
    expect(applyEvents(run, [event(4, 'run.failed')])).toEqual(run)
  })
})

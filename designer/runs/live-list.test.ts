import { describe, expect, it } from 'vitest'
import type { EventView, Page, RunSummary } from '#core/api/views.ts'
import { applyToPages, mergeNewest } from './live-list.ts'

const run = (id: string, rest: Partial<RunSummary> = {}): RunSummary => ({
  id,
  flow: 'personal-loan',
  flowName: 'Personal loan',
  version: 1,
  release: 'r',
  caseKey: null,
  status: 'running',
  startedAt: 1,
  endedAt: null,
  at: ['bureau'],
  ...rest,
})
const page = (items: RunSummary[], next: string | null = null): Page<RunSummary> => ({
  items,
  total: items.length,
  next,
})
const event = (id: string, type: EventView['type'], rest: Partial<EventView> = {}): EventView => ({
  seq: 1,
  at: 50,
  run: id,
  flow: 'personal-loan',
  type,
  step: null,
  node: null,
  data: {},
  ...rest,
})

describe('applyToPages', () => {
  it('moves a run from node to node and ends it', () => {
    const moved = applyToPages(
      [page([run('a')])],
      [
        event('a', 'step.completed', { node: 'bureau' }),
        event('a', 'step.waiting', { node: 'review' }),
        event('a', 'run.status', { data: { status: 'waiting' } }),
      ],
    )
    expect(moved[0]?.items[0]).toMatchObject({ status: 'waiting', at: ['review'] })
    const ended = applyToPages(moved, [event('a', 'run.completed')])
    expect(ended[0]?.items[0]).toMatchObject({ status: 'completed', at: [], endedAt: 50 })
  })

  it('keeps pages that the events do not concern, so that their rows do not render again', () => {
    const pages = [page([run('a')]), page([run('b')])]
    expect(applyToPages(pages, [event('a', 'run.failed')])[1]).toBe(pages[1])
  })
})

describe('mergeNewest', () => {
  it('puts new runs first and shows none twice', () => {
    const merged = mergeNewest(
      [page([run('b'), run('a')], 'x'), page([run('z')])],
      page([run('c'), run('b', { status: 'incident' })]),
    )
    expect(merged.map((each) => each.items.map((item) => item.id))).toEqual([
      ['c', 'b', 'a'],
      ['z'],
    ])
    expect(merged[0]?.items[1]?.status).toBe('incident')
    expect(merged[0]?.next).toBe('x')
  })
})

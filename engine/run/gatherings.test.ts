import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import type { Effect, Failure } from '#core/step/types.ts'
import type { ItemResultRow } from '#core/store.ts'
import { createGatherings } from './gatherings.ts'
import type { LiveRun } from './live-run.ts'

const failure: Failure = { code: 'DOWN', message: 'down' }

it('[R741] what a list has gathered is read once, whatever succeeds, fails or is added after', () => {
  const rows: ItemResultRow[] = []
  let reads = 0
  const gatherings = createGatherings({
    fanOuts: {
      results: () => {
        reads += 1
        return rows.toSorted((one, other) => one.item - other.item)
      },
    },
    codec: {
      decode: (_scope, _identity, data) => JSON.parse(new TextDecoder().decode(data)) as Json,
    },
  })
  // Only what places of values are named by is read of it.
  const run = { id: 'r', tenant: 't', scope: {} } as LiveRun
  const when = { logic: { gte: [{ count_of: [{ var: 'each.failed' }] }, 40] }, scope: {} }
  let effect: Extract<Effect, { kind: 'each' }> = {
    id: 'r/each/1',
    node: 'each',
    epoch: 1,
    kind: 'each',
    items: Array.from({ length: 90 }, () => null),
    outer: {},
    enough: { when, rest: 'stop' }, // prettier-ignore
  }
  const put = (item: number, status: 'done' | 'failed', value: unknown): void => {
    const data = new TextEncoder().encode(JSON.stringify(value))
    rows.push({ effect: effect.id, tenant: run.tenant, item, status, data })
  }
  const met: number[] = []
  for (let step = 0; step < 100; step += 1) {
    // Every item once, not in their order.
    const item = (step * 37) % 100
    if (item >= effect.items.length) effect = { ...effect, items: Array.from({ length: 100 }, () => null) } // prettier-ignore
    if (item % 2 === 0) {
      put(item, 'done', { item })
      gatherings.add(run, effect.id, { item, output: { item } })
    } else {
      put(item, 'failed', failure)
      gatherings.fail(run, effect.id, { item, error: failure })
    }
    if (gatherings.meets(run, effect, 0)) met.push(gatherings.of(run, effect).failed.length)
  }
  const kept = gatherings.of(run, effect)
  expect([reads, met[0]]).toEqual([1, 40])
  gatherings.drop(run, effect.id)
  const { results, failed } = gatherings.of(run, effect)
  expect({ results: kept.results, failed: kept.failed }).toEqual({ results, failed })
})

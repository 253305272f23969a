import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const body = { parent: 'each' }

/** Calls the peer for each of `input.items` and ends with what it answered. */
const overItems = (config: Record<string, Json>, edges: readonly string[] = []) =>
  sketch(
    'list',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'each', type: 'flow.each', config, inputs: { items: { var: 'input.items' } } },
      {
        id: 'call',
        type: 'test.call',
        config: { peer: 'peer' },
        inputs: { value: { var: 'item' } },
        policy: { retry: { attempts: 1, first: '1s', factor: 1, cap: '1s' } },
        ...body,
      },
      { id: 'told', type: 'flow.end', inputs: { output: { var: 'call' } }, ...body },
      {
        id: 'wrong',
        type: 'flow.end',
        config: { status: 'failed' },
        inputs: { output: { var: 'call.error' } },
        ...body,
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'each' } } },
    ],
    [
      'start.out > each',
      'each.item > call',
      'call.out > told',
      'call.other > told',
      'call.error > wrong',
      'each.out > end',
      ...edges,
    ],
  )

const range = (count: number) => Array.from({ length: count }, (_, n) => n)
const value = ({ inputs }: { inputs: unknown }) => (inputs as { value: number }).value

describe('a list', () => {
  it('[R240] runs its items in order and answers with their results in order', async () => {
    bench.peers.set('peer', (call) => value(call) * 2)
    const id = await bench.run(overItems({}), { items: [3, 1, 2] })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: [6, 2, 4], failed: [] })
    expect(bench.calls.map(({ key }) => key)).toEqual(
      [0, 1, 2].map((n) => `${id}:each:1/${n}:call:1`),
    )
  })

  it('[R241] has at most its limit under way at once', async () => {
    let under = 0
    let most = 0
    bench.peers.set('peer', async (call) => {
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setImmediate(resolve))
      under -= 1
      return value(call)
    })
    const id = await bench.run(overItems({ mode: 'concurrent', limit: 7 }), { items: range(40) })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: range(40), failed: [] })
    expect(most).toBe(7)
  })
})

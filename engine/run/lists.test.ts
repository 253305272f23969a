import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventView } from '#core/api/views.ts'
import { TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import { openDatabase } from '#engine/adapters/sqlite/open-database.ts'
import { openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
let told: EventView[]
const open = async (options: Parameters<typeof openBench>[0] = {}): Promise<void> => {
  bench = await openBench(options)
  told = []
  bench.engine.subscribe((_, events) => told.push(...events))
}
beforeEach(() => open())
afterEach(() => bench.close())

const range = (count: number) => Array.from({ length: count }, (_, n) => n)

/** Divides one by each of `input.items`; by zero it fails. */
const divides = (config: Record<string, Json>) =>
  sketch(
    'divides',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'each', type: 'flow.each', config, inputs: { items: { var: 'input.items' } } },
      {
        id: 'divide',
        type: 'test.divide',
        inputs: { by: { var: 'item' } },
        parent: 'each',
      },
      { id: 'told', type: 'flow.end', inputs: { output: { var: 'divide' } }, parent: 'each' },
      {
        id: 'wrong',
        type: 'flow.end',
        config: { status: 'failed' },
        inputs: { output: { var: 'divide.error' } },
        parent: 'each',
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'each' } } },
      { id: 'less', type: 'flow.end', inputs: { output: { var: 'each.error.code' } } },
    ],
    [
      'start.out > each',
      'each.item > divide',
      'divide.out > told',
      'divide.error > wrong',
      'each.out > end',
      'each.error > less',
    ],
  )

const progress = () => told.filter(({ type }) => type === 'step.progress')

it(
  '[R258] ten thousand items cost their parent two entries, whose size is the items’ own',
  { timeout: 300_000 },
  async () => {
    const items = range(10_000).map((n) => n + 1)
    const id = await bench.run(divides({ mode: 'concurrent', limit: 250 }), { items })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: items.map((n) => 1 / n), failed: [] })
    expect(bench.engine.replay('default', id)).toEqual({ same: true, entries: 2 })
    const db = openDatabase(bench.file)
    // A large value is kept once, beside the entries that refer to it.
    const stored = db
      .prepare<[string], { size: number }>(
        `SELECT (SELECT sum(length(data)) FROM journal WHERE stream = ?) +
           (SELECT sum(length(data)) FROM "values") AS size`,
      )
      .get(id)
    db.close()
    const own = JSON.stringify(items).length + JSON.stringify(run.output).length
    expect(stored?.size).toBeLessThan(2 * own)
  },
)

describe('a list', () => {
  it('[R259] tolerates as many failures as it says, and none more', async () => {
    const items = [1, 0, 2, 0, 4]
    const two = await bench.run(divides({ onFailure: 'tolerate', tolerate: 2 }), { items })
    expect((await bench.engine.settled('default', two)).output).toMatchObject({
      results: [1, null, 0.5, null, 0.25],
      failed: [{ index: 1 }, { index: 3 }],
    })
    const flow = { ...divides({ onFailure: 'tolerate', tolerate: 1 }), id: 'less', name: 'less' }
    const one = await bench.run(flow, { items })
    expect((await bench.engine.settled('default', one)).output).toBe('ITEM_FAILED')
    expect(bench.engine.listRuns('default', { parent: one }).total).toBe(4)
  })

  it('[R260] holds lists in its items, each with the names of those around it', async () => {
    const nested = sketch(
      'nested',
      [
        { id: 'start', type: 'flow.start' },
        { id: 'rows', type: 'flow.each', inputs: { items: { var: 'input.rows' } } },
        {
          id: 'cells',
          type: 'flow.each',
          inputs: { items: { var: 'item.cells' } },
          parent: 'rows',
        },
        {
          id: 'cell',
          type: 'flow.end',
          inputs: { output: { plus: [{ var: 'item' }, { var: 'input.base' }] } },
          parent: 'cells',
        },
        {
          id: 'row',
          type: 'flow.end',
          inputs: { output: { var: 'cells.results' } },
          parent: 'rows',
        },
        { id: 'end', type: 'flow.end', inputs: { output: { var: 'rows.results' } } },
      ],
      [
        'start.out > rows',
        'rows.item > cells',
        'cells.item > cell',
        'cells.out > row',
        'rows.out > end',
      ],
    )
    const rows = [{ cells: [1, 2] }, { cells: [] }, { cells: [3] }]
    const id = await bench.run(nested, { base: 100, rows })
    expect((await bench.engine.settled('default', id)).output).toEqual([[101, 102], [], [103]])
  })

  it('[R261] tells how far it is once in a transaction, as that leaves it', async () => {
    const commits: EventView[][] = []
    bench.engine.subscribe((_, events) => commits.push([...events]))
    const items = range(300).map((n) => n % 100)
    const id = await bench.run(divides({ mode: 'concurrent', limit: 50, onFailure: 'collect' }), {
      items,
    })
    await bench.engine.settled('default', id)
    const counts = progress().map(({ run, step, data }) => {
      expect([run, step, data['total']]).toEqual([id, 'each:1', 300])
      return Number(data['done']) + Number(data['failed'])
    })
    expect(counts).toEqual([...new Set(counts)].toSorted((a, b) => a - b))
    for (const events of commits) {
      const about = events.filter(({ type }) => type === 'step.progress')
      expect(about.length).toBeLessThanOrEqual(1)
    }
    expect(counts.length).toBeGreaterThan(2)
    expect(counts.length).toBeLessThan(items.length / 4)
  })
})

it('[R84] all that is told of a run is told again from any number: how far its lists are, what stands in their items', async () => {
  const answers: (() => void)[] = []
  bench.peers.set('peer', ({ inputs }) => {
    const { value } = inputs as { value: number }
    if (value === 2) throw new TerminalError('CONNECTION_UNKNOWN')
    return new Promise<number>((resolve) => answers.push(() => resolve(value)))
  })
  const asks = sketch(
    'asks',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'each',
        type: 'flow.each',
        config: { mode: 'concurrent', limit: 3 },
        inputs: { items: { var: 'input.items' } },
      },
      {
        id: 'ask',
        type: 'test.call',
        config: { peer: 'peer' },
        inputs: { value: { var: 'item' } },
        parent: 'each',
      },
      { id: 'told', type: 'flow.end', parent: 'each' },
      { id: 'end', type: 'flow.end' },
    ],
    ['start.out > each', 'each.item > ask', 'ask.out > told', 'ask.other > told', 'each.out > end'],
  )
  const run = await bench.run(asks, { items: [1, 2, 3] })
  const view = () => bench.engine.getRun('default', run)
  await vi.waitFor(() => expect(view().status).toBe('incident'), 20_000)
  const before = view().seq
  answers[0]?.()
  await vi.waitFor(() => expect(view().steps[1]?.children?.done).toBe(1), 20_000)
  const ofRun = told.filter((event) => event.run === run)
  const types = ofRun.map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['step.incident', 'run.status', 'step.progress']))
  await bench.reopen({ killed: true })
  for (const { seq } of ofRun)
    expect(bench.engine.events('default', { from: seq - 1, run })).toEqual(
      ofRun.filter((event) => event.seq >= seq),
    )
  // Who joins with what the run showed before hears how far the list is.
  expect(bench.engine.events('default', { from: before, run }).at(-1)).toMatchObject({
    type: 'step.progress',
    data: { done: 1, total: 3 },
  })
  const item = `${run}:each:1/0`
  expect(bench.engine.events('default', { from: 0, run: item })).toEqual(
    told.filter((event) => event.run === item),
  )
})

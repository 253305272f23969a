import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const feel = (text: string): Json => {
  const parsed = parseFeel(text)
  if ('problems' in parsed) throw new Error(text)
  return parsed.logic
}

/** A person looks at each of `input.items`, and gives what the item results in. */
const looks = (config: Record<string, Json>) =>
  sketch(
    'looks',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'each',
        type: 'flow.each',
        config: { mode: 'concurrent', ...config },
        inputs: { items: { var: 'input.items' }, key: { var: 'input.key' } },
      },
      {
        id: 'look',
        type: 'human.task',
        config: { title: 'Look', outcomes: [{ id: 'yes' }, { id: 'no' }] },
        parent: 'each',
      },
      { id: 'good', type: 'flow.end', inputs: { output: { var: 'look' } }, parent: 'each' },
      { id: 'bad', type: 'flow.end', config: { status: 'failed' }, parent: 'each' },
      {
        id: 'after',
        type: 'human.task',
        config: { title: 'After', outcomes: [{ id: 'yes' }] },
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'each' } } },
    ],
    [
      'start.out > each',
      'each.item > look',
      'look.yes > good',
      'look.no > bad',
      'each.out > after',
      'after.yes > end',
    ],
  )

const open = () =>
  bench.engine.listTasks(by.tenant, { status: 'open' }).items.toSorted((a, b) => (a.run < b.run ? -1 : 1)) // prettier-ignore
const at = (item: number | 'after') =>
  open().find(({ run, node }) => (item === 'after' ? node === item : run.endsWith(`/${item}`)))?.id
const answer = async (item: number | 'after', outcome = 'yes', value: Json = {}) => {
  await bench.engine.completeTask({ ...by, task: at(item) ?? '', outcome, value })
  await bench.engine.idle()
}
const start = async (config: Record<string, Json>, input: Json) => {
  const run = await bench.run(looks(config), input)
  await bench.engine.idle()
  return run
}
const add = (value: Json) => bench.engine.sendMessage({ ...by, name: 'lender', key: 'k', value })
const outputOf = async (run: string) => {
  await answer('after')
  return bench.engine.getRun(by.tenant, run).output
}
const same = (run: string) =>
  expect(bench.engine.replay(by.tenant, run)).toMatchObject({ same: true })

it('[R562] a list takes what was sent before it began and what comes while it runs, over a kill', async () => {
  await add('early')
  const adds = { message: 'lender', schema: { type: 'string' } }
  const run = await start({ adds }, { items: ['first'], key: 'k' })
  await bench.engine.idle()
  expect(open()).toHaveLength(2)
  await bench.reopen({ killed: true })
  await expect(add(7)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await bench.engine.operate({ ...by, run, verb: { do: 'suspend' } })
  expect(await add('late')).toMatchObject({ delivered: [], kept: true })
  await bench.engine.operate({ ...by, run, verb: { do: 'resume' } })
  await bench.engine.idle()
  const step = () => bench.engine.getRun(by.tenant, run).steps.find(({ node }) => node === 'each')
  expect(step()).toMatchObject({ input: { items: 3 }, children: { total: 3, started: 3 } })
  for (const item of [2, 0, 1]) await answer(item, 'yes', { n: item })
  expect(await outputOf(run)).toMatchObject({
    results: [{ n: 0 }, { n: 1 }, { n: 2 }],
    failed: [],
  })
  same(run)
})

it('[R563] a list goes on once its condition over what has come is met, whatever failed and whatever was restarted', async () => {
  const text = 'some offer in each.results satisfies offer.rate < 12'
  const enough = { when: feel(text) }
  const run = await start({ enough, onFailure: 'collect' }, { items: [1, 2, 3, 4], key: 'k' })
  await answer(0, 'yes', { rate: 14 })
  await answer(1, 'no')
  expect(open()).toHaveLength(2)
  await bench.reopen()
  await answer(3, 'yes', { rate: 11.5 })
  expect(open().map(({ node }) => node)).toEqual(['after'])
  expect(await outputOf(run)).toMatchObject({
    results: [{ rate: 14 }, null, null, { rate: 11.5 }],
    failed: [{ index: 1 }],
  })
  same(run)
})

it('[R564] a deadline ends a list with what has come, after a restart too, and not while it is suspended', async () => {
  const run = await start({ enough: { after: '2d' } }, { items: [1, 2], key: 'k' })
  await answer(1, 'yes', { n: 1 })
  await bench.reopen()
  await bench.engine.operate({ ...by, run, verb: { do: 'suspend' } })
  bench.clock.advance(3 * 86_400_000)
  await bench.engine.idle()
  expect(at(0)).toBeDefined()
  await bench.engine.operate({ ...by, run, verb: { do: 'resume' } })
  await bench.engine.idle()
  expect(await outputOf(run)).toMatchObject({ results: [null, { n: 1 }], failed: [] })
  same(run)
})

it('[R565] what finishes unheeded changes nothing, and is cancelled with its run', async () => {
  const enough = { count: 1, rest: 'finish' }
  const run = await start({ enough, limit: 3 }, { items: [1, 2, 3, 4], key: 'k' })
  await answer(0)
  const children = () =>
    bench.engine.listRuns(by.tenant, { parent: run }).items.map(({ status }) => status)
  expect(children().toSorted()).toEqual(['completed', 'waiting', 'waiting'])
  await answer(2, 'no')
  expect(bench.engine.getRun(by.tenant, run).status).toBe('waiting')
  await bench.engine.cancelRun({ ...by, run, reason: 'withdrawn' })
  await bench.engine.idle()
  expect(children().toSorted()).toEqual(['cancelled', 'completed', 'failed'])
  expect(bench.engine.getRun(by.tenant, run).status).toBe('cancelled')
})

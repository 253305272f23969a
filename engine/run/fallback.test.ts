import { afterEach, beforeEach, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { by, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const call = (peer: string, more: object = {}) => ({ type: 'test.call', config: { peer }, ...more })
const called = () => bench.calls.map(({ key }) => key.split(':').at(-2))
const down = () => {
  throw new Error('line is dead')
}
const retry = { attempts: 2, first: '1s', factor: 1, cap: '1s' }
const on = async () => {
  bench.clock.advance(60_000)
  await bench.engine.idle()
}

it('[R778] a fallback value inside a try region goes on in it, over a kill, and what was done is undone last first', async () => {
  bench.peers.set('ask', down)
  bench.peers.set('last', down)
  const policy = { retry, fallback: { port: 'out', value: 'none' } }
  const run = await bench.run(
    draw(
      {
        start: 'flow.start',
        tries: { type: 'flow.try', config: {} },
        pay: call('pay', { parent: 'tries', undo: 'refund' }),
        ask: call('ask', { parent: 'tries', policy }),
        last: call('last', { parent: 'tries', policy: { retry } }),
        refund: call('refund'),
        inner: { type: 'flow.end', parent: 'tries', inputs: { output: { var: 'ask' } } },
        failed: {
          type: 'flow.end',
          config: { status: 'failed' },
          inputs: { output: { var: 'ask' } },
        },
        end: 'flow.end',
      },
      ['start -> tries', 'tries.body -> pay', 'pay -> ask', 'pay.other -> ask', 'ask -> last', 'ask.other -> last', 'last -> inner', 'last.other -> inner', 'tries.out -> end', 'tries.error -> failed'], // prettier-ignore
    ),
  )
  await bench.engine.idle()
  expect(called()).toEqual(['pay', 'ask'])
  await bench.reopen({ killed: true })
  await on()
  // Its two attempts have failed: its value stands, and the region goes on.
  expect(called()).toEqual(['pay', 'ask', 'ask', 'last'])
  await bench.reopen({ killed: true })
  await on()
  expect(called()).toEqual(['pay', 'ask', 'ask', 'last', 'last', 'refund'])
  expect(bench.engine.getRun(by.tenant, run)).toMatchObject({ status: 'failed' })
  expect(bench.engine.replay(by.tenant, run).same).toBe(true)
})

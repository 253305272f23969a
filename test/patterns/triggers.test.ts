import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { by, openBench, type Bench } from '#engine/run/engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

/** First a person, then the message. */
const flow = draw(
  {
    start: 'flow.start',
    look: { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'yes' }] } },
    signed: { type: 'flow.event', config: { message: 'signed' }, inputs: { key: 'A-1' } },
    end: 'flow.end',
  },
  ['start -> look', 'look.yes -> signed', 'signed.received -> end'],
)
const send = (keepFor?: string) =>
  bench.engine.sendMessage({
    ...by,
    name: 'signed',
    key: 'A-1',
    value: {},
    ...(keepFor === undefined ? {} : { keepFor }),
  })
const look = async () => {
  await bench.engine.idle()
  const [task] = bench.engine.listTasks(by.tenant, { status: 'open' }).items
  await bench.engine.completeTask({ ...by, task: task?.id ?? '', outcome: 'yes', value: {} })
}
const status = async (run: string) => (await bench.engine.settled(by.tenant, run)).status

describe('a trigger', () => {
  it('WCP-23 Transient Trigger', async () => {
    const run = await bench.run(flow)
    expect(await send('0s')).toMatchObject({ delivered: [], kept: false })
    await look()
    expect(await status(run)).toBe('waiting')
    expect(await send('0s')).toMatchObject({ delivered: [run] })
    expect(await status(run)).toBe('completed')
  })

  it('WCP-24 Persistent Trigger', async () => {
    const run = await bench.run(flow)
    expect(await send()).toMatchObject({ delivered: [], kept: true })
    await look()
    expect(await status(run)).toBe('completed')
  })
})

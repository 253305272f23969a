import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { openDatabase } from '#engine/adapters/sqlite/open-database.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const day = 86_400_000
const pan = 'ABCPE1234F'

/** Waits up to 30 days for `loan.signed` with the run's number, and ends with what it brought. */
const signing = (id = 'loan', config: Record<string, Json> = {}) =>
  sketch(
    id,
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'signed',
        type: 'flow.event',
        config: { message: 'loan.signed', timeout: '30d', ...config },
        inputs: { key: { var: 'input.number' } },
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'signed' } } },
      { id: 'late', type: 'flow.end', inputs: { output: 'late' } },
    ],
    ['start.out > signed', 'signed.received > end', 'signed.timeout > late'],
  )
const start = (flow: string, number: Json = pan) =>
  bench.engine.startRun({ ...by, flow, input: { number } }).then(({ id }) => id)
const publish = (flow: ReturnType<typeof sketch>) => {
  bench.engine.flows.save({ ...by, document: flow })
  bench.engine.flows.publish({ ...by, id: flow.id })
}
type Message = Partial<Parameters<Bench['engine']['sendMessage']>[0]>
const send = (message: Message = {}) =>
  bench.engine.sendMessage({ ...by, name: 'loan.signed', key: pan, value: 'yes', ...message })
const shown = (run: string) => {
  const { status, output } = bench.engine.getRun('default', run)
  return status === 'completed' ? output : status
}
const kept = { delivered: [], kept: true, duplicate: false }
const lost = { delivered: [], kept: false, duplicate: false }
const to = (...delivered: string[]) => ({ delivered, kept: false, duplicate: false })

describe('a message that a run waits for', () => {
  it('[R249] is taken by it under its name and key, and by no other', async () => {
    const run = await bench.run(signing(), { number: pan })
    expect(await send({ key: 'another' })).toEqual(kept)
    expect(await send({ name: 'loan.paid' })).toEqual(kept)
    expect(
      await bench.engine.sendMessage({
        ...by,
        tenant: 'other',
        name: 'loan.signed',
        key: pan,
        value: 1,
      }),
    ).toEqual(kept)
    expect(shown(run)).toBe('waiting')
    expect(await send({ value: { by: 'Asha' } })).toEqual(to(run))
    expect(shown(run)).toEqual({ by: 'Asha' })
    expect(await send()).toEqual(kept)
  })

  it('[R249] goes to the run of each flow that has waited longest', async () => {
    publish(signing('loan'))
    publish(signing('card'))
    const first = await start('loan')
    await bench.clock.advance(1000)
    const second = await start('loan')
    const card = await start('card')
    expect(await send({ value: 1 })).toEqual(to(first, card))
    expect(await send({ value: 2 })).toEqual(to(second))
    expect([first, second, card].map(shown)).toEqual([1, 2, 1])
  })

  it('[R249] comes too late after the timeout', async () => {
    const run = await bench.run(signing(), { number: pan })
    await bench.clock.advance(30 * day)
    await bench.engine.idle()
    expect(shown(run)).toBe('late')
    expect(await send()).toEqual(kept)
  })

  it('[R249] finds a number as its text, and is found by a restarted engine', async () => {
    const run = await bench.run(signing(), { number: 7 })
    await bench.reopen({ killed: true })
    expect(await send({ key: '7' })).toEqual(to(run))
    expect(shown(run)).toBe('yes')
  })
})

describe('a message that comes early', () => {
  it('[R250] is kept over a restart and taken once, by the first run that begins to wait', async () => {
    publish(signing())
    expect(await send({ value: 1 })).toEqual(kept)
    expect(await send({ value: 2 })).toEqual(kept)
    await bench.reopen({ killed: true })
    const runs = [await start('loan'), await start('loan'), await start('loan')]
    expect(runs.map(shown)).toEqual([1, 2, 'waiting'])
  })

  it('[R251] is erased when its time has passed, also while the engine was down', async () => {
    publish(signing())
    await send({ keepFor: '2h' })
    expect(await send({ keepFor: '0s' })).toEqual(lost)
    await expect(send({ keepFor: '91d' })).rejects.toMatchObject({ code: 'MESSAGE_KEPT_TOO_LONG' })
    await bench.clock.advance(day)
    await bench.engine.idle()
    expect(shown(await start('loan'))).toBe('waiting')
    await send({ key: 'b' })
    await bench.engine.close()
    await bench.clock.advance(7 * day)
    await bench.reopen({ killed: true })
    await bench.engine.idle()
    expect(shown(await start('loan', 'b'))).toBe('waiting')
    expect(rows('SELECT number FROM messages')).toEqual([])
  })
})

describe('the same message again', () => {
  it('[R252] under one id counts once, whether taken or kept, as long as it would be kept', async () => {
    const run = await bench.run(signing(), { number: pan })
    const again = { delivered: [], kept: false, duplicate: true }
    expect(await send({ id: 'm1' })).toEqual(to(run))
    expect(await send({ id: 'm1' })).toEqual(again)
    expect(await send({ id: 'm1', key: 'another' })).toEqual(kept)
    expect(await send({ id: 'm2' })).toEqual(kept)
    await bench.reopen({ killed: true })
    expect(await send({ id: 'm2' })).toEqual(again)
    expect(shown(await start('loan'))).toBe('yes')
    expect(await send({ id: 'm2' })).toEqual(again)
    await bench.clock.advance(7 * day)
    expect(await send({ id: 'm2' })).toEqual(kept)
  })
})

const rows = (sql: string): unknown[] => {
  const file = openDatabase(bench.file)
  try {
    return file.prepare(sql).all()
  } finally {
    file.close()
  }
}

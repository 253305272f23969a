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
    bench.clock.advance(1000)
    const second = await start('loan')
    const card = await start('card')
    expect(await send({ value: 1 })).toEqual(to(first, card))
    expect(await send({ value: 2 })).toEqual(to(second))
    expect([first, second, card].map(shown)).toEqual([1, 2, 1])
  })

  it('[R249] comes too late after the timeout', async () => {
    const run = await bench.run(signing(), { number: pan })
    bench.clock.advance(30 * day)
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
    bench.clock.advance(day)
    await bench.engine.idle()
    expect(shown(await start('loan'))).toBe('waiting')
    await send({ key: 'b' })
    await bench.engine.close()
    bench.clock.advance(7 * day)
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
    bench.clock.advance(7 * day)
    expect(await send({ id: 'm2' })).toEqual(kept)
  })
})

describe('a value that does not fit what the node asks for', () => {
  const asking = signing('loan', {
    schema: { type: 'object', required: ['by'], properties: { by: { type: 'string' } } },
  })

  it('[R253] is refused to its sender, and nobody takes it', async () => {
    publish(signing('card'))
    const card = await start('card')
    const run = await bench.run(asking, { number: pan })
    await expect(send({ value: { by: 7 }, id: 'm1' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      findings: [{ place: { path: '/by' } }],
    })
    expect([run, card].map(shown)).toEqual(['waiting', 'waiting'])
    expect(await send({ value: { by: 'Asha' }, id: 'm1' })).toEqual(to(card, run))
  })

  it('[R253] is an incident of the step where it came early, which a message that fits ends', async () => {
    await send({ value: { by: 7 } })
    const run = await bench.run(asking, { number: pan })
    const signed = () => bench.engine.getRun('default', run).steps.find((s) => s.node === 'signed')
    expect(shown(run)).toBe('incident')
    expect(signed()?.error).toMatchObject({ code: 'MESSAGE_UNFIT', params: { count: 1 } })
    expect(signed()?.error?.message).not.toContain(pan)
    await bench.engine.retryStep({ ...by, run, step: 'signed:1' })
    expect(shown(run)).toBe('waiting')
    expect(await send({ value: { by: 'Asha' } })).toEqual(to(run))
    expect(shown(run)).toEqual({ by: 'Asha' })
    expect(bench.engine.replay('default', run)).toMatchObject({ same: true })
  })

  it('[R253] does not hide the one behind it that fits', async () => {
    await send({ value: { by: 7 } })
    await send({ value: { by: 'Asha' } })
    expect(shown(await bench.run(asking, { number: pan }))).toEqual({ by: 'Asha' })
  })
})

describe('a run that waits no more', () => {
  const verbs = [
    { do: 'cancel' },
    { do: 'complete', at: 'signed', port: 'received', value: 'by hand' },
  ] as const
  it.each(verbs)('[R254] takes no message after it was left by $do', async (verb) => {
    const run = await bench.run(signing(), { number: pan })
    await bench.engine.operate({ ...by, run, verb })
    const left = shown(run)
    expect(await send()).toEqual(kept)
    expect(shown(run)).toBe(left)
    expect(rows('SELECT effect FROM subscriptions')).toEqual([])
  })

  it('[R254] has one place to wait after it went back, and after a migration', async () => {
    const run = await bench.run(signing(), { number: pan })
    await bench.engine.operate({
      ...by,
      run,
      verb: { do: 'rewind', node: 'signed', values: { input: { number: 'corrected' } } },
    })
    expect(await send()).toEqual(kept)
    publish(signing('loan', { message: 'loan.agreed' }))
    await bench.engine.operate({ ...by, run, verb: { do: 'migrate', version: 2, nodes: {} } })
    expect(rows('SELECT run FROM subscriptions')).toHaveLength(1)
    expect(await send({ key: 'corrected' })).toEqual(kept)
    expect(await send({ key: 'corrected', name: 'loan.agreed' })).toEqual(to(run))
  })
})

describe('messages that wait for runs', () => {
  const full = { code: 'MESSAGES_FULL', after: 60_000 }
  const keptNow = () => bench.engine.load().messages

  it('[R374] are at most so many of a tenant and so many in all; what is taken or too old makes room', async () => {
    const keptMessages = { perTenant: { messages: 2 }, inAll: { messages: 3 } }
    await bench.close()
    bench = await openBench({ keptMessages })
    publish(signing())
    expect(await send({ value: 1, keepFor: '1h' })).toEqual(kept)
    expect(await send({ key: 'b' })).toEqual(kept)
    await expect(send({ key: 'c', id: 'm' })).rejects.toMatchObject({
      ...full,
      params: { of: 'tenant' },
    })
    expect(await send({ key: 'c', keepFor: '0s' })).toEqual(lost)
    expect(await send({ tenant: 'other' })).toEqual(kept)
    await expect(send({ tenant: 'third' })).rejects.toMatchObject({
      ...full,
      params: { of: 'system' },
    })
    expect(keptNow()).toMatchObject({
      kept: [
        { tenant: 'default', messages: 2 },
        { tenant: 'other', messages: 1 },
      ],
      refused: 2,
    })
    expect(shown(await start('loan'))).toBe(1)
    expect(await send({ key: 'c', id: 'm', keepFor: '1h' })).toEqual(kept)
    expect(await send({ key: 'c', id: 'm' })).toMatchObject({ duplicate: true })
    bench.clock.advance(day)
    await bench.engine.idle()
    expect(keptNow().kept).toMatchObject([
      { tenant: 'default', messages: 1 },
      { tenant: 'other', messages: 1 },
    ])
  })

  it('[R374] count after a restart too, also by their bytes; one that a run takes at once is never refused', async () => {
    await bench.close()
    bench = await openBench({ keptMessages: { perTenant: { bytes: 1000 } } })
    const run = await bench.run(signing(), { number: 'waits' })
    expect(await send({ value: 'x'.repeat(600) })).toEqual(kept)
    await bench.reopen({ killed: true })
    await expect(send({ value: 'x'.repeat(600) })).rejects.toMatchObject(full)
    const large = 'x'.repeat(2000)
    expect(await send({ key: 'waits', value: large })).toEqual(to(run))
    expect(shown(run)).toBe(large)
  })
})

describe('a suspended run', () => {
  it('[R255] has its message kept until it is resumed, before its timeout, while other flows take theirs', async () => {
    const run = await bench.run(signing(), { number: pan })
    const card = await bench.run(signing('card'), { number: pan })
    await bench.engine.operate({ ...by, run, verb: { do: 'suspend' } })
    expect(await send({ keepFor: '90d', id: 'm1' })).toEqual({ ...to(card), kept: true })
    expect(await send({ id: 'm1' })).toMatchObject({ duplicate: true })
    bench.clock.advance(40 * day)
    await bench.reopen({ killed: true })
    expect(shown(await start('card'))).toBe('waiting')
    expect(shown(run)).toBe('suspended')
    await bench.engine.operate({ ...by, run, verb: { do: 'resume' } })
    await bench.engine.idle()
    expect(shown(run)).toBe('yes')
  })

  it('[R255] lets the next one of its flow take it; a suspended flow takes what was kept once it goes on', async () => {
    const first = await bench.run(signing(), { number: pan })
    const second = await start('loan')
    const suspend = (suspended: boolean) =>
      bench.engine.setSuspension({ ...by, kind: 'flow', name: 'loan', suspended })
    await bench.engine.operate({ ...by, run: first, verb: { do: 'suspend' } })
    expect(await send()).toEqual(to(second))
    await bench.engine.operate({ ...by, run: first, verb: { do: 'resume' } })
    await suspend(true)
    expect(await send({ value: 2 })).toEqual(kept)
    expect(shown(first)).toBe('suspended')
    await suspend(false)
    await bench.engine.idle()
    expect(shown(first)).toBe(2)
  })
})

describe('what is stored', () => {
  it('[R256] shows neither key nor id nor value in the file, and a hostile key finds no other run', async () => {
    const run = await bench.run(signing(), { number: pan })
    const hostile = [
      '__proto__',
      `${pan}\u0000`,
      `","${pan}`,
      `${pan}' OR '1'='1`,
      '\ud800',
      ` ${pan}`,
    ]
    for (const key of hostile) expect(await send({ key, value: 'hostile' })).toEqual(kept)
    expect(shown(run)).toBe('waiting')
    await send({ key: 'QWERT9876Z', id: 'ZXCVB5432A', value: { pan: 'POIUY4567L' } })
    await send({ id: 'ZXCVB5432A', value: 'taken POIUY4567L' })
    expect(shown(run)).toBe('taken POIUY4567L')
    await bench.engine.close()
    const bytes = readFileSync(bench.file).toString('latin1')
    expect(bytes).toContain('CREATE TABLE messages')
    for (const secret of [pan, 'QWERT9876Z', 'ZXCVB5432A', 'POIUY4567L'])
      expect(bytes).not.toContain(secret)
    await bench.reopen({ killed: true })
  })

  it('[R256] changed on the disk is an incident of the step, not the end of its run', async () => {
    await send()
    await bench.engine.close()
    const file = openDatabase(bench.file)
    file.exec('UPDATE messages SET data = zeroblob(60)')
    file.close()
    await bench.reopen({ killed: true })
    const run = await bench.run(signing(), { number: pan })
    expect(shown(run)).toBe('incident')
    expect(await send()).toEqual(to(run))
  })
})

it('[R250] a hundred that one run takes after the other leave nobody waiting for their end', async () => {
  for (let n = 0; n < 100; n += 1) await send({ value: n })
  const collecting = sketch(
    'collect',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'signed',
        type: 'flow.event',
        config: { message: 'loan.signed' },
        inputs: { key: { var: 'input.number' } },
      },
      { id: 'again', type: 'flow.continue', inputs: { input: { var: 'input' } } },
    ],
    ['start.out > signed', 'signed.received > again'],
  )
  const run = await bench.run(collecting, { number: pan })
  await bench.engine.idle()
  expect(shown(`${run}~101`)).toBe('waiting')
  expect(rows('SELECT number FROM messages')).toEqual([])
})

const rows = (sql: string): unknown[] => {
  const file = openDatabase(bench.file)
  try {
    return file.prepare(sql).all()
  } finally {
    file.close()
  }
}

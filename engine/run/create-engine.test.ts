import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ValidationError } from '#core/errors.ts'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

describe('starting a run', () => {
  it('answers when the run is on disk, and carries it to its end', async () => {
    bench.peers.set('peer', ({ inputs }) => ({ seen: inputs as never }))
    const id = await bench.run(callFlow('simple'), { n: 3 })
    const view = await bench.engine.settled('default', id)
    expect(view).toMatchObject({
      status: 'completed',
      version: 1,
      input: { n: 3 },
      output: { seen: { value: { n: 3 } } },
      at: [],
    })
    expect(view.steps.map(({ step, status, attempts }) => [step, status, attempts])).toEqual([
      ['start:1', 'completed', 1],
      ['call:1', 'completed', 1],
      ['end:1', 'completed', 1],
    ])
    expect(view.seq).toBe(bench.engine.events('default', { from: 0 }).at(-1)?.seq)
  })

  it('refuses an input that does not fit, and names where', async () => {
    const flow = { ...callFlow('strict'), input: { type: 'object', required: ['pan'] } }
    await expect(bench.run(flow, {})).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      findings: [{ code: 'VALUE_INVALID', place: { path: '' } }],
    })
    expect(bench.engine.listRuns('default', {}).total).toBe(0)
  })

  it('knows the flow, and whether it is published', async () => {
    const start = (flow: string) => () => bench.engine.startRun({ ...by, flow, input: {} })
    expect(await codeOf(start('nothing'))).toBe('NOT_FOUND')
    bench.engine.flows.save({ ...by, document: callFlow('drawn') })
    expect(await codeOf(start('drawn'))).toBe('NOT_PUBLISHED')
    const { id } = await bench.engine.startRun({
      ...by,
      flow: 'drawn',
      input: {},
      version: 'draft',
    })
    expect((await bench.engine.settled('default', id)).version).toBe('draft')
  })

  it('[R682] is found by its case key with spaces around it, or in capitals or small letters', async () => {
    const run = await bench.run(callFlow('loan'), {})
    await bench.engine.startRun({ ...by, flow: 'loan', input: { n: 1 }, caseKey: 'LN-7/a' })
    const start = { ...by, flow: 'loan', input: {} }
    const { id } = await bench.engine.startRun({ ...start, caseKey: 'LN-7' })
    const found = (search: string) =>
      bench.engine.listRuns('default', { search }).items.map((each) => each.id)
    for (const search of ['LN-7', ' LN-7\t', 'ln-7', ' Ln-7 ', ` ${id} `])
      expect(found(search)).toEqual([id])
    for (const search of ['LN', '  ', 'LN-8']) expect(found(search)).toEqual([])
    expect(found(run)).toEqual([run])
  })

  it('[R57] starts one run for a case key, and refuses the key with another input', async () => {
    await bench.run(callFlow('loan'))
    const start = (input: object) =>
      bench.engine.startRun({ ...by, flow: 'loan', input: input as never, caseKey: 'APP-7' })
    const [first, second] = await Promise.all([start({ a: 1, b: 2 }), start({ b: 2, a: 1 })])
    expect(first.created).toBe(true)
    expect(second).toEqual({ id: first.id, created: false })
    expect(await codeOf(() => start({ a: 2 }))).toBe('CASE_CONFLICT')
    await bench.engine.settled('default', first.id)
    expect(await start({ a: 1, b: 2 })).toEqual({ id: first.id, created: false })
    expect(bench.engine.getRun('default', first.id).caseKey).toBe('APP-7')
  })

  it('[R56] keeps the version with which a run began', async () => {
    await bench.run(callFlow('loan'))
    bench.engine.flows.save({ ...by, document: { ...callFlow('loan'), name: 'Loan 2' } })
    expect(bench.engine.flows.publish({ ...by, id: 'loan' })).toEqual({ version: 2 })
    expect(bench.engine.flows.publish({ ...by, id: 'loan' })).toEqual({ version: 2 })
    const old = await bench.engine.startRun({ ...by, flow: 'loan', input: {}, version: 1 })
    expect(bench.engine.getRunFlow('default', old.id).flow).toMatchObject({ name: 'loan' })
    expect(bench.engine.getRun('default', old.id).flowName).toBe('loan')
  })
})

describe('another tenant', () => {
  it('[R63] sees nothing', async () => {
    const id = await bench.run(callFlow('simple'))
    expect(() => bench.engine.getRun('other', id)).toThrow('no run')
    expect(bench.engine.listRuns('other', {}).items).toEqual([])
    expect(bench.engine.events('other', { from: 0 })).toEqual([])
    expect(await codeOf(() => bench.engine.cancelRun({ ...by, tenant: 'other', run: id }))).toBe(
      'NOT_FOUND',
    )
  })
})

describe('documents', () => {
  it('[R9] notice a save in the meantime', () => {
    const save = (ifMatch: number) =>
      bench.engine.flows.save({ ...by, document: callFlow('loan'), ifMatch })
    expect(save(0)).toEqual({ id: 'loan', draft: 1 })
    expect(save(1)).toEqual({ id: 'loan', draft: 2 })
    expect(() => save(1)).toThrow('was saved by ada in the meantime (draft 2, yours')
  })

  it('are refused when they are none, with the place', () => {
    const save = () => bench.engine.flows.save({ ...by, document: { kind: 'flow', nodes: 3 } })
    expect(save).toThrow(ValidationError)
  })

  it('[R10] change in meaning, not by being moved', () => {
    const flow = callFlow('loan')
    bench.engine.flows.save({ ...by, document: flow })
    bench.engine.flows.publish({ ...by, id: 'loan' })
    bench.engine.flows.save({ ...by, document: { ...flow, layout: { call: { x: 1, y: 2 } } } })
    expect(bench.engine.flows.list('default')).toMatchObject([{ version: 1, changed: false }])
    bench.engine.flows.save({ ...by, document: { ...flow, name: 'Loan' } })
    expect(bench.engine.flows.list('default')).toMatchObject([{ version: 1, changed: true }])
  })
})

describe('events', () => {
  it('[R61] are numbered without a gap and resume from any number', async () => {
    const live: number[] = []
    bench.engine.subscribe((_, events) => live.push(...events.map(({ seq }) => seq)))
    const flow = callFlow('simple')
    const first = await bench.run(flow)
    await bench.engine.settled('default', first)
    const second = await bench.engine.startRun({ ...by, flow: 'simple', input: {} })
    await bench.engine.settled('default', second.id)
    const all = bench.engine.events('default', { from: 0 })
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(live).toEqual(all.map(({ seq }) => seq))
    for (let from = 0; from < all.length; from += 1)
      expect(bench.engine.events('default', { from, limit: 3 })).toEqual(all.slice(from, from + 3))
    const ofSecond = bench.engine.events('default', { from: 0, run: second.id })
    expect(ofSecond).toEqual(all.filter(({ run }) => run === second.id))
    expect(ofSecond.map(({ type, node }) => (node ? `${type} ${node}` : type))).toEqual([
      'run.started',
      'step.completed start',
      'step.started call',
      'step.completed call',
      'step.completed end',
      'run.completed',
    ])
  })

  it('[R62] carry no value', async () => {
    const id = await bench.run(callFlow('simple'), { name: 'Asha Rao' })
    await bench.engine.settled('default', id)
    expect(JSON.stringify(bench.engine.events('default', { from: 0 }))).not.toContain('Asha')
  })
})

describe('cancelling', () => {
  it('[R58] stops what is under way through its signal, and what waits', async () => {
    let stopped = false
    bench.peers.set('peer', ({ signal }) => {
      signal.addEventListener('abort', () => {
        stopped = true
      })
      return new Promise(() => {})
    })
    const flow = sketch(
      'wide',
      [
        { id: 'start', type: 'flow.start' },
        {
          id: 'fork',
          type: 'flow.fork',
          config: { branches: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
        },
        { id: 'call', type: 'test.call', config: { peer: 'peer' } },
        { id: 'wait', type: 'flow.wait', config: { duration: '3d' } },
        { id: 'task', type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'ok' }] } },
        { id: 'join', type: 'flow.join' },
        { id: 'end', type: 'flow.end' },
      ],
      [
        'start.out > fork',
        'fork.a > call',
        'fork.b > wait',
        'fork.c > task',
        'call.out > join',
        'call.other > join',
        'wait.out > join',
        'task.ok > join',
        'join.out > end',
      ],
    )
    const id = await bench.run(flow)
    expect(bench.engine.getRun('default', id)).toMatchObject({
      status: 'running',
      at: ['call', 'wait', 'task'],
    })
    const [task] = bench.engine.listTasks('default', { status: 'open' }).items
    await bench.engine.cancelRun({ ...by, run: id, reason: 'applicant withdrew' })
    await bench.engine.idle()
    expect(stopped).toBe(true)
    const view = bench.engine.getRun('default', id)
    expect(view.status).toBe('cancelled')
    expect(view.steps.map(({ node, status }) => `${node} ${status}`)).toContain('wait stopped')
    expect(bench.engine.getTask('default', task?.id ?? '').status).toBe('cancelled')
    const command = bench.engine
      .events('default', { from: 0, run: id })
      .find(({ type }) => type === 'command')
    expect(command?.data).toEqual({ action: 'cancel', actor: 'ada', reason: 'applicant withdrew' })
    const again = () => bench.engine.cancelRun({ ...by, run: id })
    expect(await codeOf(again)).toBe('RUN_ENDED')
    bench.clock.advance(10 * 86_400_000)
    await bench.engine.idle()
    expect(bench.engine.getRun('default', id).seq).toBe(view.seq)
  })
})

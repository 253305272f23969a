import { statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench({ runsInMemory: 1 })
})
afterEach(() => bench.close())

const day = 86_400_000
const waitFlow = sketch(
  'wait',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'wait', type: 'flow.wait', config: { duration: '60d' } },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'wait.at' } } },
  ],
  ['start.out > wait', 'wait.out > end'],
)
const taskFlow = sketch(
  'ask',
  [
    { id: 'start', type: 'flow.start' },
    {
      id: 'ask',
      type: 'human.task',
      inputs: { data: { var: 'input' } },
      config: {
        title: 'Look at it',
        role: 'officer',
        due: '2d',
        form: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
        outcomes: [
          { id: 'yes', name: 'Yes' },
          { id: 'no', name: 'No' },
        ],
      },
    },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'ask.note' } } },
  ],
  ['start.out > ask', 'ask.yes > end', 'ask.no > end'],
)

describe('after a restart', () => {
  it('[R49] an effect without an answer is performed again under its old key', async () => {
    bench.peers.set('peer', () => new Promise(() => {}))
    const id = await bench.run(callFlow('loan'), { n: 1 })
    bench.peers.set('peer', ({ inputs }) => inputs as never)
    await bench.reopen()
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: { value: { n: 1 } },
    })
    expect(bench.calls.map(({ key }) => key)).toEqual([`${id}:call:1`, `${id}:call:1`])
  })

  it('[R52] a retry comes at its time with the attempts counted on', async () => {
    bench.peers.set('peer', () => {
      throw new Error('line is dead')
    })
    const id = await bench.run(callFlow('loan'))
    await bench.engine.idle()
    await bench.reopen()
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    bench.clock.advance(60_000)
    await bench.engine.idle()
    await bench.reopen()
    bench.clock.advance(60_000)
    await bench.engine.idle()
    expect(bench.calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    expect(bench.engine.getRun('default', id)).toMatchObject({ status: 'incident' })
  })

  it('an incident is still one, and can be retried', async () => {
    bench.peers.set('peer', () => {
      throw new Error('line is dead')
    })
    const policy = { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } }
    const id = await bench.run(callFlow('loan', { policy }))
    await bench.engine.settled('default', id)
    await bench.reopen()
    bench.peers.set('peer', () => 'answer')
    await bench.engine.retryStep({ ...by, run: id, step: 'call:1' })
    expect((await bench.engine.settled('default', id)).output).toBe('answer')
  })

  it('[R53] a timer fires once, at its absolute time, never early', async () => {
    const id = await bench.run(waitFlow)
    const due = bench.clock.now() + 60 * day
    bench.clock.advance(30 * day)
    await bench.reopen()
    bench.clock.advance(30 * day - 1)
    await bench.engine.idle()
    expect(bench.engine.getRun('default', id).status).toBe('waiting')
    bench.clock.advance(1)
    await bench.engine.idle()
    expect(bench.engine.getRun('default', id)).toMatchObject({ status: 'completed', output: due })
  })

  it('[R54] a timer that fell due while the engine was away fires at once', async () => {
    const id = await bench.run(waitFlow)
    await bench.engine.close()
    bench.clock.advance(90 * day)
    await bench.reopen({ killed: true })
    await bench.engine.idle()
    expect(bench.engine.getRun('default', id).status).toBe('completed')
  })

  it('[R60] a task still waits for its person, whose form is checked', async () => {
    const id = await bench.run(taskFlow, { name: 'Asha' })
    await bench.reopen()
    const [task] = bench.engine.listTasks('default', { status: 'open', role: 'officer' }).items
    expect(task).toMatchObject({
      run: id,
      title: 'Look at it',
      data: { name: 'Asha' },
      dueAt: bench.clock.now() + 2 * day,
      outcomes: [{ id: 'yes' }, { id: 'no' }],
    })
    const complete = (outcome: string, value: object) =>
      bench.engine.completeTask({ ...by, task: task?.id ?? '', outcome, value: value as never })
    await expect(complete('perhaps', { note: '' })).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    await expect(complete('yes', {})).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await complete('yes', { note: 'fine' })
    expect(bench.engine.getRun('default', id)).toMatchObject({
      status: 'completed',
      output: 'fine',
    })
    await expect(complete('yes', { note: 'fine' })).rejects.toMatchObject({ code: 'TASK_CLOSED' })
    expect(bench.engine.getTask('default', task?.id ?? '')).toMatchObject({
      status: 'completed',
      completedBy: 'ada',
    })
  })
})

describe('the journal of a long run', () => {
  const loop = sketch(
    'loop',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'call', type: 'test.call', config: { peer: 'peer' }, maxVisits: 200 },
      {
        id: 'more',
        type: 'flow.branch',
        maxVisits: 200,
        config: { cases: [{ id: 'yes', when: { lt: [{ var: 'call' }, 120] } }] },
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
    ],
    [
      'start.out > call',
      'call.out > more',
      'call.other > end',
      'more.yes > call',
      'more.else > end',
    ],
  )

  it('[R55] gives the same states and effects when it is folded again, snapshots included', async () => {
    bench.peers.set('peer', ({ key }) => {
      if (key.endsWith(':110')) return new Promise(() => {})
      return bench.calls.length
    })
    const id = await bench.run(loop)
    while (bench.calls.length < 110) await new Promise((resolve) => setImmediate(resolve))
    expect(bench.engine.replay('default', id)).toEqual({ same: true, entries: 110 })
    bench.peers.set('peer', () => bench.calls.length)
    await bench.reopen({ killed: false })
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: 120,
    })
    expect(bench.engine.replay('default', id)).toMatchObject({ same: true })
  })
})

describe('memory', () => {
  it('holds few runs; the others come back from their snapshot', async () => {
    const ids = [await bench.run(taskFlow, { n: 0 })]
    for (let n = 1; n < 20; n += 1)
      ids.push((await bench.engine.startRun({ ...by, flow: 'ask', input: { n } })).id)
    for (const id of ids) {
      const task = `${id}:ask:1`
      await bench.engine.completeTask({ ...by, task, outcome: 'no', value: { note: id } })
    }
    for (const id of ids)
      expect(bench.engine.getRun('default', id)).toMatchObject({ status: 'completed', output: id })
    expect(bench.engine.verify('default').ok).toBe(true)
    for (const id of ids)
      expect(bench.engine.replay('default', id)).toEqual({ same: true, entries: 2 })
  })

  it('[R52] that a run has left while it waited for its next attempt does not cost the attempt', async () => {
    bench.peers.set('peer', ({ attempt }) => {
      if (attempt === 1) throw new Error('line is dead')
      return 'answer'
    })
    const ids = [await bench.run(callFlow('loan'))]
    for (let n = 1; n < 5; n += 1)
      ids.push((await bench.engine.startRun({ ...by, flow: 'loan', input: {} })).id)
    await bench.engine.idle()
    bench.clock.advance(60_000)
    await bench.engine.idle()
    for (const id of ids) expect(bench.engine.getRun('default', id).output).toBe('answer')
  })

  it('[R67] is not filled by large values: they stand once on disk, and come back whole', async () => {
    const text = 'page '.repeat(20_000)
    bench.peers.set('peer', () => ({
      text,
      again: text,
      lines: Array.from({ length: 4000 }, (_, n) => `line ${n}`),
    }))
    const flow = callFlow('ocr')
    const id = await bench.run(flow, { text })
    await bench.engine.settled('default', id)
    await bench.reopen()
    expect(bench.engine.getRun('default', id).output).toMatchObject({ text, again: text })
    await bench.engine.close()
    const { size } = statSync(bench.file)
    await bench.reopen({ killed: true })
    expect(size).toBeLessThan(3 * text.length + 600_000)
  })
})

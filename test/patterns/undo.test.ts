import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import type { Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { testNodes } from '../property/test-nodes.ts'
import { ByHand } from './by-hand.ts'

const registry = createRegistry([...builtInNodes, ...testNodes])
const effect = (more: object = {}) => ({ type: 'test.effect', ...more })
type Acts = ReturnType<typeof effect>
const asked = (step: Step): string[] =>
  step.effects.map(({ kind, id }) => `${kind} ${id.slice('r:'.length)}`)
const given = (step: Step) =>
  step.effects.flatMap((each) => (each.kind === 'activity' ? [each.input] : []))

/** Reserves, pays out, and asks whether all is well. */
const flow = draw(
  {
    start: 'flow.start',
    reserve: effect({ undo: 'release' }),
    pay: effect({ undo: 'refund' }),
    check: effect(),
    end: { type: 'flow.end', inputs: { output: 'paid' } },
    broken: {
      type: 'flow.end',
      config: { status: 'failed' },
      inputs: { output: { var: 'check.n' } },
    },
    release: effect({ inputs: { given: { var: 'reserve.n' } } }),
    refund: effect({ inputs: { given: { var: 'pay.n' } } }),
  },
  [
    'start -> reserve',
    'reserve.ok -> pay',
    'reserve.alt -> pay',
    'pay.ok -> check',
    'pay.alt -> check',
    'check.ok -> end',
    'check.alt -> broken',
  ],
)

describe('undoing', () => {
  it('[R204] a cancelled run undoes what it has done, last first, with the value of each, and only then is cancelled', () => {
    const run = runByHand(flow, registry)
    run.done('reserve:1', { n: 1 }, 'ok')
    run.done('pay:1', { n: 2 }, 'ok')
    const first = run.cancel()
    expect(asked(first)).toEqual(['stop check:1:stop', 'activity refund:1'])
    expect([first.status, given(first)]).toEqual(['active', [{ given: 2 }]])
    const second = run.done('refund:1', { n: 0 }, 'ok')
    expect([second.status, given(second)]).toEqual(['active', [{ given: 1 }]])
    expect(run.done('release:1', { n: 0 }, 'alt').status).toBe('cancelled')
  })
  it('[R205] an End that fails undoes first, and keeps its output', () => {
    const run = runByHand(flow, registry)
    run.done('reserve:1', { n: 1 }, 'ok')
    run.done('pay:1', { n: 2 }, 'ok')
    const ended = run.done('check:1', { n: 3 }, 'alt')
    expect([ended.status, asked(ended)]).toEqual(['active', ['activity refund:1']])
    run.done('refund:1', null, 'ok')
    const last = run.done('release:1', null, 'ok')
    expect([last.status, last.output]).toEqual(['failed', 3])
  })
  it('undoes nothing that was not done, and nothing where the run ends well', () => {
    const early = runByHand(flow, registry)
    expect(early.cancel().status).toBe('cancelled')
    const well = runByHand(flow, registry)
    well.done('reserve:1', { n: 1 }, 'ok')
    well.done('pay:1', { n: 2 }, 'ok')
    expect(well.done('check:1', { n: 3 }, 'ok')).toMatchObject({ status: 'done', output: 'paid' })
  })
  it('[R206] what fails to undo waits: it can be tried again or completed by hand, and nothing else turns the run', () => {
    const run = runByHand(flow, registry)
    run.done('reserve:1', { n: 1 }, 'ok')
    run.cancel()
    expect(run.failed('release:1').accepted).toBe(false)
    expect(run.cancel().accepted).toBe(false)
    expect(run.done('release:1', null, 'retry').effects).toMatchObject([
      { id: 'r:release:2', input: { given: 1 } },
    ])
    expect(run.done('release:2', null, 'nowhere').effects).toMatchObject([{ kind: 'incident' }])
    expect(run.done('release:2', null, 'ok').status).toBe('cancelled')
  })
  it('undoes every visit of a loop with its own value', () => {
    const loop = draw(
      {
        start: 'flow.start',
        book: effect({ undo: 'cancel' }),
        end: 'flow.end',
        cancel: effect({ inputs: { given: { var: 'book.n' } } }),
      },
      ['start -> book', 'book.ok -> end', 'book.alt -> book'],
    )
    const run = runByHand(loop, registry)
    run.done('book:1', { n: 1 }, 'alt')
    run.done('book:2', { n: 2 }, 'alt')
    expect(given(run.cancel())).toEqual([{ given: 2 }])
    expect(given(run.done('cancel:1', null, 'ok'))).toEqual([{ given: 1 }])
    expect(run.done('cancel:2', null, 'ok').status).toBe('cancelled')
  })
  it('[R207] waits for the runs that were stopped before it undoes anything', () => {
    const called = draw(
      {
        start: 'flow.start',
        reserve: effect({ undo: 'release' }),
        call: { type: 'flow.call', config: { flow: 'other' } },
        end: 'flow.end',
        release: effect(),
      },
      ['start -> reserve', 'reserve.ok -> call', 'reserve.alt -> call', 'call -> end'],
    )
    const run = runByHand(called, registry)
    run.done('reserve:1', { n: 1 }, 'ok')
    const cancelled = run.cancel()
    expect(cancelled.effects).toEqual([
      { id: 'r:call:1:stop', node: 'call', epoch: 1, kind: 'stop', target: 'r:call:1' },
      { id: 'r:call:1!stopping', node: 'call', epoch: 1, kind: 'stopping', target: 'r:call:1' },
    ])
    expect(asked(run.done('call:1!stopping'))).toEqual(['activity release:1'])
    const answered = runByHand(called, registry)
    answered.done('reserve:1', { n: 1 }, 'ok')
    expect(answered.done('call:1', 7).status).toBe('done')
  })
  it('[R371] waits for the runs of every visit that was stopped, also where a loop came back to the call', () => {
    const loop = draw(
      {
        start: 'flow.start',
        book: effect({ undo: 'free' }),
        free: effect(),
        fork: { type: 'flow.fork', config: { branches: [{ id: 'a' }, { id: 'b' }] } },
        call: { type: 'flow.call', config: { flow: 'other' } },
        quick: effect(),
        join: { type: 'flow.join', config: { mode: 'any' } },
        check: effect(),
        end: 'flow.end',
      },
      [
        'start -> book',
        'book.ok -> fork',
        'book.alt -> fork',
        'fork.a -> call',
        'fork.b -> quick',
        'call -> join',
        'quick.ok -> join',
        'quick.alt -> join',
        'join -> check',
        'check.ok -> end',
        'check.alt -> fork',
      ],
    )
    const run = runByHand(loop, registry)
    run.done('book:1', { n: 1 }, 'ok')
    run.done('quick:1', { n: 1 }, 'ok')
    run.done('check:1', { n: 1 }, 'alt')
    run.done('call:2', 7)
    run.done('check:2', { n: 1 }, 'alt')
    run.done('quick:3', { n: 1 }, 'ok')
    run.cancel()
    // The second visit was answered; the first and the third were stopped.
    expect(run.open()).toEqual(['call:3!stopping'])
    run.done('call:3!stopping')
    expect(run.open()).toEqual(['call:1!stopping'])
    run.done('call:1!stopping')
    expect(run.open()).toEqual(['free:1'])
    expect(run.done('free:1', null, 'ok').status).toBe('cancelled')
  })
})

describe('migration', () => {
  const step = (undo?: string) => effect(undo === undefined ? {} : { undo })
  const drawn = (book: Acts, others: Record<string, Acts>, name = 'book') =>
    draw({ start: 'flow.start', [name]: book, wait: effect(), end: 'flow.end', ...others }, [
      'start -> ' + name,
      name + '.ok -> wait',
      name + '.alt -> wait',
      'wait.ok -> end',
      'wait.alt -> end',
    ])
  const undone = { inputs: { given: { var: 'book.n' } } }
  const old = drawn(step('free'), { free: effect(undone) })
  const booked = () => new ByHand(old).done('book:1', 'ok', { n: 5, text: '' })

  it('[R211] a run on its way back goes on undoing in the new flow, also under other names', () => {
    const again = { inputs: { given: { var: 'booked.n' } } }
    const renamed = drawn(step('free'), { free: effect(again) }, 'booked')
    const run = booked()
    run.give({ type: 'cancel', at: 9, reason: '' })
    expect(run.migrate(renamed, { nodes: { book: 'booked' } })).toMatchObject({
      ok: true,
      effects: [{ from: 'r:free:1', to: 'r:free:1' }],
    })
    expect(run.done('free:1').step.status).toBe('cancelled')
    const later = booked()
    expect(later.migrate(renamed, { nodes: { book: 'booked' } }).ok).toBe(true)
    later.give({ type: 'cancel', at: 9, reason: '' })
    expect(later.step.effects).toMatchObject([
      { kind: 'stop' },
      { id: 'r:free:1', input: { given: 5 } },
    ])
  })
  it.each([
    ['MIGRATION_UNDO_GONE', 'book', drawn(step(), { free: effect() })],
    ['MIGRATION_UNDO_GONE', 'book', drawn(step('free'), { free: effect() }, 'other')],
    [
      'MIGRATION_UNDO_CHANGED',
      'free',
      drawn(step('other'), { wait: step('free'), other: effect(), free: effect() }),
    ],
  ])('[R212] %s: a run whose undoing the new flow would skip is refused', (code, node, flow) => {
    const run = booked()
    run.give({ type: 'cancel', at: 9, reason: '' })
    const before = run.state
    expect(run.migrate(flow)).toMatchObject({ ok: false, findings: [{ code, place: { node } }] })
    expect(run.state).toBe(before)
  })
  it('[R212] a run that waits at a step is not moved to where that step undoes others', () => {
    const run = booked()
    const turned = draw(
      { start: 'flow.start', book: step('wait'), wait: effect(), end: 'flow.end' },
      ['start -> book', 'book.ok -> end', 'book.alt -> end'],
    )
    expect(run.migrate(turned)).toMatchObject({
      ok: false,
      findings: [{ code: 'MIGRATION_UNDO_CHANGED', place: { node: 'wait' } }],
    })
  })
  it('[R211] a run that waits for the runs that were stopped with it goes on waiting for them', () => {
    const calling = (id: string, free: Record<string, Acts>) =>
      draw(
        {
          start: 'flow.start',
          book: step('free'),
          [id]: { type: 'flow.call', config: { flow: 'other' } },
          end: 'flow.end',
          ...free,
        },
        ['start -> book', `book.ok -> ${id}`, `book.alt -> ${id}`, `${id} -> end`],
      )
    const run = new ByHand(calling('call', { free: effect() })).done('book:1')
    run.give({ type: 'cancel', at: 9, reason: '' })
    expect(run.migrate(calling('asks', { free: effect(undone) }))).toMatchObject({
      ok: true,
      step: { effects: [] },
      effects: [{ from: 'r:call:1!stopping', to: 'r:call:1!stopping' }],
    })
    expect(run.done('call:1!stopping', 'out').waits).toEqual(['free:1'])
    expect(run.done('free:1').step.status).toBe('cancelled')
  })
})

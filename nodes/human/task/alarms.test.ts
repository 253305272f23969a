import { expect, it } from 'vitest'
import { compile } from '#core/compile/compile.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow } from '#core/graph/flow.ts'
import { createRegistry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import { runInfo } from '#core/step/run-fixture.ts'
import type { Effect, State, Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'

const hour = 3_600_000
const outcomes = [{ id: 'yes', name: '' }]
const tell = {
  type: 'http.request',
  config: { connection: 'sms', method: 'POST', path: '/' },
}
const tasks = draw(
  {
    start: 'flow.start',
    look: {
      type: 'human.task',
      config: {
        title: 'Look',
        outcomes,
        remind: { after: '2h', every: '1h' },
        escalate: { after: '9h' },
      },
    },
    tell,
    done: { type: 'flow.end', inputs: { output: { var: 'look' } } },
    late: { type: 'flow.end', inputs: { output: { var: 'look' } } },
  },
  ['start -> look', 'look.yes -> done', 'look.escalate -> late', 'look.remind -> tell'],
)
function begin(flow: Flow = tasks) {
  const release = { flow, decisions: {}, nodes: {}, models: {} }
  const program = compile(release, createRegistry(builtInNodes))
  const core = createCore()
  let state: State | null = null
  const keep = (step: Step): Step => {
    state = step.state
    return step
  }
  const first = keep(core.step(program, null, { type: 'start', at: 0, run: runInfo, input: null }))
  return {
    first,
    done: (effect: string, at: number, port: string) =>
      keep(
        core.step(program, state, { type: 'done', at, effect: `r:${effect}`, port, value: { at } }),
      ),
  }
}
const asked = (step: Step): string[] =>
  step.effects.map((effect: Effect) =>
    effect.kind === 'stop'
      ? `stop ${effect.target}`
      : `${effect.id}${effect.kind === 'timer' ? ` ${effect.dueAt / hour}h ${effect.port}` : ''}`,
  )

it('[R176] a task asks for its reminder and its escalation with absolute times', () => {
  expect(asked(begin().first).sort()).toEqual([
    'r:look:1',
    'r:look:1!escalate 9h escalate',
    'r:look:1!remind 2h remind',
  ])
})

it('[R176] a reminder runs its path beside the task, and comes again without those that it missed', () => {
  const run = begin()
  expect(asked(run.done('look:1!remind', 2 * hour, 'remind'))).toEqual(['r:tell:1'])
  // The path took until 4:30, so the reminders of 3:00 and 4:00 are left out.
  const again = run.done('tell:1', 4.5 * hour, 'ok')
  expect(asked(again)).toEqual(['r:look:1!remind:2 5h remind'])
  expect(run.done('look:1!remind', 5 * hour, 'remind').accepted).toBe(false)
})

it('[R177] leaving the task stops its timers and the path of its reminder', () => {
  const run = begin()
  run.done('look:1!remind', 2 * hour, 'remind')
  const last = run.done('look:1', 3 * hour, 'yes')
  expect(asked(last).sort()).toEqual(['stop r:look:1!escalate', 'stop r:tell:1'])
  expect(last.status).toBe('done')
  expect(run.done('look:1!escalate', 9 * hour, 'escalate').accepted).toBe(false)
})

it('[R177] an escalation takes the task away, whatever port its answer names', () => {
  const last = begin().done('look:1!escalate', 9 * hour, 'yes')
  expect(asked(last).sort()).toEqual(['stop r:look:1', 'stop r:look:1!remind'])
  expect(last).toMatchObject({ status: 'done', output: { at: 9 * hour } })
})

const running = (config: object, undo?: string) =>
  draw(
    {
      start: 'flow.start',
      call: { type: 'flow.call', config: { flow: 'other', ...config }, ...(undo ? { undo } : {}) },
      wait: { type: 'flow.wait', config: { duration: '9h', remind: { after: '2h', every: '2h' } } },
      tell,
      back: tell,
      done: 'flow.end',
      late: { type: 'flow.end', config: { status: 'failed' } },
    },
    [
      'start -> call',
      'call -> wait',
      'call.timeout -> late',
      'wait -> done',
      'wait.remind -> tell',
    ],
  )

it('[R566] a call that takes too long is stopped, and a wait reminds while it goes on', () => {
  const flow = running({ timeout: '3h' })
  const run = begin(flow)
  expect(asked(run.first).toSorted()).toEqual(['r:call:1', 'r:call:1!timeout 3h timeout'])
  const waits = run.done('call:1', hour, 'out')
  expect(asked(waits).toSorted()).toEqual([
    'r:wait:1 10h undefined',
    'r:wait:1!remind 3h remind',
    'stop r:call:1!timeout',
  ])
  expect(asked(run.done('wait:1!remind', 3 * hour, 'remind'))).toEqual(['r:tell:1'])
  expect(asked(run.done('tell:1', 4 * hour, 'ok'))).toEqual(['r:wait:1!remind:2 5h remind'])
  const over = run.done('wait:1', 10 * hour, 'out')
  expect([asked(over), over.status]).toEqual([['stop r:wait:1!remind:2'], 'done'])
  const late = begin(flow).done('call:1!timeout', 3 * hour, 'timeout')
  expect([asked(late), late.status]).toEqual([['stop r:call:1'], 'failed'])
})

it('[R567] what a call that was stopped by its time has begun is waited for before anything is undone, and itself not undone', () => {
  const run = begin(running({ timeout: '3h' }, 'back'))
  const late = run.done('call:1!timeout', 3 * hour, 'timeout')
  expect([asked(late), late.status]).toEqual([['stop r:call:1', 'r:call:1!stopping'], 'active'])
  const last = run.done('call:1!stopping', 4 * hour, 'out')
  expect([asked(last), last.status]).toEqual([[], 'failed'])
})

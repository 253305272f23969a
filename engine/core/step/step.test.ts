import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compile } from '#core/compile/compile.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import type { Effect, Input, State, Step } from '#core/step/types.ts'
import {
  branchConfig,
  endConfig,
  forkConfig,
  joinConfig,
  taskConfig,
  timerConfig,
} from '#core/graph/control.ts'

const any = z.any()
const shape = { version: 1, title: '', description: '', area: 'data', icon: 'x' } as const
const plain = { ...shape, config: z.any(), inputs: {}, outputs: { out: any } } as const
const registry = createRegistry([
  defineNode({ ...plain, type: 'start' }).control('start'),
  defineNode({ ...plain, type: 'end', config: endConfig, openInputs: true, outputs: {} }).control(
    'end',
  ),
  defineNode({
    ...plain,
    type: 'branch',
    config: branchConfig,
    outputs: { '*': any },
    ports: { from: '/cases', plus: ['else'] },
  }).control('branch'),
  defineNode({
    ...plain,
    type: 'fork',
    config: forkConfig,
    outputs: { '*': any },
    ports: { from: '/branches' },
  }).control('fork'),
  defineNode({ ...plain, type: 'join', config: joinConfig }).control('join'),
  defineNode({ ...plain, type: 'wait', config: timerConfig }).control('timer'),
  defineNode({
    ...plain,
    type: 'task',
    config: taskConfig,
    openInputs: true,
    outputs: {},
    ports: { from: '/outcomes' },
  }).control('task'),
  defineNode({ ...plain, type: 'effect', openInputs: true }).effect({ uses: [] }, () =>
    Promise.reject(new Error('never performed here')),
  ),
  defineNode({ ...plain, type: 'fails' }).pure(() => {
    throw new Error('no luck')
  }),
  defineNode({ ...plain, type: 'map', openInputs: true }).pure(({ inputs, exit }) =>
    exit.out(inputs),
  ),
  defineNode({ ...plain, type: 'clock' }).pure(({ at, exit }) => exit.out(at)),
  defineNode({ ...plain, type: 'spoils', openInputs: true }).pure(({ inputs, exit }) => {
    ;(inputs['given'] as { list: number[] }).list.push(1)
    return exit.out(null)
  }),
])

/** A run driven by hand: remembers the state, and what is open. */
function begin(flow: Flow, input: Json = null) {
  const program = compile({ flow, decisions: {}, nodes: {}, models: {} }, registry)
  const core = createCore()
  const run = { id: 'r', flow: 'drawn', version: '1', caseKey: null, startedAt: 0 }
  let at = 0
  let state: State | null = null
  const open = new Map<string, Effect>()
  const step = (given: (at: number) => Input): Step => {
    const next = core.step(program, state, given(at++))
    state = next.state
    for (const effect of next.effects)
      if (effect.kind === 'stop') open.delete(effect.target)
      else open.set(effect.id, effect)
    return next
  }
  const first = step((now) => ({ type: 'start', at: now, run, input }))
  return {
    first,
    open: () => [...open.keys()],
    done(effect: string, value: Json = null, port = 'out') {
      open.delete(`r:${effect}`)
      return step((now) => ({ type: 'done', at: now, effect: `r:${effect}`, port, value }))
    },
    failed: (effect: string) => {
      open.delete(`r:${effect}`)
      const error = { code: 'PEER_DOWN', message: 'down' }
      return step((now) => ({ type: 'failed', at: now, effect: `r:${effect}`, error }))
    },
    cancel: () => step((now) => ({ type: 'cancel', at: now, reason: 'withdrawn' })),
  }
}

const path = (step: Step): string[] =>
  step.trace.map(
    (trace) =>
      `${trace.node}:${trace.epoch} ${trace.event}${trace.event === 'left' ? ` ${trace.port}` : ''}`,
  )
const kinds = (step: Step): string[] => step.effects.map((effect) => `${effect.kind} ${effect.id}`)

const output = (from: string) => ({ type: 'end', inputs: { output: { var: from } } })
const fork = (...ids: string[]) => ({
  type: 'fork',
  config: { branches: ids.map((id) => ({ id })) },
})

describe('a sequence', () => {
  const flow = draw({ start: 'start', a: 'effect', b: 'map', end: output('a') }, [
    'start -> a',
    'a -> b',
    'b -> end',
  ])
  it('asks for an effect under a derived id, and ends with the output', () => {
    const run = begin(flow, { n: 1 })
    expect(run.first.effects).toEqual([
      {
        id: 'r:a:1',
        node: 'a',
        epoch: 1,
        kind: 'activity',
        type: 'effect',
        input: {},
        hasErrorEdge: false,
      },
    ])
    const last = run.done('a:1', { x: 2 })
    expect(path(last)).toEqual([
      'a:1 left out',
      'b:1 entered',
      'b:1 left out',
      'end:1 entered',
      'end:1 left completed',
    ])
    expect([last.status, last.output, last.effects]).toEqual(['done', { x: 2 }, []])
  })
  it('[R33] takes no answer twice, none of an unknown effect, and none after the end', () => {
    const run = begin(flow)
    expect(run.done('a:2').accepted).toBe(false)
    expect(run.done('zzz:1').accepted).toBe(false)
    expect(run.done('a:1').accepted).toBe(true)
    expect(run.done('a:1').accepted).toBe(false)
    expect(run.cancel().accepted).toBe(false)
  })
  it('[R34] keeps a failure without an error edge out of the machine: the effect stays open', () => {
    const run = begin(flow)
    const step = run.failed('a:1')
    expect([step.accepted, step.effects, step.status]).toEqual([false, [], 'active'])
    expect(run.done('a:1').status).toBe('done')
  })
  it('stops what is open when it is cancelled', () => {
    const run = begin(flow)
    const step = run.cancel()
    expect(step.status).toBe('cancelled')
    expect(step.effects).toEqual([
      { id: 'r:a:1:stop', node: 'a', epoch: 1, kind: 'stop', target: 'r:a:1' },
    ])
    expect(path(step)).toEqual(['a:1 stopped'])
  })
})

describe('values', () => {
  it('an error port gives the failure, and the step’s time reaches pure nodes', () => {
    const flow = draw({ start: 'start', a: 'effect', now: 'clock', end: output('a.error.code') }, [
      'start -> a',
      'a -> now',
      'a.error -> now',
      'now -> end',
    ])
    const last = begin(flow).failed('a:1')
    expect(last.output).toBe('PEER_DOWN')
    expect(last.trace).toContainEqual({
      node: 'now',
      epoch: 1,
      event: 'left',
      port: 'out',
      value: 1,
    })
  })
  it('[R39] a pure node cannot change what the run remembers', () => {
    const flow = draw(
      {
        start: 'start',
        spoil: { type: 'spoils', inputs: { given: { var: 'input' } } },
        end: output('spoil'),
      },
      ['start -> spoil', 'spoil -> end', 'spoil.error -> end'],
    )
    const { first } = begin(flow, { list: [] })
    expect(first.output).toMatchObject({ error: { code: 'NODE_FAILED' } })
  })
  it('a timer is due from the time of the step, a task bears its data', () => {
    const flow = draw(
      {
        start: 'start',
        pause: { type: 'wait', config: { duration: '30d' } },
        look: {
          type: 'task',
          config: { title: 'Look', outcomes: [{ id: 'yes' }] },
          inputs: { data: { var: 'input' } },
        },
        end: output('look'),
      },
      ['start -> pause', 'pause -> look', 'look.yes -> end'],
    )
    const run = begin(flow, 'x')
    expect(run.first.effects).toMatchObject([{ kind: 'timer', dueAt: 30 * 86_400_000 }])
    expect(run.done('pause:1').effects).toMatchObject([{ kind: 'task', input: { data: 'x' } }])
    expect(run.done('look:1', { note: 'fine' }, 'yes').output).toEqual({ note: 'fine' })
  })
  it('an end may call the run failed', () => {
    const flow = draw({ start: 'start', end: { type: 'end', config: { status: 'failed' } } }, [
      'start -> end',
    ])
    expect(begin(flow).first.status).toBe('failed')
  })
})

describe('a branch', () => {
  const flow = draw(
    {
      start: 'start',
      gate: {
        type: 'branch',
        config: { cases: [{ id: 'low', when: { lt: [{ var: 'input.score' }, 670] } }] },
      },
      declined: output('gate'),
      on: output('gate'),
    },
    ['start -> gate', 'gate.low -> declined', 'gate.else -> on'],
  )
  const value = (input: Json) => begin(flow, input).first.output
  it('takes the first case that is met, and says why', () => {
    expect(value({ score: 600 })).toMatchObject({
      case: 'low',
      because: expect.any(String) as string,
    })
    expect(value({ score: 700 })).toEqual({ case: 'else', because: 'No case is met' })
  })
  it('[R38] an unknown condition is not met, and names what is missing', () => {
    expect(value({})).toEqual({
      case: 'else',
      because: 'No case is met; unknown: input.score missing',
    })
  })
})

describe('incidents', () => {
  const flow = draw({ start: 'start', bad: 'fails', end: output('bad') }, [
    'start -> bad',
    'bad -> end',
  ])
  it('a pure failure without an error edge waits for an operator', () => {
    const run = begin(flow)
    expect(run.first.effects).toMatchObject([
      {
        id: 'r:bad:1',
        kind: 'incident',
        error: { code: 'NODE_FAILED', params: { detail: 'no luck' } },
      },
    ])
    expect(path(run.first).at(-1)).toBe('bad:1 incident')
    expect(run.done('bad:1', null, 'nowhere').accepted).toBe(false)
    expect(run.done('bad:1', 7).output).toBe(7)
  })
  it('run anew it is a new epoch', () => {
    const run = begin(flow)
    const step = run.done('bad:1', null, 'retry')
    expect(kinds(step)).toEqual(['incident r:bad:2'])
    expect(path(step)).toEqual(['bad:1 left retry', 'bad:2 entered', 'bad:2 incident'])
    expect(run.done('bad:1', 7).accepted).toBe(false)
    expect(run.done('bad:2', 7).output).toBe(7)
  })
  it('a completion by a port without an edge becomes one', () => {
    const run = begin(
      draw({ start: 'start', a: 'effect', end: output('a') }, ['start -> a', 'a -> end']),
    )
    const step = run.done('a:1', 1, 'nowhere')
    expect(step.effects).toMatchObject([{ kind: 'incident', error: { code: 'PORT_WITHOUT_EDGE' } }])
    expect(run.done('a:1', 2, 'nowhere').accepted).toBe(false)
    expect(run.done('a:1', 3).output).toBe(3)
  })
})

describe('a fork', () => {
  const nodes = {
    start: 'start',
    f: fork('left', 'right'),
    a: 'effect',
    b: 'effect',
    j: 'join',
    end: output('j.arrived'),
  }
  const edges = ['start -> f', 'f.left -> a', 'f.right -> b', 'a -> j', 'b -> j', 'j -> end']

  it('[R36] runs its branches at once and waits for all', () => {
    const run = begin(draw(nodes, edges))
    expect(kinds(run.first)).toEqual(['activity r:a:1', 'activity r:b:1'])
    expect(path(run.first)).toContain('f:1 left left,right')
    expect(run.done('b:1').status).toBe('active')
    expect(run.done('a:1').output).toEqual(['right', 'left'])
  })
  it('[R36] “any” goes on with the first and stops the rest', () => {
    const run = begin(draw({ ...nodes, j: { type: 'join', config: { mode: 'any' } } }, edges))
    const step = run.done('b:1')
    expect([step.output, kinds(step)]).toEqual([['right'], ['stop r:a:1:stop']])
    expect(path(step)).toContain('a:1 stopped')
  })
  it('[R36] “count” goes on when so many have arrived', () => {
    const three = draw(
      {
        ...nodes,
        f: fork('left', 'right', 'middle'),
        c: 'effect',
        j: { type: 'join', config: { mode: 'count', count: 2 } },
      },
      [...edges, 'f.middle -> c', 'c -> j'],
    )
    const run = begin(three)
    expect(run.done('c:1').status).toBe('active')
    const step = run.done('a:1')
    expect([step.output, kinds(step)]).toEqual([['middle', 'left'], ['stop r:b:1:stop']])
  })
  it('skips a branch whose condition is not met', () => {
    const config = { branches: [{ id: 'left', when: { var: 'input.both' } }, { id: 'right' }] }
    const run = begin(draw({ ...nodes, f: { type: 'fork', config } }, edges), { both: false })
    expect(run.open()).toEqual(['r:b:1'])
    expect(run.done('b:1').output).toEqual(['right'])
  })
  it('goes on at once where no branch begins', () => {
    const config = { branches: ['left', 'right'].map((id) => ({ id, when: false })) }
    for (const mode of ['all', 'any']) {
      const flow = draw(
        { ...nodes, f: { type: 'fork', config }, j: { type: 'join', config: { mode } } },
        edges,
      )
      expect(begin(flow).first.output).toEqual([])
    }
  })
  it('[R35] is left by an error edge or to an End, which stops the other branches', () => {
    const flow = draw({ ...nodes, manual: 'effect', early: output('b') }, [
      ...edges,
      'a.error -> manual',
      'manual -> end',
      'b.error -> early',
    ])
    const down = begin(flow)
    const step = down.failed('a:1')
    expect(kinds(step)).toEqual(['stop r:b:1:stop', 'activity r:manual:1'])
    expect(down.done('b:1').accepted).toBe(false)
    expect(down.done('manual:1').status).toBe('done')
    expect(begin(flow).failed('b:1').output).toMatchObject({ error: { code: 'PEER_DOWN' } })
  })
  it('keeps an error that is mended inside its branch', () => {
    const flow = draw({ ...nodes, mend: 'effect' }, [...edges, 'a.error -> mend', 'mend -> j'])
    const run = begin(flow)
    expect(kinds(run.failed('a:1'))).toEqual(['activity r:mend:1'])
    expect(run.done('b:1').status).toBe('active')
    expect(run.done('mend:1').status).toBe('done')
  })
  it('nests', () => {
    const flow = draw({ ...nodes, g: fork('up', 'down'), c: 'effect', d: 'effect', k: 'join' }, [
      ...edges.filter((edge) => edge !== 'a -> j'),
      'a -> g',
      'g.up -> c',
      'g.down -> d',
      'c -> k',
      'd -> k',
      'k -> j',
    ])
    const run = begin(flow)
    run.done('a:1')
    run.done('d:1')
    run.done('b:1')
    expect(run.open()).toEqual(['r:c:1'])
    expect(run.done('c:1').output).toEqual(['right', 'left'])
  })
})

describe('a cycle', () => {
  const again = { type: 'branch', config: { cases: [{ id: 'again', when: { var: 'a.again' } }] } }
  const edges = ['start -> a', 'a -> gate', 'gate.again -> a', 'gate.else -> end']
  it('[R33] counts visits as epochs; an answer to an older one changes nothing', () => {
    const run = begin(draw({ start: 'start', a: 'effect', gate: again, end: output('a') }, edges))
    expect(kinds(run.done('a:1', { again: true }))).toEqual(['activity r:a:2'])
    expect(run.done('a:1', { again: false }).accepted).toBe(false)
    expect(run.done('a:2', { again: false }).status).toBe('done')
  })
  it('[R37] fails beyond its limit, without asking for the effect once more', () => {
    const limited = {
      start: 'start',
      a: { type: 'effect', maxVisits: 1 },
      gate: again,
      end: output('a'),
    }
    const stuck = begin(draw(limited, edges)).done('a:1', { again: true })
    expect(stuck.effects).toMatchObject([{ kind: 'incident', error: { code: 'TOO_MANY_VISITS' } }])
    const handled = begin(draw(limited, [...edges, 'a.error -> end'])).done('a:1', { again: true })
    expect(handled.output).toMatchObject({
      error: { code: 'TOO_MANY_VISITS', params: { limit: 1 } },
    })
  })
  it('of pure nodes alone comes to an end', () => {
    const flow = draw(
      {
        start: 'start',
        a: 'map',
        gate: { type: 'branch', config: { cases: [{ id: 'again', when: true }] } },
        end: 'end',
      },
      edges,
    )
    expect(begin(flow).first.effects).toMatchObject([
      { kind: 'incident', epoch: 101, error: { code: 'TOO_MANY_VISITS' } },
    ])
  })
})

describe('a disabled node', () => {
  it('is passed through by its first port', () => {
    const flow = draw(
      {
        start: 'start',
        a: { type: 'effect', disabled: true },
        b: { type: 'fails', disabled: true },
        end: output('input'),
      },
      ['start -> a', 'a -> b', 'b -> end'],
    )
    expect(begin(flow, 5).first.output).toBe(5)
  })
})

describe('a saved state', () => {
  it('[R40] is refused by another release', () => {
    const core = createCore()
    const programs = ['one', 'two'].map((name) =>
      compile(
        {
          flow: draw({ start: 'start', a: 'effect', end: 'end' }, ['start -> a', 'a -> end'], {
            name,
          }),
          decisions: {},
          nodes: {},
          models: {},
        },
        registry,
      ),
    )
    const [one, two] = programs as [(typeof programs)[0], (typeof programs)[0]]
    const run = { id: 'r', flow: 'drawn', version: '1', caseKey: null, startedAt: 0 }
    const { state } = core.step(one, null, { type: 'start', at: 0, run, input: null })
    const saved = core.serialize(state)
    expect(core.serialize(core.deserialize(one, saved))).toEqual(saved)
    expect(() => core.deserialize(two, saved)).toThrow(/another release/)
  })
})

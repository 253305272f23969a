import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const lookup = {
  descriptor: (type: string) => registry.descriptor(type),
  decision: () => undefined,
  flow: () => undefined,
}

/** A task with one way out, whose port is named as that of an effect. */
const task = { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'out' }] } }
const event = { type: 'flow.event', config: { message: 'signed' }, inputs: { key: 'k' } }
const fork = (...branches: (string | { id: string; when: Json })[]) => ({
  type: 'flow.fork',
  config: { branches: branches.map((each) => (typeof each === 'string' ? { id: each } : each)) },
})
const join = (mode: string, count?: number) => ({
  type: 'flow.join',
  config: { mode, ...(count === undefined ? {} : { count }) },
})
const gate = (...cases: { id: string; when: Json }[]) => ({
  type: 'flow.branch',
  config: { cases },
})
const ifInput = (id: string) => ({ id, when: { var: `input.${id}` } })
const input = (...names: string[]) => ({
  input: {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    required: names,
  },
})
const ends = (parts: Parameters<typeof draw>[0]) => ({
  start: 'flow.start',
  end: 'flow.end',
  ...parts,
})
const endBranch = { type: 'flow.end', config: { ends: 'branch' } }

/** An answer, `node:visit` or `node:visit.port`, and what the run waits for then, or how it ended. */
type Happening = readonly [answer: string, waits: string]
interface Shown {
  readonly flow: Flow
  readonly input?: Json
  readonly happens: readonly Happening[]
}

const abc = { a: task, b: task, c: task }
const three = fork('a', 'b', 'c')
const toThree = ['start -> f', 'f.a -> a', 'f.b -> b', 'f.c -> c']
const met = ['a -> j', 'b -> j', 'c -> j']
const choice = (...chosen: string[]): Json =>
  Object.fromEntries(['a', 'b', 'c'].map((id) => [id, chosen.includes(id)]))
const chosen = draw(
  ends({ ...abc, f: fork(ifInput('a'), ifInput('b'), ifInput('c')), j: join('all'), d: task }),
  [...toThree, ...met, 'j -> d', 'd -> end'],
  input('a', 'b', 'c'),
)
const raced = (mode: string, count?: number) =>
  draw(ends({ ...abc, f: three, j: join(mode, count), d: task }), [
    ...toThree,
    ...met,
    'j -> d',
    'd -> end',
  ])

/** As raced, but the others finish. */
const unheeded = (mode: string, count?: number) =>
  draw(
    ends({ ...abc, d: task, f: three, j: { ...join(mode, count), config: { ...join(mode, count).config, rest: 'finish' } } }), // prettier-ignore
    [...toThree, ...met, 'j -> d', 'd -> end'],
  )

/** Of an activation that is not over, the next one is held back. */
const blocked = (mode: string, count?: number) => ({
  flow: draw(
    ends({ ...abc, d: { ...task, config: { title: 'Look', outcomes: [{ id: 'out' }, { id: 'again' }] } }, f: three, j: { ...join(mode, count), config: { ...join(mode, count).config, rest: 'finish' } } }), // prettier-ignore
    [...toThree, ...met, 'j -> d', 'd -> end', 'd.again -> f'],
  ),
})

const patterns: Readonly<Record<string, readonly Shown[]>> = {
  'WCP-1 Sequence': [
    {
      flow: draw(ends({ a: task, b: task }), ['start -> a', 'a -> b', 'b -> end']),
      happens: [
        ['', 'a:1'],
        ['a:1', 'b:1'],
        ['b:1', 'done'],
      ],
    },
  ],
  'WCP-2 Parallel Split': [
    {
      flow: raced('all'),
      happens: [['', 'a:1 b:1 c:1']],
    },
  ],
  'WCP-3 Synchronization': [
    {
      flow: raced('all'),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['b:1', 'a:1 c:1'],
        ['c:1', 'a:1'],
        ['a:1', 'd:1'],
      ],
    },
  ],
  'WCP-4 Exclusive Choice': [true, false].map((a) => ({
    flow: draw(
      ends({ g: gate(ifInput('a'), ifInput('b')), ...abc }),
      ['start -> g', 'g.a -> a', 'g.b -> b', 'g.else -> c', ...['a', 'b', 'c'].map((id) => `${id} -> end`)], // prettier-ignore
      input('a', 'b'),
    ),
    input: { a, b: true },
    happens: [['', a ? 'a:1' : 'b:1']] as const,
  })),
  'WCP-5 Simple Merge': [true, false].map((a) => ({
    flow: draw(
      ends({ g: gate(ifInput('a')), ...abc }),
      ['start -> g', 'g.a -> a', 'g.else -> b', 'a -> c', 'b -> c', 'c -> end'],
      input('a'),
    ),
    input: { a },
    happens: [
      ['', a ? 'a:1' : 'b:1'],
      [a ? 'a:1' : 'b:1', 'c:1'],
      ['c:1', 'done'],
    ] as const,
  })),
  'WCP-6 Multi-Choice': [
    { flow: chosen, input: choice('a', 'c'), happens: [['', 'a:1 c:1']] },
    { flow: chosen, input: choice('b'), happens: [['', 'b:1']] },
  ],
  'WCP-7 Structured Synchronizing Merge': [
    {
      flow: chosen,
      input: choice('a', 'c'),
      happens: [
        ['', 'a:1 c:1'],
        ['c:1', 'a:1'],
        ['a:1', 'd:1'],
      ],
    },
    { flow: chosen, input: choice(), happens: [['', 'd:1']] },
  ],
  'WCP-9 Structured Discriminator': [
    {
      flow: unheeded('any'),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['b:1', 'a:1 c:1 d:1'],
        ['a:1', 'c:1 d:1'],
        ['d:1', 'c:1'],
        ['c:1', 'done'],
      ],
    },
  ],
  'WCP-10 Arbitrary Cycles': [
    {
      // Two ways into the cycle of a and b, and two out of it.
      flow: draw(
        ends({
          g: gate(ifInput('second')),
          a: { ...task, config: { title: 'Look', outcomes: [{ id: 'on' }, { id: 'leave' }] } },
          b: { ...task, config: { title: 'Look', outcomes: [{ id: 'on' }, { id: 'leave' }] } },
          c: task,
        }),
        [
          'start -> g',
          'g.second -> b',
          'g.else -> a',
          'a.on -> b',
          'b.on -> a',
          'a.leave -> c',
          'b.leave -> end',
          'c -> end',
        ],
        input('second'),
      ),
      input: { second: true },
      happens: [
        ['', 'b:1'],
        ['b:1.on', 'a:1'],
        ['a:1.on', 'b:2'],
        ['b:2.on', 'a:2'],
        ['a:2.leave', 'c:1'],
        ['c:1', 'done'],
      ],
    },
  ],
  'WCP-11 Implicit Termination': [
    {
      flow: draw(
        { start: 'flow.start', f: fork('a', 'b'), a: task, b: task, x: endBranch, y: endBranch },
        ['start -> f', 'f.a -> a', 'f.b -> b', 'a -> x', 'b -> y'],
      ),
      happens: [
        ['', 'a:1 b:1'],
        ['a:1', 'b:1'],
        ['b:1', 'done'],
      ],
    },
  ],
  'WCP-16 Deferred Choice': [
    {
      flow: draw(
        ends({
          f: fork('signed', 'late', 'asked'),
          signed: event,
          late: { type: 'flow.wait', config: { duration: '7d' } },
          asked: task,
          j: join('any'),
          g: gate({ id: 'signed', when: { in: ['signed', { var: 'j.arrived' }] } }),
          pay: task,
          drop: task,
        }),
        [
          'start -> f',
          ...['signed', 'late', 'asked'].map((id) => `f.${id} -> ${id}`),
          'signed.received -> j',
          'late -> j',
          'asked -> j',
          'j -> g',
          'g.signed -> pay',
          'g.else -> drop',
          'pay -> end',
          'drop -> end',
        ],
      ),
      happens: [
        ['', 'asked:1 late:1 signed:1'],
        ['signed:1.received', 'pay:1'],
        ['late:1', 'refused'],
      ],
    },
  ],
  'WCP-18 Milestone': [
    {
      // Only between a and c can the applicant change the amount.
      flow: draw(
        ends({ ...abc, f: fork('c', 'change'), change: event, j: join('any') }),
        ['start -> a', 'a -> f', 'f.c -> c', 'f.change -> change', 'change.received -> b', 'b -> j', 'c -> j', 'j -> end'], // prettier-ignore
      ),
      happens: [
        ['', 'a:1'],
        ['change:1.received', 'refused'],
        ['a:1', 'c:1 change:1'],
        ['c:1', 'done'],
      ],
    },
  ],
  'WCP-19 Cancel Task': [
    {
      flow: draw(
        ends({ ...abc, f: fork('a', 'b'), g: fork('do', 'stop'), stop: event, i: join('any'), j: join('all') }), // prettier-ignore
        [
          'start -> f',
          'f.a -> g',
          'f.b -> b',
          'g.do -> a',
          'g.stop -> stop',
          'a -> i',
          'stop.received -> i',
          'i -> c',
          'c -> j',
          'b -> j',
          'j -> end',
        ],
      ),
      happens: [
        ['', 'a:1 b:1 stop:1'],
        ['stop:1.received', 'b:1 c:1'],
        ['a:1', 'refused'],
      ],
    },
  ],
  'WCP-20 Cancel Case': [
    {
      flow: raced('all'),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['cancel', 'cancelled'],
        ['a:1', 'refused'],
      ],
    },
  ],
  'WCP-21 Structured Loop': [
    {
      // Tested after each round.
      flow: draw(
        ends({
          a: {
            ...task,
            config: { title: 'Look', outcomes: [{ id: 'again' }, { id: 'enough' }] },
            maxVisits: 3,
          },
        }),
        ['start -> a', 'a.again -> a', 'a.enough -> end'],
      ),
      happens: [
        ['', 'a:1'],
        ['a:1.again', 'a:2'],
        ['a:2.again', 'a:3'],
        ['a:3.enough', 'done'],
      ],
    },
    // Tested before each round.
    ...[true, false].map((more) => ({
      flow: draw(
        ends({ g: gate(ifInput('more')), a: task }),
        ['start -> g', 'g.more -> a', 'g.else -> end', 'a -> g'],
        input('more'),
      ),
      input: { more },
      happens: more
        ? ([
            ['', 'a:1'],
            ['a:1', 'a:2'],
          ] as const)
        : ([['', 'done']] as const),
    })),
  ],
  'WCP-25 Cancel Region': [
    {
      flow: draw(
        ends({ ...abc, f: fork('do', 'stop'), g: fork('a', 'b'), i: join('all'), stop: event, j: join('any') }), // prettier-ignore
        [
          'start -> f',
          'f.do -> g',
          'f.stop -> stop',
          'g.a -> a',
          'g.b -> b',
          'a -> i',
          'b -> i',
          'i -> j',
          'stop.received -> j',
          'j -> c',
          'c -> end',
        ],
      ),
      happens: [
        ['', 'a:1 b:1 stop:1'],
        ['a:1', 'b:1 stop:1'],
        ['stop:1.received', 'c:1'],
        ['b:1', 'refused'],
      ],
    },
  ],
  'WCP-29 Cancelling Discriminator': [
    {
      flow: raced('any'),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['c:1', 'd:1'],
        ['a:1', 'refused'],
        ['b:1', 'refused'],
        ['d:1', 'done'],
      ],
    },
  ],
  'WCP-28 Blocking Discriminator': [
    {
      ...blocked('any'),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['b:1', 'a:1 c:1 d:1'],
        ['d:1.again', 'a:1 c:1'],
        ['a:1', 'c:1'],
        ['c:1', 'a:2 b:2 c:2'],
        ['a:2', 'b:2 c:2 d:2'],
      ],
    },
  ],
  'WCP-31 Blocking Partial Join': [
    {
      ...blocked('count', 2),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['b:1', 'a:1 c:1'],
        ['a:1', 'c:1 d:1'],
        ['d:1.again', 'c:1'],
        ['c:1', 'a:2 b:2 c:2'],
      ],
    },
  ],
  'WCP-30 Structured Partial Join': [
    {
      flow: unheeded('count', 2),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['b:1', 'a:1 c:1'],
        ['a:1', 'c:1 d:1'],
        ['d:1', 'c:1'],
        ['c:1', 'done'],
      ],
    },
  ],
  'WCP-32 Cancelling Partial Join': [
    {
      flow: raced('count', 2),
      happens: [
        ['', 'a:1 b:1 c:1'],
        ['c:1', 'a:1 b:1'],
        ['a:1', 'd:1'],
        ['b:1', 'refused'],
        ['d:1', 'done'],
      ],
    },
  ],
  'WCP-37 Local Synchronizing Merge': [true, false].map((both) => ({
    // c needs a; d needs b and, where it is chosen, a.
    flow: draw(
      ends({ ...abc, f: fork('a', 'b'), g: fork('c', { id: 'd', when: { var: 'input.both' } }), k: join('all'), d: task, j: join('all') }), // prettier-ignore
      [
        'start -> f',
        'f.a -> a',
        'f.b -> b',
        'a -> g',
        'g.c -> c',
        'g.d -> k',
        'b -> k',
        'k -> d',
        'c -> j',
        'd -> j',
        'j -> end',
      ],
      input('both'),
    ),
    input: { both },
    happens: [
      ['', 'a:1 b:1'],
      ['b:1', 'a:1'],
      ['a:1', 'c:1 d:1'],
      ['d:1', 'c:1'],
      ['c:1', 'done'],
    ] as const,
  })),
  'WCP-38 General Synchronizing Merge': [
    {
      // a goes round as often as it likes; once its branch ends, nothing can come from there any more.
      flow: draw(
        ends({
          f: fork('a', 'b'),
          a: {
            ...task,
            config: {
              title: 'Look',
              outcomes: [{ id: 'again' }, { id: 'good' }, { id: 'no' }],
            },
          },
          b: task,
          c: task,
          x: endBranch,
          j: join('all'),
        }),
        ['start -> f', 'f.a -> a', 'f.b -> b', 'a.again -> a', 'a.good -> j', 'a.no -> x', 'b -> j', 'j -> c', 'c -> end'], // prettier-ignore
      ),
      happens: [
        ['', 'a:1 b:1'],
        ['b:1', 'a:1'],
        ['a:1.again', 'a:2'],
        ['a:2.no', 'c:1'],
      ],
    },
  ],
  'WCP-43 Explicit Termination': [
    {
      flow: draw(
        { start: 'flow.start', f: fork('a', 'b'), a: task, b: task, x: 'flow.end', y: endBranch },
        ['start -> f', 'f.a -> a', 'f.b -> b', 'a -> x', 'b -> y'],
      ),
      happens: [
        ['', 'a:1 b:1'],
        ['a:1', 'done'],
        ['b:1', 'refused'],
      ],
    },
  ],
}

describe('a pattern', () => {
  it.each(Object.entries(patterns))('%s', (_, shown) => {
    for (const { flow, input: given = {}, happens } of shown) {
      const errors = validateFlow(flow, lookup).filter(({ severity }) => severity === 'error')
      expect(errors).toEqual([])
      const run = runByHand(flow, registry, { input: given })
      const answers = (answer: string) => {
        if (answer === 'cancel') return run.cancel()
        const [effect = '', port = 'out'] = answer.split('.')
        return answer === '' ? run.first : run.done(effect, { n: 1 }, port)
      }
      const happened = happens.map(([answer]): Happening => {
        const step = answers(answer)
        if (!step.accepted) return [answer, 'refused']
        return [answer, step.status === 'active' ? run.open().sort().join(' ') : step.status]
      })
      expect(happened).toEqual(happens)
    }
  })
})

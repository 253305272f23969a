import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Calendar } from '#core/calendar/calendar.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'
import { calledFlow, fullFlow, recovered } from '../0.2.0/release.ts'

/** A database as this release writes it, with its test key. Never made anew once released. */
export const database = fileURLToPath(new URL('data', import.meta.url))
export const releaseTime = Date.UTC(2026, 2, 2)

export const openRelease = (folder: string, clock = simulatedClock(releaseTime)) =>
  createEngine({
    store: openStore(join(folder, 'metis.db')),
    registry: createRegistry([...builtInNodes, recovered]),
    clock,
    masterKey: loadMasterKey(join(folder, 'master.key')),
  })

const asks = (n: Json, more: object = {}) => ({ type: 'test.ask', inputs: { n }, ...more })
const ends = (output: Json, more: object = {}) => ({
  type: 'flow.end',
  inputs: { output },
  ...more,
})
const looks = (more: object = {}) => ({
  type: 'human.task',
  config: { title: 'Look', outcomes: [{ id: 'ok', name: 'OK' }], ...more },
})
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id, name: id })) },
})
const branch = (id: string, when: Json) => ({
  type: 'flow.branch',
  config: { cases: [{ id, name: id, when }] },
})

const day = { opens: '09:00', closes: '17:00' }
export const calendar: Calendar = {
  id: 'branch',
  name: 'Branch',
  offset: 330,
  workdays: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: [{ date: '2026-03-03', name: 'Holi' }],
}

export const decision = {
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'hard',
      name: 'Hard policy',
      rules: [
        {
          id: 'score',
          name: 'Bureau score',
          when: { lt: [{ var: 'score' }, 670] },
          // prettier-ignore
          then: [{ do: 'outcome', outcome: 'decline' }, { do: 'reason', code: 'BUREAU_LOW', text: 'Score below 670' }],
        },
      ],
    },
  ],
}

/** Begins anew until `n` is 3, by a person each time. */
const rounds = draw(
  {
    start: 'flow.start',
    look: looks(),
    which: branch('more', { lt: [{ var: 'input.n' }, 3] }),
    next: { type: 'data.map', inputs: { n: { plus: [{ var: 'input.n' }, 1] } } },
    anew: { type: 'flow.continue', inputs: { input: { var: 'next' } } },
    end: ends({ var: 'input.n' }),
  },
  ['start -> look', 'look.ok -> which', 'which.more -> next', 'next -> anew', 'which.else -> end'],
  { id: 'rounds', name: 'Rounds' },
)

/** Branches that interleave: C needs A, a person D needs A and B. */
export const woven = (name: string) =>
  draw(
    {
      start: 'flow.start',
      f: fork('a', 'b'),
      a: asks(1),
      b: asks(2),
      g: fork('c', 'd'),
      c: asks(3),
      d: looks(),
      k: 'flow.join',
      j: 'flow.join',
      end: ends({ var: 'j' }),
    },
    [
      'start -> f',
      'f.a -> a',
      'f.b -> b',
      'a -> g',
      'b -> k',
      'g.c -> c',
      'g.d -> k',
      'k -> d',
      'c -> j',
      'd.ok -> j',
      'j -> end',
    ],
    { id: 'woven', name },
  )

/** One working day on the tenant's own calendar. */
const hours = draw(
  {
    start: 'flow.start',
    pause: { type: 'flow.wait', config: { business: { days: 1, calendar: 'branch' } } },
    end: 'flow.end',
  },
  ['start -> pause', 'pause -> end'],
  { id: 'hours', name: 'Hours' },
)

/** A list that a message adds to, and that goes on once two have come; the rest is stopped. */
const grows = draw(
  {
    start: 'flow.start',
    each: {
      type: 'flow.each',
      config: {
        mode: 'concurrent',
        adds: { message: 'lender', schema: { type: 'string' } },
        enough: { count: 2, after: '30d' },
      },
      inputs: { items: { var: 'input.items' }, key: { var: 'input.key' } },
    },
    look: { ...looks(), parent: 'each' },
    seen: ends({ var: 'item' }, { parent: 'each' }),
    end: ends({ var: 'each' }),
  },
  ['start -> each', 'each.item -> look', 'look.ok -> seen', 'each -> end'],
  { id: 'grows', name: 'Grows' },
)

/** A decision, a check, then a person who is reminded, and taken off the task in the end. */
const decides = draw(
  {
    start: 'flow.start',
    policy: {
      type: 'decision.evaluate',
      config: { decision: 'policy' },
      inputs: { score: { var: 'input.score' } },
    },
    which: branch('declined', { eq: [{ var: 'policy.outcome' }, 'decline'] }),
    look: looks({ remind: { after: '1d', every: '1d' }, escalate: { after: '5d' } }),
    tell: asks(4),
    declined: ends({ var: 'policy.reasons' }, { config: { status: 'failed' } }),
    late: ends('late'),
    end: ends({ var: 'policy.outcome' }),
  },
  [
    'start -> policy',
    'policy -> which',
    'which.declined -> declined',
    'which.else -> look',
    'look.ok -> end',
    'look.remind -> tell',
    'look.escalate -> late',
  ],
  { id: 'decides', name: 'Decides' },
)

/** A person who looks at one application of a borrower at a time. */
const turns = draw(
  {
    start: 'flow.start',
    turn: {
      type: 'flow.lock',
      config: { lock: 'borrower' },
      inputs: { key: { var: 'input.borrower' } },
    },
    look: { ...looks(), parent: 'turn' },
    seen: ends({ var: 'input.borrower' }, { parent: 'turn' }),
    end: ends({ var: 'turn' }),
  },
  ['start -> turn', 'turn.body -> look', 'look.ok -> seen', 'turn -> end'],
  { id: 'turns', name: 'Turns' },
)

/** With those of the release before, every kind of node. */
export const flows = [
  rounds,
  woven('Woven'),
  hours,
  grows,
  decides,
  turns,
  calledFlow,
  fullFlow('Full'),
]

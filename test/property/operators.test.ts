import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Verb } from '#core/api/verbs.ts'
import { MetisError, RetryableError, TerminalError } from '#core/errors.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { audit } from '#engine/run/audit.ts'
import { by, openBench, type Bench } from '#engine/run/engine-fixture.ts'
import { createRandom, type Random } from './random.ts'

const reason = 'by chance'
const hour = 3_600_000
const statesOver = new Set(['completed', 'failed', 'cancelled', 'continued'])

const calls = (more: object = {}) => ({ type: 'test.call', config: { peer: 'peer' }, ...more })
const ends = (more: object = {}) => ({ type: 'flow.end', ...more })

const calledFlow = draw(
  { start: 'flow.start', inner: calls(), end: ends({ inputs: { output: { var: 'inner' } } }) },
  ['start -> inner', 'inner -> end', 'inner.other -> end'],
  { id: 'called', name: 'Called' },
)

/** Of everything one: undoing, a fork over a list, a call, a timer, a message and a person, a try, a way back, a new beginning. */
const allFlow = (name: string, last: string) =>
  draw(
    {
      start: 'flow.start',
      first: calls({ undo: 'unfirst' }),
      unfirst: calls(),
      fork: {
        type: 'flow.fork',
        config: { branches: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: id })) },
      },
      list: {
        type: 'flow.each',
        config: { mode: 'concurrent', limit: 2, onFailure: 'collect' },
        inputs: { items: [1, 2, 3] },
      },
      share: calls({ parent: 'list', inputs: { value: { var: 'item' } } }),
      shared: ends({ parent: 'list', inputs: { output: { var: 'share' } } }),
      call: { type: 'flow.call', config: { flow: 'called' }, inputs: { input: { var: 'input' } } },
      wait: { type: 'flow.wait', config: { duration: '40h' } },
      signed: {
        type: 'flow.event',
        config: { message: 'signed', timeout: '90h' },
        inputs: { key: { var: 'input.number' } },
      },
      look: {
        type: 'human.task',
        config: {
          title: 'Look',
          role: 'officer',
          outcomes: [
            { id: 'ok', name: 'Ok' },
            { id: 'again', name: 'Again' },
          ],
        },
      },
      join: 'flow.join',
      safe: 'flow.try',
      check: calls({ parent: 'safe' }),
      checked: ends({ parent: 'safe', inputs: { output: { var: 'check' } } }),
      [last]: calls({ undo: 'unlast' }),
      unlast: calls(),
      how: {
        type: 'human.task',
        config: {
          title: 'How',
          role: 'officer',
          outcomes: ['done', 'back', 'anew', 'failed'].map((id) => ({ id, name: id })),
        },
      },
      anew: { type: 'flow.continue', inputs: { input: { var: 'input' } } },
      failed: ends({ config: { status: 'failed' } }),
      end: ends({ inputs: { output: { var: 'safe' } } }),
    },
    [
      'start -> first',
      'first -> fork',
      'first.other -> fork',
      'fork.a -> list',
      'list.item -> share',
      'share -> shared',
      'share.other -> shared',
      'list -> join',
      'fork.b -> call',
      'call -> join',
      'fork.c -> wait',
      'wait -> join',
      'fork.d -> signed',
      'signed.received -> join',
      'signed.timeout -> join',
      'fork.e -> look',
      'look.ok -> join',
      'look.again -> join',
      'join -> safe',
      'safe.body -> check',
      'check -> checked',
      'check.other -> checked',
      `safe -> ${last}`,
      `safe.error -> ${last}`,
      `${last} -> how`,
      `${last}.other -> how`,
      'how.done -> end',
      'how.back -> fork',
      'how.anew -> anew',
      'how.failed -> failed',
    ],
    { id: 'all', name, input: { type: 'object', properties: { number: { type: 'number' } } } },
  )
const nodes = [
  'first',
  'fork',
  'list',
  'share',
  'call',
  'inner',
  'wait',
  'signed',
  'look',
  'safe',
  'check',
  'last',
  'final',
  'how',
  'unfirst',
  'unlast',
]

let bench: Bench
let trouble: number
beforeEach(async () => {
  trouble = 0
  bench = await openBench({ runsInMemory: 3 })
})
afterEach(() => bench.close())

const publish = (document: { readonly id: string }) => {
  bench.engine.flows.save({ ...by, document })
  bench.engine.flows.publish({ ...by, id: document.id })
}
const table = <T>(sql: string): T[] => {
  const db = new Database(bench.file, { readonly: true })
  try {
    return db.prepare<[], T>(sql).all()
  } finally {
    db.close()
  }
}
const allRuns = () =>
  table<{ id: string; status: string; ended: number | null }>(
    'SELECT id, status, ended_at AS ended FROM runs ORDER BY id',
  )
/** What is refused says so; anything else is a fault. */
const may = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    if (
      error instanceof MetisError &&
      error.code !== 'INTERNAL' &&
      error.code !== 'VALUE_UNREADABLE'
    )
      return false
    throw error
  }
}

const verbOf = (random: Random): Verb => {
  const at = random.pick(nodes)
  return random.pick<() => Verb>([
    () => ({ do: 'retry' }),
    () => ({ do: 'retry', at }),
    () => ({
      do: 'complete',
      at,
      port: random.pick(['out', 'ok', 'received', 'done']),
      value: random.pick([null, 1, {}]),
    }),
    () => ({ do: 'skip', at }),
    () => ({ do: 'fail', at, code: 'BY_HAND', message: 'no' }),
    () => ({ do: 'rewind', node: at, values: {} }),
    () => ({ do: 'rewind', node: at, values: { input: { number: random.int(3) } } }),
    () => ({ do: 'suspend' }),
    () => ({ do: 'resume' }),
    () => ({
      do: 'migrate',
      version: 1 + random.int(2),
      nodes: random.chance(0.7) ? { last: 'final', final: 'last' } : {},
    }),
    () => ({ do: 'unmigrate' }),
    () => ({ do: 'cancel' }),
  ])()
}

async function chaos(random: Random, steps: number): Promise<string[]> {
  const done: string[] = []
  const acts: Record<string, () => Promise<unknown>> = {
    start: () =>
      bench.engine.startRun({
        ...by,
        flow: 'all',
        input: { number: random.int(3) },
        ...(random.chance(0.5) ? { caseKey: `c${random.int(6)}` } : {}),
      }),
    async operate() {
      const runs = allRuns().filter(({ ended }) => ended === null || random.chance(0.05))
      const run = runs.length > 0 ? random.pick(runs).id : ''
      const verb = verbOf(random)
      done[done.length - 1] += ` ${run} ${JSON.stringify(verb)}`
      await bench.engine.operate({ ...by, reason, run, verb })
    },
    async answer() {
      const { items } = bench.engine.listTasks('default', { status: 'open', limit: 500 })
      if (items.length === 0) return
      const task = random.pick(items)
      const { id } = random.pick(task.outcomes)
      done[done.length - 1] += ` ${task.id} ${id}`
      await bench.engine.completeTask({ ...by, task: task.id, outcome: id, value: {} })
    },
    send: () =>
      bench.engine.sendMessage({ ...by, name: 'signed', key: random.int(3), value: 'yes' }),
    hold: () =>
      bench.engine.setSuspension({
        ...by,
        reason,
        kind: 'flow',
        name: random.pick(['all', 'called']),
        suspended: random.chance(0.4),
      }),
    async pass() {
      bench.clock.advance(random.pick([1_000, 60_000, hour, 30 * hour]))
    },
    async trouble() {
      trouble = random.pick([0, 0, 0.3, 0.8])
    },
    restart: () => bench.reopen({ killed: random.chance(0.5) }),
    async bulk() {
      const verb = verbOf(random)
      done[done.length - 1] += ` ${JSON.stringify(verb)}`
      const { id } = await bench.engine.previewBulk({ ...by, query: { flow: 'all' }, verb })
      if (random.chance(0.5)) await bench.engine.applyBulk({ ...by, reason, id })
    },
  }
  const names = [
    'start',
    'operate',
    'operate',
    'operate',
    'operate',
    'answer',
    'answer',
    'send',
    'hold',
    'pass',
    'trouble',
    'restart',
    'bulk',
  ]
  for (let n = 0; n < steps; n += 1) {
    const name = n === 0 ? 'start' : random.pick(names)
    done.push(name)
    const taken = await may(async () => acts[name]?.())
    if (!taken) done[done.length - 1] += ' refused'
    await bench.engine.idle()
    for (const { id } of allRuns()) bench.engine.getRun('default', id)
  }
  return done
}

/** Everything that is held goes on, and whatever waits is answered, until all has ended. */
async function toTheEnd(): Promise<void> {
  trouble = 0
  await bench.reopen({ killed: true })
  for (const name of ['all', 'called'])
    await may(() => bench.engine.setSuspension({ ...by, kind: 'flow', name, suspended: false }))
  for (let round = 0; round < 60; round += 1) {
    const open = allRuns().filter(({ status, ended }) => ended === null || !statesOver.has(status))
    if (open.length === 0) return
    for (const { id } of open) {
      await may(() => bench.engine.operate({ ...by, reason, run: id, verb: { do: 'resume' } }))
      await may(() => bench.engine.operate({ ...by, reason, run: id, verb: { do: 'retry' } }))
    }
    for (const task of bench.engine.listTasks('default', { status: 'open', limit: 500 }).items)
      await may(() =>
        bench.engine.completeTask({
          ...by,
          task: task.id,
          outcome: task.outcomes[0]?.id ?? '',
          value: {},
        }),
      )
    await bench.engine.idle()
    bench.clock.advance(100 * hour)
    await bench.engine.idle()
    if (round < 30) continue
    // What waits at a limit of visits is cancelled, as an operator would.
    for (const { id } of open.filter(({ id }) => !id.includes(':')))
      await may(() => bench.engine.operate({ ...by, reason, run: id, verb: { do: 'cancel' } }))
    await bench.engine.idle()
  }
}

const seeds = Number(process.env['OPERATORS_SEEDS'] ?? 4)
const firstSeed = Number(process.env['OPERATORS_FIRST'] ?? 1)
it.each(Array.from({ length: seeds }, (_, n) => firstSeed + n))(
  '[R584] whatever operators, peers, messages and kills do in whatever order, each run ends, replays alike and leaves nothing behind (seed %i)',
  async (seed) => {
    const random = createRandom(seed)
    bench.peers.set('peer', () => {
      if (!random.chance(trouble)) return { n: 1 }
      throw random.chance(0.5)
        ? new RetryableError('EFFECT_TIMEOUT', {})
        : new TerminalError('CONNECTION_UNKNOWN', {})
    })
    publish(calledFlow)
    publish(allFlow('First', 'last'))
    publish(allFlow('Second', 'final'))
    const done = await chaos(random, 40)
    await toTheEnd()
    const story = done.join('\n')
    const runs = allRuns()
    expect(
      runs.filter(({ status, ended }) => ended === null || !statesOver.has(status)),
      story,
    ).toEqual([])
    const differing = runs.filter(({ id }) => !bench.engine.replay('default', id).same)
    expect(differing, story).toEqual([])
    for (const left of [
      'timers',
      'subscriptions',
      'fan_outs',
      'item_results',
      `tasks WHERE status = 'open'`,
      'runs WHERE running > 0',
    ])
      expect(table(`SELECT * FROM ${left}`), `${left}\n${story}`).toEqual([])
    expect(bench.engine.verify('default').ok).toBe(true)
    const archive = await openArchive(bench.file)
    expect([...archive.damages(), ...audit(archive, Buffer.alloc(32, 7))], story).toEqual([])
    archive.close()
  },
  60_000,
)

import { expect, it, onTestFinished } from 'vitest'
import { verb as verbSchema, type BulkView, type Verb } from '#core/api/verbs.ts'
import type { EventView } from '#core/api/views.ts'
import { main } from '#engine/cli/main.ts'
import { by, openBench, sketch, type Bench } from '#engine/run/engine-fixture.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'

const loan = (title: string) =>
  sketch(
    'loan',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'call',
        type: 'test.call',
        config: { peer: 'peer' },
        policy: { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } },
      },
      {
        id: 'review',
        type: 'human.task',
        config: { title, role: 'credit', outcomes: [{ id: 'ok', name: 'OK' }] },
      },
      { id: 'end', type: 'flow.end' },
    ],
    ['start.out > call', 'call.out > review', 'call.other > review', 'review.ok > end'],
  )

const operate = (bench: Bench, run: string, verb: Verb) =>
  bench.engine.operate({ ...by, run, verb })
const up = (bench: Bench) => void bench.peers.set('peer', () => 'well')
const publishSecond = (bench: Bench) => {
  bench.engine.flows.save({ ...by, document: loan('Review again') })
  bench.engine.flows.publish({ ...by, id: 'loan' })
}

interface Case {
  readonly verb: Verb
  /** The same on the command line. */
  readonly args: readonly string[]
  /** Brings a run that stands as an incident at `call` to where the verb makes sense. */
  readonly before?: (bench: Bench, run: string) => unknown
  readonly after: string
  /** Where the history places it, and what it adds. */
  readonly told: Partial<EventView>
}

const at = ['--at', 'call'] as const
/** One for each verb: a verb without a case does not compile. */
const cases: { readonly [D in Verb['do']]: Case & { verb: { do: D } } } = {
  retry: {
    verb: { do: 'retry' },
    args: [],
    before: up,
    after: 'waiting',
    told: { step: 'call:1' },
  },
  complete: {
    verb: { do: 'complete', at: 'call', port: 'out', value: 'by phone' },
    args: [...at, '--port', 'out', '--value', '"by phone"'],
    after: 'waiting',
    told: { step: 'call:1' },
  },
  skip: {
    verb: { do: 'skip', at: 'call', port: 'other', value: { n: 1 } },
    args: [...at, '--port', 'other', '--value', '{"n":1}'],
    after: 'waiting',
    told: { step: 'call:1' },
  },
  fail: {
    verb: { do: 'fail', at: 'call:1', code: 'BUREAU_DOWN', message: 'By phone.' },
    args: ['--at', 'call:1', '--code', 'BUREAU_DOWN', '--message', 'By phone.'],
    after: 'incident',
    told: { step: 'call:1' },
  },
  rewind: {
    verb: { do: 'rewind', node: 'call', values: { input: { n: 2 } } },
    args: ['--node', 'call', '--values', '{"input":{"n":2}}'],
    before: up,
    after: 'waiting',
    told: { step: null, data: { node: 'call' } },
  },
  cancel: { verb: { do: 'cancel' }, args: [], after: 'cancelled', told: {} },
  suspend: { verb: { do: 'suspend' }, args: [], after: 'suspended', told: {} },
  resume: {
    verb: { do: 'resume' },
    args: [],
    before: (bench, run) => operate(bench, run, { do: 'suspend' }),
    after: 'incident',
    told: {},
  },
  migrate: {
    verb: { do: 'migrate', version: 2, nodes: {} },
    args: ['--to', '2'],
    before: publishSecond,
    after: 'incident',
    told: { data: { from: 1, to: 2 } },
  },
  unmigrate: {
    verb: { do: 'unmigrate' },
    args: [],
    before(bench, run) {
      publishSecond(bench)
      return operate(bench, run, { do: 'migrate', version: 2, nodes: {} })
    },
    after: 'incident',
    told: { data: { from: 2, to: 1 } },
  },
}

const reason = 'asked by the branch'

async function openCase({ before }: Case) {
  const bench = await openBench()
  onTestFinished(() => bench.close())
  const { server, call } = await openServer(bench.engine)
  bench.peers.set('peer', () => {
    throw new Error('the peer is down')
  })
  const run = await bench.run(loan('Review'))
  await bench.engine.idle()
  expect(bench.engine.getRun('default', run).status).toBe('incident')
  await before?.(bench, run)
  await bench.engine.idle()
  const live: EventView[] = []
  bench.engine.subscribe((_tenant, events) => live.push(...events))
  const api = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await call('POST', path, body)
    expect(response.ok, path).toBe(true)
    // What the route promises is tested beside the server.
    return (await response.json()) as T
  }
  const out: string[] = []
  const cli = (...args: string[]) =>
    main(['ops', ...args], {
      out: (text) => void out.push(text),
      err: (text) => void out.push(text),
      env: { METIS_TOKEN: token, METIS_URL: server.url },
      cwd: '/',
      colour: false,
      interrupted: new AbortController().signal,
    })
  return { bench, run, live, api, cli, out, server: call }
}
type Opened = Awaited<ReturnType<typeof openCase>>

const ways: Record<string, (opened: Opened, each: Case) => Promise<void>> = {
  async 'over the API'({ run, api }, { verb }) {
    await api(`/runs/${run}/operations`, { verb, reason })
  },
  async 'over the API, on all that fit'({ run, bench, api }, { verb }) {
    const { id } = await api<BulkView>('/bulk', { query: { flow: 'loan' }, verb })
    await api(`/bulk/${id}/apply`, { reason })
    await bench.engine.idle()
    expect(bench.engine.listBulkItems('default', { id }).items).toMatchObject([
      { run, verdict: 'done' },
    ])
  },
  async 'on the command line'({ run, cli, out }, { verb, args }) {
    expect(await cli(verb.do, run, ...args, '--reason', reason), out.join('\n')).toBe(0)
  },
  async 'on the command line, on all that fit'({ run, cli, out }, { verb, args }) {
    const all = ['--all', '--flow', 'loan', '--yes', '--reason', reason]
    expect(await cli(verb.do, ...args, ...all), out.join('\n')).toBe(0)
    expect(out.join('\n')).toContain(`${run}  done`)
  },
}

for (const { shape } of verbSchema.options) {
  const name = shape.do.value
  const each: Case = cases[name]
  for (const [way, act] of Object.entries(ways))
    it(`[R670] ${name} ${way} does it, and stands in the events, live and kept, with actor and reason`, async () => {
      const opened = await openCase(each)
      const { bench, run, live, cli, out } = opened
      await act(opened, each)
      await bench.engine.idle()
      expect(bench.engine.getRun('default', run).status).toBe(each.after)
      const { data = {}, ...place } = each.told
      const told = {
        ...place,
        type: 'command',
        data: { ...data, action: name, actor: 'token', reason },
      }
      for (const events of [live, bench.engine.events('default', { from: 0, run })]) {
        const commands = events.filter((event) => event.type === 'command')
        expect(commands.at(-1)).toMatchObject(told)
      }
      out.length = 0
      await cli('show', run)
      expect(out.join('\n')).toContain(reason)
      expect(bench.engine.replay('default', run).same).toBe(true)
      expect(bench.engine.verify('default').ok).toBe(true)
    })
}

for (const [kind, name] of [
  ['flow', 'loan'],
  ['connection', 'bureau'],
] as const)
  it(`[R670] a ${kind} is suspended and resumed over the API and on the command line, with actor and reason in the events`, async () => {
    const { bench, live, cli, server } = await openCase({ ...cases.suspend })
    const connection = { name: 'bureau', kind: 'http', address: 'https://bureau.example' } as const
    bench.engine.putConnection({ ...by, connection: { ...connection, settings: {}, secret: null } })
    const set = (suspended: boolean) =>
      server('PUT', `/suspensions/${kind}/${name}`, { suspended, reason })
    expect((await set(true)).status).toBe(204)
    expect(await cli('release', kind, name, '--reason', reason)).toBe(0)
    expect(await cli('hold', kind, name, '--reason', reason)).toBe(0)
    expect((await set(false)).status).toBe(204)
    const actions = (events: readonly EventView[]) =>
      events
        .filter(({ type, data }) => type === 'command' && data[kind] === name)
        .map(({ data }) => [data['action'], data['actor'], data['reason']])
    const told = ['suspend', 'resume', 'suspend', 'resume'].map((each) => [each, 'token', reason])
    expect(actions(live)).toEqual(told)
    expect(actions(bench.engine.events('default', { from: 0 }))).toEqual(told)
  })

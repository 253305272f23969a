import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { main } from '#engine/cli/main.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { pureFlow, taskFlow } from '#engine/server/testing/sample-flow.ts'

async function metis(env: Record<string, string>, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(args, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    env: { METIS_TOKEN: token, ...env },
    cwd: '/nowhere',
    colour: false,
    interrupted: new AbortController().signal,
  })
  return { code, out, err: err.join('\n') }
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('[R671] what the command line cannot do is told in a sentence: what, where, what to do, and no help or stack around it', async () => {
  const { server } = await openServer(await openEngine())
  const page = await serve((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<h1>It works</h1>')
  })
  const cut = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"items":[')
    setImmediate(() => response.destroy())
  })
  const closed = createServer()
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready))
  const down = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise((done) => closed.close(done))

  const told: [env: Record<string, string>, args: string[], says: string[]][] = [
    [{ METIS_URL: down }, ['list'], [down, 'ECONNREFUSED', 'Start it']],
    [{ METIS_URL: page }, ['list'], [page, '200, text/html', '--url']],
    [{ METIS_URL: cut }, ['list'], [cut, 'broke', 'Try again']],
    [{ METIS_URL: cut }, ['cancel', 'r', '--reason', 'x'], ['may have been done', 'ops show']],
    [{ METIS_URL: server.url, METIS_TOKEN: 'x' }, ['list'], ['METIS_TOKEN', '--data']],
    [{ METIS_URL: server.url }, ['show', 'none'], ['There is no run "none"']],
    [{ METIS_URL: server.url }, ['bulk', 'none'], ['There is no bulk command "none"']],
  ]
  for (const [env, args, says] of told) {
    const { code, out, err } = await metis(env, 'ops', ...args)
    expect([code, out]).toEqual([2, []])
    for (const text of says) expect(err).toContain(text)
    expect(err.split('\n')).toHaveLength(1)
  }
  expect((await metis({ METIS_URL: down }, 'erase', '--list')).err).toContain('ECONNREFUSED')
  expect((await metis({ METIS_URL: down }, 'explain', 'r')).err).toContain('ECONNREFUSED')
})

it('[R671] a wrong call is told how it is called, with the option that is missing or wrong', async () => {
  const told: [args: string[], says: string][] = [
    [['list', '--limit', '0'], '--limit is a whole number'],
    [['list', '--older-than', 'long'], 'no duration'],
    [['list', '--status', 'lost'], '--status'],
    [['list', '--nonsense'], '--nonsense'],
    [['list', 'x'], 'one argument too many'],
    [['show'], 'name one run'],
    [['dance', 'r'], 'there is no "dance"'],
    [['complete', 'r', '--at', 'call'], '--port is missing'],
    [['complete', 'r', '--at', 'call', '--port', 'out', '--value', '{'], '--value is not JSON'],
    [['migrate', 'r', '--to', 'two'], '--to'],
    [['cancel', 'r'], '--reason'],
    [['hold', 'flow', 'ask'], '--reason'],
  ]
  for (const [args, says] of told) {
    const { code, err } = await metis({ METIS_URL: 'http://127.0.0.1:9' }, 'ops', ...args)
    expect(code).toBe(2)
    expect(err).toContain(says)
    expect(err).toContain('metis ops --help tells more')
  }
  expect((await metis({ METIS_URL: 'nowhere' }, 'ops', 'list')).err).toContain('is no address')
  expect((await metis({ METIS_TOKEN: '' }, 'ops', 'list')).err).toContain('no token')
})

it('[R672] the list names all runs however many there are, or says how many it leaves out', async () => {
  const engine = await openEngine()
  const { server } = await openServer(engine)
  const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const
  engine.flows.save({ ...by, document: pureFlow })
  engine.flows.publish({ ...by, id: 'echo' })
  const ids: string[] = []
  // One after the other: a busy machine turns away who starts a thousand at once.
  while (ids.length < 1_203)
    ids.push((await engine.startRun({ ...by, flow: 'echo', input: { amount: 1 } })).id)
  ids.sort()
  const env = { METIS_URL: server.url }

  const all = await metis(env, 'ops', 'list', '--flow', 'echo')
  expect([all.code, all.err]).toEqual([0, ''])
  expect(all.out.map((line) => line.slice(0, line.indexOf('  '))).toSorted()).toEqual(ids)
  const some = await metis(env, 'ops', 'list', '--limit', '501')
  expect(some.out).toHaveLength(501)
  expect(some.err).toContain('501 of 1203 runs')
  const { items, total, next } = JSON.parse(
    (await metis(env, 'ops', 'list', '--json')).out.join('\n'),
  ) as { items: { id: string }[]; total: number; next: null }
  expect([items.map(({ id }) => id).toSorted(), total, next]).toEqual([ids, 1_203, null])
})

it('[R673] one run is shown with its steps, their errors, and what operators did and why', async () => {
  const engine = await openEngine()
  const { server } = await openServer(engine)
  const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const
  engine.flows.save({ ...by, document: taskFlow })
  engine.flows.publish({ ...by, id: 'ask' })
  const input = { amount: 1 }
  const { id } = await engine.startRun({ ...by, flow: 'ask', input, caseKey: 'A-7' })
  const env = { METIS_URL: server.url }
  await metis(env, 'ops', 'suspend', id, '--reason', 'audit')
  await metis(env, 'ops', 'cancel', '--all', '--flow', 'ask', '--yes', '--reason', 'fraud')

  const shown = (await metis(env, 'ops', 'show', id)).out.join('\n')
  for (const text of [`${id}  cancelled`, 'ask@1', 'A-7', 'review:1  stopped', 'started', 'ended'])
    expect(shown).toContain(text)
  expect(shown).toMatch(/suspend {2}by token: audit\n.*cancel {2}by token: fraud/)
  const json = JSON.parse((await metis(env, 'ops', 'show', id, '--json')).out.join('\n')) as object
  expect(json).toMatchObject({ id, input, commands: [{ type: 'command' }, { type: 'command' }] })

  const { out } = await metis(env, 'ops', 'bulk')
  expect(out.join('\n')).toMatch(/cancel {2}1 runs: 1 done.* by token: fraud/)
  const [bulk = ''] = out[0]?.split('  ') ?? []
  expect((await metis(env, 'ops', 'bulk', bulk)).out.join('\n')).toContain(`${id}  done`)
})

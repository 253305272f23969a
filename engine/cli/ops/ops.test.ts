import { expect, it } from 'vitest'
import { main } from '#engine/cli/main.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { pureFlow, taskFlow } from '#engine/server/testing/sample-flow.ts'

/** The command line, speaking to a server. */
const callTo =
  (url: string) =>
  async (...args: string[]) => {
    const out: string[] = []
    const code = await main(args, {
      out: (text) => void out.push(text),
      err: (text) => void out.push(text),
      env: { METIS_TOKEN: token, METIS_URL: url },
      cwd: '/',
      colour: false,
      interrupted: new AbortController().signal,
    })
    return { code, text: out.join('\n') }
  }

it('[R304] the command line names the runs first, changes exactly these with --yes, and gives each verdict', async () => {
  const engine = await openEngine()
  const { server } = await openServer(engine)
  const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const
  engine.flows.save({ ...by, document: taskFlow })
  engine.flows.publish({ ...by, id: 'ask' })
  const start = async () => (await engine.startRun({ ...by, flow: 'ask', input: { amount: 1 } })).id
  const runs = [await start(), await start()]
  const call = (...args: string[]) => callTo(server.url)('ops', ...args)
  const statusOf = (run = '') => engine.getRun('default', run).status

  const shown = await call('suspend', '--all', '--flow', 'ask')
  expect(shown.code).toBe(0)
  for (const run of runs) expect(shown.text).toContain(`${run}  ready`)
  expect(runs.map(statusOf)).toEqual(['waiting', 'waiting'])

  expect((await call('suspend', '--all', '--flow', 'ask', '--yes')).text).toContain('--reason')
  const done = await call('suspend', '--all', '--flow', 'ask', '--yes', '--reason', 'audit')
  expect(done.text).toContain('2 runs: 2 done, 0 had changed, 0 refused')
  expect(runs.map(statusOf)).toEqual(['suspended', 'suspended'])

  expect(await call('resume', runs[0] ?? '', '--reason', 'over')).toEqual({
    code: 0,
    text: `${runs[0]} is waiting`,
  })
  const refused = await call('retry', '--all', '--flow', 'ask', '--yes', '--reason', 'again')
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.text).toContain('refused')
  expect((await call('list', '--status', 'suspended')).text).toContain(runs[1])

  await call('hold', 'flow', 'ask', '--reason', 'policy')
  expect((await call('holds')).text).toContain('flow  ask')
  await call('release', 'flow', 'ask', '--reason', 'policy')
  expect((await call('holds')).text).toBe('')

  const sent = await call(
    'message',
    'loan.signed',
    '--key',
    'A-7',
    '--value',
    '{"by":"Asha"}',
    '--id',
    'm1',
  )
  expect(sent).toEqual({ code: 0, text: 'kept for a run that will take it' })
  expect((await call('message', 'loan.signed', '--key', 'A-7', '--id', 'm1')).text).toBe(
    'it came before',
  )
  expect((await call('message', 'loan.signed')).code).toBe(2)
  const long = await call('message', 'loan.signed', '--key', 'A-7', '--keep', '91d')
  expect(long).toMatchObject({ code: 2 })
  expect(long.text).toContain('90d at most')

  expect((await call('skip', 'nowhere')).code).toBe(2)
  expect((await call('dance', runs[0] ?? '')).code).toBe(2)
  expect((await call('cancel', 'nowhere', '--reason', 'x')).text).toContain('There is no run')
})

it('[R583] the command line and the API name what erasing a case takes, and erase it once it is confirmed', async () => {
  const engine = await openEngine()
  const { server, call: api } = await openServer(engine)
  const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const
  engine.flows.save({ ...by, document: pureFlow })
  engine.flows.publish({ ...by, id: 'echo' })
  const bytes = Buffer.from('a paper')
  const { blob } = engine.putBlob({ ...by, bytes, name: 'paper.pdf', type: 'application/pdf' })
  const input = { amount: 1, file: { blob } }
  const { id } = await engine.startRun({ ...by, flow: 'echo', input, caseKey: 'A-7' })
  const call = callTo(server.url)

  const shown = await call('erase', 'A-7')
  expect(shown.code).toBe(0)
  for (const text of [id, 'paper.pdf', 'Nothing was erased']) expect(shown.text).toContain(text)
  expect((await call('erase', 'A-7', '--confirm', 'A-7')).text).toContain('--reason')
  const wrong = await call('erase', 'A-7', '--confirm', 'A-8', '--reason', 'r')
  expect(wrong).toMatchObject({ code: 2, text: expect.stringContaining('cannot be undone') })
  expect((await call('erase', 'A-8')).text).toContain('Write the whole case key')
  expect((await call('erase')).code).toBe(2)
  expect((await call('erase', 'A-7', '--run', id)).code).toBe(2)
  expect(engine.getRun('default', id).erased).toBeUndefined()

  const done = await call('erase', 'A-7', '--confirm', 'A-7', '--reason', 'asked')
  expect(done).toEqual({
    code: 0,
    text: 'Erased: 1 runs and 1 files. The history names it as case 1.',
  })
  expect((await call('erase', '--list')).text).toContain('asked')
  expect((await call('erase', '--run', id)).text).toContain('was erased')

  const again = await api('POST', '/flows/echo/runs', { input, caseKey: 'A-7' })
  expect([again.status, (await again.json()) as object]).toMatchObject([
    410,
    { code: 'CASE_ERASED' },
  ])
  const unreasoned = { of: { caseKey: 'A-7' }, confirm: 'A-7', reason: ' ' }
  expect((await api('POST', '/erasures', unreasoned)).status).toBe(422)
  expect((await api('GET', `/runs/${id}`)).status).toBe(200)
})

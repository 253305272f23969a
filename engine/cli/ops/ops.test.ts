import { expect, it } from 'vitest'
import { main } from '#engine/cli/main.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'

it('[R304] the command line names the runs first, changes exactly these with --yes, and gives each verdict', async () => {
  const engine = await openEngine()
  const { server } = await openServer(engine)
  const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const
  engine.flows.save({ ...by, document: taskFlow })
  engine.flows.publish({ ...by, id: 'ask' })
  const start = async () => (await engine.startRun({ ...by, flow: 'ask', input: { amount: 1 } })).id
  const runs = [await start(), await start()]
  const call = async (...args: string[]) => {
    const out: string[] = []
    const code = await main(['ops', ...args], {
      out: (text) => void out.push(text),
      err: (text) => void out.push(text),
      env: { METIS_TOKEN: token, METIS_URL: server.url },
      cwd: '/',
      colour: false,
      interrupted: new AbortController().signal,
    })
    return { code, text: out.join('\n') }
  }
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

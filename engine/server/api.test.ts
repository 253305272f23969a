import { expect, it } from 'vitest'
import type { RouteName } from '#core/api/routes.ts'
import { checkAnswer } from '#engine/server/testing/check-answer.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { pureFlow, taskFlow } from '#engine/server/testing/sample-flow.ts'

async function open() {
  const engine = await openEngine()
  const { call, server } = await openServer(engine)
  const ask = async <N extends RouteName, S extends number>(
    name: N,
    status: S,
    [method, path, body, headers]: [string, string, unknown?, Record<string, string>?],
  ) => checkAnswer(name, await call(method, path, body, headers), status)
  const publish = async (flow: { id: string }) => {
    await ask('saveFlow', 201, ['POST', '/flows', flow])
    await ask('publishFlow', 200, ['POST', `/flows/${flow.id}/publish`])
  }
  return { engine, server, call, ask, publish }
}

it('saves, lists, validates and publishes a flow', async () => {
  const { ask } = await open()
  expect(await ask('saveFlow', 201, ['POST', '/flows', taskFlow])).toEqual({ id: 'ask', draft: 1 })
  expect(await ask('listFlows', 200, ['GET', '/flows'])).toMatchObject({
    total: 1,
    items: [{ id: 'ask', draft: 1, version: null }],
  })
  expect(await ask('validateFlow', 200, ['POST', '/flows/ask/validate'])).toMatchObject({
    valid: true,
  })
  expect(await ask('publishFlow', 200, ['POST', '/flows/ask/publish'])).toEqual({ version: 1 })
  expect(await ask('getFlow', 200, ['GET', '/flows/ask?version=1'])).toMatchObject({
    document: { id: 'ask' },
    versions: [{ version: 1 }],
  })
  await ask('getFlow', 404, ['GET', '/flows/none'])
})

it('[R9] notices that a draft was saved meanwhile', async () => {
  const { ask } = await open()
  await ask('saveFlow', 201, ['POST', '/flows', taskFlow, { 'if-match': '*' }])
  await ask('saveFlow', 201, ['POST', '/flows', taskFlow, { 'if-match': '"1"' }])
  const conflict = await ask('saveFlow', 409, ['POST', '/flows', taskFlow, { 'if-match': '"1"' }])
  expect(conflict).toMatchObject({ code: 'DRAFT_CONFLICT' })
  await ask('saveFlow', 400, ['POST', '/flows', taskFlow, { 'if-match': 'abc' }])
})

it('[R11] refuses a document that is no flow, and publishing one with errors, with findings that have a place', async () => {
  const { ask } = await open()
  const noFlow = await ask('saveFlow', 422, ['POST', '/flows', { ...taskFlow, nodes: 7 }])
  expect(noFlow).toMatchObject({ findings: [{ place: { path: '/nodes' } }] })
  const unknown = { ...taskFlow.nodes[1], type: 'no.such' }
  const broken = { ...taskFlow, nodes: [taskFlow.nodes[0], unknown, taskFlow.nodes[2]] }
  await ask('saveFlow', 201, ['POST', '/flows', broken])
  const refused = await ask('publishFlow', 422, ['POST', '/flows/ask/publish'])
  expect(JSON.stringify(refused)).toContain('NODE_TYPE_UNKNOWN')
})

it('[R57] starts a run once for a case key', async () => {
  const { ask, publish } = await open()
  await publish(pureFlow)
  const start = { input: { amount: 5 }, caseKey: 'A-1' }
  const first = await ask('startRun', 201, ['POST', '/flows/echo/runs', start])
  expect(await ask('startRun', 200, ['POST', '/flows/echo/runs', start])).toEqual({ id: first.id })
  const other = { ...start, input: { amount: 6 } }
  expect(await ask('startRun', 409, ['POST', '/flows/echo/runs', other])).toMatchObject({
    code: 'CASE_CONFLICT',
  })
  const bad = await ask('startRun', 422, ['POST', '/flows/echo/runs', { input: {} }])
  expect(bad).toMatchObject({ code: 'INPUT_INVALID' })
  await ask('startRun', 404, ['POST', '/flows/none/runs', start])
})

it('takes a run through its task to the end, and shows it in every list', async () => {
  const { engine, ask, publish } = await open()
  await publish(taskFlow)
  const started = await ask('startRun', 201, ['POST', '/flows/ask/runs', { input: { amount: 5 } }])
  const id = started.id
  await engine.settled('default', id)
  expect(await ask('getRun', 200, ['GET', `/runs/${id}`])).toMatchObject({ status: 'waiting' })
  const tasks = await ask('listTasks', 200, ['GET', '/tasks?status=open&role=credit'])
  const task = tasks.items[0]?.id
  expect(await ask('getTask', 200, ['GET', `/tasks/${task}`])).toMatchObject({
    title: 'Review the amount',
    data: { amount: 5 },
  })
  const answer = { outcome: 'approve', value: {} }
  await ask('completeTask', 422, ['POST', `/tasks/${task}/complete`, answer])
  const done = await ask('completeTask', 200, [
    'POST',
    `/tasks/${task}/complete`,
    { outcome: 'approve', value: { note: 'fine' } },
  ])
  expect(done).toMatchObject({ status: 'completed', completedBy: 'token' })
  await ask('completeTask', 409, [
    'POST',
    `/tasks/${task}/complete`,
    { outcome: 'approve', value: { note: 'fine' } },
  ])
  await engine.settled('default', id)
  expect(await ask('getRun', 200, ['GET', `/runs/${id}`])).toMatchObject({ status: 'completed' })
  expect(await ask('listRuns', 200, ['GET', '/runs?flow=ask&status=completed'])).toMatchObject({
    total: 1,
  })
  expect(await ask('getRunFlow', 200, ['GET', `/runs/${id}/flow`])).toMatchObject({
    flow: { id: 'ask' },
  })
  const events = await ask('getRunEvents', 200, ['GET', `/runs/${id}/events?from=0`])
  expect(events.items.length).toBeGreaterThan(3)
  const rest = await ask('listEvents', 200, ['GET', `/events?from=${events.next}`])
  expect(rest).toEqual({ items: [], next: events.next })
  await ask('getRunEvents', 404, ['GET', '/runs/none/events'])
})

it('cancels a run, and completes a step by hand', async () => {
  const { engine, ask, publish } = await open()
  await publish(taskFlow)
  const start = async () => {
    const run = await ask('startRun', 201, ['POST', '/flows/ask/runs', { input: { amount: 5 } }])
    await engine.settled('default', run.id)
    return run.id
  }
  const cancelled = await start()
  expect(
    await ask('cancelRun', 200, ['POST', `/runs/${cancelled}/cancel`, { reason: 'test' }]),
  ).toMatchObject({ status: 'cancelled' })
  await ask('cancelRun', 409, ['POST', `/runs/${cancelled}/cancel`])
  const byHand = await start()
  const step = `/runs/${byHand}/steps/review:1`
  await ask('retryStep', 409, ['POST', `${step}/retry`])
  await ask('retryStep', 400, ['POST', `/runs/${byHand}/steps/review/retry`])
  const wrong = { port: 'maybe', value: {} }
  expect(await ask('completeStep', 422, ['POST', `${step}/complete`, wrong])).toMatchObject({
    code: 'PORT_UNKNOWN',
  })
  const right = { port: 'decline', value: { note: 'by phone' }, reason: 'called' }
  await ask('completeStep', 200, ['POST', `${step}/complete`, right])
  await engine.settled('default', byHand)
  expect(await ask('getRun', 200, ['GET', `/runs/${byHand}`])).toMatchObject({
    status: 'completed',
  })
})

it('[R83] keeps an upload and gives it back, and never as a page', async () => {
  const { server, ask, call } = await open()
  const upload = (type: string) =>
    fetch(`${server.url}/api/v1/blobs?name=a%20b.html`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: '<script>alert(1)</script>',
    })
  const blob = await checkAnswer('putBlob', await upload('text/html'), 201)
  expect(blob).toMatchObject({ name: 'a b.html', type: 'text/html', size: 25 })
  const read = await call('GET', `/blobs/${blob.blob}`)
  expect(await read.text()).toBe('<script>alert(1)</script>')
  expect(read.headers.get('content-type')).toBe('application/octet-stream')
  expect(read.headers.get('content-disposition')).toContain('attachment')
  await ask('getBlob', 404, ['GET', `/blobs/${'0'.repeat(64)}`])
  await ask('getBlob', 400, ['GET', '/blobs/..%2F..%2Fetc'])
})

it('[R69] configures connections and secrets, and returns no secret', async () => {
  const { ask, call } = await open()
  const connection = { kind: 'bureau', address: 'https://bureau.example/v1', secret: 'key' }
  expect(
    await ask('putConnection', 200, ['PUT', '/connections', { name: 'cibil', ...connection }]),
  ).toMatchObject({ name: 'cibil', source: 'configured' })
  await ask('putNamedConnection', 200, ['PUT', '/connections/cibil', connection])
  const bad = { ...connection, address: 'nowhere' }
  await ask('putNamedConnection', 422, ['PUT', '/connections/cibil', bad])
  const put = await call('PUT', '/secrets/key', { value: 'hush-hush' })
  expect(put.status).toBe(204)
  const list = await ask('listConnections', 200, ['GET', '/connections'])
  expect(JSON.stringify(list)).toContain('cibil')
  expect(JSON.stringify(list)).not.toContain('hush-hush')
})

it('evaluates a decision', async () => {
  const { ask } = await open()
  const rule = {
    id: 'r1',
    name: 'Large',
    when: { '>': [{ var: 'amount' }, 10] },
    then: [
      { do: 'outcome', outcome: 'refer' },
      { do: 'reason', code: 'LARGE', text: 'Large amount' },
    ],
  }
  const decision = {
    kind: 'decision',
    format: 1,
    id: 'size',
    name: 'Size',
    input: { type: 'object', properties: { amount: { type: 'number' } } },
    parts: [{ kind: 'rules', id: 'policy', name: 'Policy', rules: [rule] }],
  }
  await ask('saveDecision', 201, ['POST', '/decisions', decision])
  const draft = { input: { amount: 11 }, version: 'draft' }
  expect(
    await ask('evaluateDecision', 200, ['POST', '/decisions/size/evaluate', draft]),
  ).toMatchObject({ outcome: 'refer', reasons: [{ code: 'LARGE' }] })
  await ask('publishDecision', 200, ['POST', '/decisions/size/publish'])
  await ask('evaluateDecision', 200, ['POST', '/decisions/size/evaluate', { input: {} }])
})

it('lists node types, models and the schemas of documents', async () => {
  const { ask } = await open()
  const types = await ask('listNodeTypes', 200, ['GET', '/node-types'])
  expect(JSON.stringify(types)).toContain('flow.start')
  await ask('listModels', 200, ['GET', '/models'])
  expect(await ask('getSchema', 200, ['GET', '/schemas/flow.json'])).toMatchObject({
    type: 'object',
  })
  await ask('getBureauSwitches', 404, ['GET', '/sandbox/bureau'])
})

it('[R375] takes a priority from 0 to 9, and names the field of another', async () => {
  const { ask, publish } = await open()
  await publish(pureFlow)
  const start = (priority: unknown) =>
    ['POST', '/flows/echo/runs', { input: { amount: 5 }, priority }] as [string, string, unknown]
  const { id } = await ask('startRun', 201, start(0))
  expect(await ask('getRun', 200, ['GET', `/runs/${id}`])).toMatchObject({ priority: 0 })
  for (const wrong of [10, -1, 1.5, '9', null]) {
    const refused = await ask('startRun', 422, start(wrong))
    expect(refused).toMatchObject({ code: 'REQUEST_INVALID' })
    expect(JSON.stringify(refused)).toContain('priority')
  }
})

it('[R377] keeps calendars by version, and names what is wrong with one', async () => {
  const { ask } = await open()
  const hours = { opens: '09:00', closes: '17:00' }
  const calendar = { name: 'Branch', offset: 330, workdays: { mon: hours }, holidays: [] }
  const path = '/calendars/branch'
  const saved = (headers = {}) => ['PUT', path, { calendar, reason: 'new' }, headers] as const
  await ask('putCalendar', 200, [...saved({ 'if-match': '"0"' })])
  await ask('putCalendar', 409, [...saved({ 'if-match': '"0"' })])
  expect(await ask('getCalendar', 200, ['GET', `${path}?version=1`])).toMatchObject({
    calendar: { id: 'branch', ...calendar },
    version: 1,
  })
  expect(await ask('listCalendars', 200, ['GET', '/calendars'])).toMatchObject({
    items: [
      { id: 'branch', version: 1 },
      { id: 'india', version: null },
    ],
  })
  const wrong = { ...calendar, holidays: [{ date: '2026-02-30', name: '' }] }
  const refused = await ask('putCalendar', 422, ['PUT', path, { calendar: wrong }])
  expect(JSON.stringify(refused)).toContain('there is no such day')
  await ask('getCalendar', 404, ['GET', '/calendars/none'])
})

it('[R374] turns a message away that would be one too many to keep, and counts both', async () => {
  const engine = await openEngine({ keptMessages: { perTenant: { messages: 1 } } })
  const { call, server } = await openServer(engine)
  const send = (key: string) => call('POST', '/messages', { name: 'loan.signed', key })
  await checkAnswer('sendMessage', await send('a'), 200)
  const refused = await send('b')
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(await checkAnswer('sendMessage', refused, 429)).toMatchObject({ code: 'MESSAGES_FULL' })
  const text = await (await fetch(`${server.url}/metrics`)).text()
  expect(text).toContain('messages_kept{tenant="default"} 1')
  expect(text).toContain('messages_refused_total 1')
})

it('[R85] counts runs and times nodes by type, without a person in a label', async () => {
  const { engine, server, ask, publish } = await open()
  await publish(taskFlow)
  const body = { input: { amount: 5 }, caseKey: 'asha-rao' }
  const run = await ask('startRun', 201, ['POST', '/flows/ask/runs', body])
  const id = run.id
  await engine.settled('default', id)
  const step = `/runs/${id}/steps/review:1/complete`
  await ask('completeStep', 200, ['POST', step, { port: 'approve', value: { note: '' } }])
  await engine.settled('default', id)
  const text = await (await fetch(`${server.url}/metrics`)).text()
  expect(text).toContain('workflow_started_total{flow="ask",tenant="default"} 1')
  expect(text).toMatch(/workflow_completed_total\{[^}]*status="completed"[^}]*\} 1/)
  expect(text).toMatch(
    /processing_duration_seconds_count\{operation="human.task",tenant="default"\} 1/,
  )
  expect(text).not.toContain('asha-rao')
})

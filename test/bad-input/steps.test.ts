import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, openProduct, type TestedProduct } from './open-product.ts'
import { ask, drawOne, echo, once } from './flows.ts'

const bureau = drawOne(
  'pull',
  { id: 'bureau', type: 'bureau.pull', inputs: { applicant: { var: 'input' } }, policy: once },
  ['hit', 'noHit'],
)
const applicant = { pan: 'ABCPE1234F' }
const answer = { outcome: 'approve', value: { note: 'fine' } }

let product: TestedProduct
beforeAll(async () => {
  product = await openProduct()
  for (const flow of [ask, echo, bureau]) await product.publish(flow)
})
afterAll(() => product.close())

const openTask = async () => {
  const run = await product.run('ask', { amount: 1 })
  const [task] = product.engine.listTasks('default', { run: run.id }).items
  return { run: run.id, task: `/tasks/${task?.id}` }
}

describe('a task', () => {
  it('[R154] is completed by one of two who answer at once', async () => {
    const { run, task } = await openTask()
    const complete = (outcome: string) =>
      product.send('POST', `${task}/complete`, { ...answer, outcome })
    const answers = await Promise.all([complete('approve'), complete('decline')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const late = answers.find(({ status }) => status === 409)
    expect(refusal(late)).toEqual([409, 'TASK_CLOSED'])
    const won = answers[0]?.status === 200 ? 'approve' : 'decline'
    const view = await product.settled(run)
    expect(view.status).toBe('completed')
    expect(view.steps.find(({ node }) => node === 'review')?.port).toBe(won)
  })

  it('answered again changes nothing', async () => {
    const { run, task } = await openTask()
    expect((await product.send('POST', `${task}/complete`, answer)).status).toBe(200)
    const before = await product.settled(run)
    expect(refusal(await product.send('POST', `${task}/complete`, answer))).toEqual([
      409,
      'TASK_CLOSED',
    ])
    expect(await product.settled(run)).toEqual(before)
  })

  it('refuses an outcome and a value that it does not have, and stays open', async () => {
    const { run, task } = await openTask()
    const complete = (body: unknown) => product.send('POST', `${task}/complete`, body)
    for (const outcome of ['maybe', '__proto__', 'constructor', 'error', ''])
      expect(refusal(await complete({ ...answer, outcome }))).toEqual([422, 'OUTCOME_UNKNOWN'])
    for (const value of [{}, { note: 7 }, null, 'x'])
      expect(refusal(await complete({ ...answer, value }))).toEqual([422, 'INPUT_INVALID'])
    expect((await complete(answer)).status).toBe(200)
    expect((await product.settled(run)).status).toBe('completed')
  })

  it('of a cancelled run is closed', async () => {
    const { run, task } = await openTask()
    await product.send('POST', `/runs/${run}/cancel`)
    expect(refusal(await product.send('POST', `${task}/complete`, answer))).toEqual([
      409,
      'TASK_CLOSED',
    ])
  })

  it('completed as a step closes for the person too', async () => {
    const { run, task } = await openTask()
    const value = { note: 'by hand' }
    const done = await product.send('POST', `/runs/${run}/steps/review:1/complete`, {
      port: 'approve',
      value,
    })
    expect(done.status, done.text).toBe(200)
    expect((await product.settled(run)).output).toEqual(value)
    expect(refusal(await product.send('POST', `${task}/complete`, answer))).toEqual([
      409,
      'TASK_CLOSED',
    ])
  })
})

describe('a step', () => {
  it('is not completed by a port that it does not have', async () => {
    const { run } = await openTask()
    const path = `/runs/${run}/steps/review:1/complete`
    for (const port of ['sideways', '__proto__', 'toString', ''])
      expect(refusal(await product.send('POST', path, { port, value: {} }))).toEqual([
        422,
        'PORT_UNKNOWN',
      ])
    expect((await product.settled(run)).status).toBe('waiting')
  })

  it('is not completed with a value that its port does not take', async () => {
    const { run } = await openTask()
    const path = `/runs/${run}/steps/review:1/complete`
    const body = { port: 'approve', value: { note: 7 } }
    expect(refusal(await product.send('POST', path, body))).toEqual([422, 'INPUT_INVALID'])
  })

  it('that is no incident is not retried', async () => {
    const { run } = await openTask()
    for (const step of ['review:1', 'review:2', 'start:1', 'ghost:1'])
      expect(refusal(await product.send('POST', `/runs/${run}/steps/${step}/retry`))).toEqual([
        409,
        'STEP_NOT_RETRYABLE',
      ])
    expect(refusal(await product.send('POST', `/runs/${run}/steps/review/retry`))).toEqual([
      400,
      'REQUEST_INVALID',
    ])
    expect(refusal(await product.send('POST', '/runs/none/steps/review:1/retry'))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect((await product.settled(run)).status).toBe('waiting')
  })

  it('[R155] retried by two at once is tried once more, not twice', async () => {
    await product.send('PUT', '/sandbox/bureau', { failure: 'server-error' })
    const run = await product.run('pull', applicant)
    expect(run.status).toBe('incident')
    await product.send('PUT', '/sandbox/bureau', { failure: 'none' })
    const retry = () => product.send('POST', `/runs/${run.id}/steps/bureau:1/retry`)
    const answers = await Promise.all([retry(), retry()])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const view = await product.settled(run.id)
    expect(view.status).toBe('completed')
    expect(view.steps.find(({ node }) => node === 'bureau')?.attempts).toBe(2)
  })

  it('[R156] completed by hand while its attempt is under way takes the hand’s value, once', async () => {
    await product.send('PUT', '/sandbox/bureau', { latencyMs: 60_000 })
    const run = await product.start('pull', applicant)
    const value = { reportId: 'by-hand' }
    const body = { port: 'noHit', value }
    const done = await product.send('POST', `/runs/${run}/steps/bureau:1/complete`, body)
    expect(done.status, done.text).toBe(200)
    await product.send('PUT', '/sandbox/bureau', { latencyMs: 0 })
    await product.engine.idle()
    expect(await product.settled(run)).toMatchObject({ status: 'completed', output: value })
  })
})

describe('a run', () => {
  it('that has ended is not cancelled, and keeps its end', async () => {
    const run = await product.run('echo', 1)
    const again = await product.send('POST', `/runs/${run.id}/cancel`)
    expect(refusal(again)).toEqual([409, 'RUN_ENDED'])
    expect(await product.settled(run.id)).toEqual(run)
  })

  it('cancelled by two at once is cancelled once', async () => {
    const { run } = await openTask()
    const cancel = () => product.send('POST', `/runs/${run}/cancel`)
    const answers = await Promise.all([cancel(), cancel()])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await product.settled(run)).status).toBe('cancelled')
  })

  it('is not cancelled by an unknown name', async () => {
    expect(refusal(await product.send('POST', '/runs/none/cancel'))).toEqual([404, 'NOT_FOUND'])
  })

  it('of one case key is one, and another input under the key is a conflict', async () => {
    const start = (input: unknown) =>
      product.send('POST', '/flows/echo/runs', { input, caseKey: 'APP-1' })
    const answers = await Promise.all([
      start({ a: 1, b: 2 }),
      start({ b: 2, a: 1 }),
      start({ a: 9 }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 409])
    expect(answers[1]?.body['id']).toBe(answers[0]?.body['id'])
    expect(refusal(answers[2])).toEqual([409, 'CASE_CONFLICT'])
    expect(answers[2]?.body['detail']).toContain(answers[0]?.body['id'] as string)
    expect(answers[2]?.body['detail']).not.toContain('APP-1')
  })

  it('of an unknown flow, version or unpublished draft does not start', async () => {
    const start = (flow: string, body: unknown) => product.send('POST', `/flows/${flow}/runs`, body)
    expect(refusal(await start('ghost', { input: 1 }))).toEqual([404, 'NOT_FOUND'])
    expect(refusal(await start('echo', { input: 1, version: 0 }))).toEqual([422, 'REQUEST_INVALID'])
    const later = await start('echo', { input: 1, version: 99 })
    expect(later.status, later.text).toBeGreaterThanOrEqual(404)
    expect(later.status).toBeLessThan(500)
  })
})

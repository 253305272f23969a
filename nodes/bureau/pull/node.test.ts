import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { startSandbox } from '#engine/adapters/sandbox/start-sandbox.ts'
import { bureauPull } from './node.ts'

const sandbox = await startSandbox()
const http = createHttpService({
  resolveConnection: (name) => {
    const view = sandbox.connections.find((one) => one.name === name)
    return view && { ...view, secret: null }
  },
  allow: sandbox.origins,
})
afterAll(() => Promise.all([http.close(), sandbox.close()]))
beforeEach(() => sandbox.clear())

const pull = (pan: string, connection = 'bureau', signal = new AbortController().signal) =>
  runNode(bureauPull, {
    config: { connection, product: 'consumer' },
    inputs: { applicant: { pan, name: 'Rahul Sharma', income: 80_000 } },
    use: { http },
    signal,
    idempotencyKey: 'run:bureau:1',
  })

describe('bureau.pull', () => {
  it('leaves by hit with the report, under the key of the effect', async () => {
    expect(await pull('ABCPS1234F')).toMatchObject({
      port: 'hit',
      value: { score: 782, obligations: 8_500, reportId: expect.any(String) },
    })
    expect(sandbox.bureauCalls()).toMatchObject([{ product: 'consumer', key: 'run:bureau:1' }])
  })

  it('leaves by noHit for a person without history', async () => {
    expect(await pull('EFGPM9012Z')).toEqual({
      port: 'noHit',
      value: { reportId: expect.any(String) },
    })
  })

  it('asks for another try where that may help', async () => {
    for (const [failure, code] of [
      ['server-error', 'HTTP_STATUS'],
      ['malformed', 'HTTP_NOT_JSON'],
      ['drop', 'HTTP_UNREACHABLE'],
    ] as const) {
      sandbox.set({ failure })
      await expect(pull('ABCPS1234F')).rejects.toMatchObject({ name: 'RetryableError', code })
    }
  })

  it('gives up where it cannot', async () => {
    await expect(pull('nonsense')).rejects.toMatchObject({
      name: 'TerminalError',
      code: 'BUREAU_REFUSED',
      params: { status: 422 },
    })
    // The SMS gateway answers, but not as a bureau does.
    await expect(pull('ABCPS1234F', 'sms')).rejects.toMatchObject({ code: 'BUREAU_REFUSED' })
    await expect(pull('ABCPS1234F', 'cibil')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' })
  })

  it('ends with its signal', async () => {
    sandbox.set({ latencyMs: 60_000 })
    await expect(pull('ABCPS1234F', 'bureau', AbortSignal.timeout(30))).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  it('[R129] never names the person in an error', async () => {
    sandbox.set({ failure: 'server-error' })
    const message = await pull('ABCPS1234F').catch((error: Error) =>
      JSON.stringify([error, error.message]),
    )
    expect(message).not.toContain('ABCPS1234F')
    expect(message).not.toContain('Sharma')
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect } from 'vitest'
import type { RunView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { startProduct, type ProductOptions } from '#engine/main.ts'

export const token = 'token-of-the-tester'

/** What the tests read of an answer; a problem has `code` and `detail`. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // Answers are looked into freely; `expect` says what is not there.
  readonly body: Readonly<Record<string, Json>>
}

export type TestedProduct = Awaited<ReturnType<typeof openProduct>>

export const temporary = () => mkdtemp(join(tmpdir(), 'metis-bad-input-'))

/** The whole product, as `npm start` has it, on a free port and a folder of its own. */
export async function openProduct(options: Partial<ProductOptions> = {}) {
  const dataDir = options.dataDir ?? (await temporary())
  const logged: string[] = []
  const product = await startProduct({
    port: 0,
    token,
    version: '0.0.0',
    designer: '/nonexistent',
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    ...options,
    dataDir,
  })
  /** A request with anything as body: text and bytes go as they are, all else as JSON. */
  const send = async (method: string, path: string, given?: unknown, headers: HeadersInit = {}) => {
    const raw = typeof given === 'string' || given instanceof Uint8Array
    const response = await fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(given === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(given === undefined ? {} : { body: raw ? (given as BodyInit) : JSON.stringify(given) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json') ?? false
    const body = (json ? JSON.parse(text) : {}) as Answer['body']
    return { status: response.status, headers: response.headers, text, body } satisfies Answer
  }
  const publish = async (flow: { readonly id: string }, kind = 'flows') => {
    const saved = await send('POST', `/${kind}`, flow)
    expect(saved.status, saved.text).toBe(201)
    const published = await send('POST', `/${kind}/${flow.id}/publish`)
    expect(published.status, published.text).toBe(200)
  }
  const start = async (flow: string, input: unknown) => {
    const started = await send('POST', `/flows/${flow}/runs`, { input })
    expect(started.status, started.text).toBe(201)
    return started.body['id'] as string
  }
  return {
    ...product,
    dataDir,
    logged,
    send,
    publish,
    start,
    settled: (run: string): Promise<RunView> => product.engine.settled('default', run),
    /** A run of the flow, up to where nothing goes on by itself. */
    async run(flow: string, input: unknown): Promise<RunView> {
      return product.engine.settled('default', await start(flow, input))
    },
    async close() {
      await product.close()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Status and code of a refusal, once it has the shape of one: a sentence that says more than its code. */
export function refusal(answer: Answer | undefined): readonly unknown[] {
  expect(answer?.headers.get('content-type'), answer?.text).toContain('application/problem+json')
  const { status, code, detail } = answer?.body ?? {}
  expect(status).toBe(answer?.status)
  expect((detail as string).split(' ').length).toBeGreaterThan(3)
  return [status, code]
}

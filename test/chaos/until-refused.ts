import { expect, onTestFinished } from 'vitest'
import { openProduct, token } from '../bad-input/open-product.ts'

/** Requests to a product under test. */
export const client = (url: string) => async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
type Send = ReturnType<typeof client>

/** Text that no compression makes smaller. */
export const text = (length: number) =>
  Array.from({ length }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')

/** Starts runs until one is refused; tells which were acknowledged, and the refusal. */
export async function untilRefused(send: Send) {
  const acknowledged: string[] = []
  for (let n = 0; n < 5_000; n += 1) {
    const { status, body } = await send('POST', '/api/v1/flows/echo/runs', {
      input: text(30_000),
    })
    if (status !== 201) return { acknowledged, status, body }
    acknowledged.push(String(body['id']))
  }
  throw new Error('nothing was refused')
}

/** After the disk is mended: everything acknowledged is there and ends, and the engine takes more. */
export async function allThere(dataDir: string, acknowledged: readonly string[]) {
  const product = await openProduct({ dataDir })
  onTestFinished(() => product.close())
  expect(acknowledged.length).toBeGreaterThan(5)
  for (const run of acknowledged) expect((await product.settled(run)).status).toBe('completed')
  expect(product.engine.verify('default')).toMatchObject({ ok: true })
  expect((await product.run('echo', 'again')).output).toEqual({ got: 'again' })
}

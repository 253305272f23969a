import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'
import { runNode } from '#core/node/run-node.ts'

const shape = {
  type: 'test.contract',
  version: 1,
  title: 'Contract',
  description: '',
  area: 'data',
  icon: 'box',
  config: z.object({ limit: z.number() }),
  inputs: { amount: z.number(), note: z.string().optional() },
  outputs: { ok: z.number(), low: z.null() },
} as const
const node = defineNode(shape)

/** The compiler is the test here: each line marked must not compile. */
export const contract = [
  node.pure(({ exit }) => exit.ok(1)),
  // @ts-expect-error an unknown port
  node.pure(({ exit }) => exit.nope(1)),
  // @ts-expect-error a value of another type than the port's
  node.pure(({ exit }) => exit.ok('x')),
  // @ts-expect-error a pure node is synchronous
  node.pure(async ({ exit }) => Promise.resolve(exit.ok(1))),
  // @ts-expect-error a pure node has no services
  node.pure(({ exit, use }) => exit.ok(use.models)),
  node.effect({ uses: ['http'] }, async ({ exit, use }) => {
    await use.http.request({ url: 'https://example.org' })
    return exit.ok(1)
  }),
  // @ts-expect-error a service that the policy does not name
  node.effect({ uses: ['models'] }, async ({ exit, use }) => exit.ok(Number(use.http))),
  // @ts-expect-error an input that is not declared
  node.pure(({ exit, inputs }) => exit.ok(inputs.income)),
]

const pure = node.pure(({ inputs, config, exit }) =>
  inputs.amount < config.limit ? exit.low(null) : exit.ok(inputs.amount),
)
const effect = node.effect({ uses: ['sms'] }, async ({ inputs, exit, use, idempotencyKey }) => {
  await use.sms.send({ connection: 'sms', to: '1', text: idempotencyKey })
  return exit.ok(inputs.amount)
})
export const calls = [
  () => runNode(pure, { config: { limit: 1 }, inputs: { amount: 1 } }),
  // @ts-expect-error an input is missing
  () => runNode(pure, { config: { limit: 1 }, inputs: {} }),
  // @ts-expect-error the fake for sms is missing
  () => runNode(effect, { config: { limit: 1 }, inputs: { amount: 1 }, use: {} }),
]

describe('runNode', () => {
  it('runs a pure node', async () => {
    const result = await runNode(pure, { config: { limit: 10 }, inputs: { amount: 3 } })
    expect(result).toEqual({ port: 'low', value: null })
  })
  it('gives an effect its services and key', async () => {
    const sent: string[] = []
    const sms = {
      send: async ({ text }: { text: string }) => {
        sent.push(text)
        return Promise.resolve({ messageId: '1' })
      },
    }
    const given = { config: { limit: 1 }, inputs: { amount: 5 }, use: { sms } }
    expect(await runNode(effect, { ...given, idempotencyKey: 'run:node:3' })).toEqual({
      port: 'ok',
      value: 5,
    })
    expect(sent).toEqual(['run:node:3'])
  })
  it('[R96] refuses config, input and output that do not fit, without their values', async () => {
    const given = { config: { limit: 1 }, inputs: { amount: 'a secret' as unknown as number } }
    await expect(runNode(pure, given)).rejects.toMatchObject({
      code: 'NODE_INPUT_INVALID',
      message: expect.not.stringContaining('a secret') as string,
    })
    const config = { limit: 'x' as unknown as number }
    await expect(runNode(pure, { config, inputs: { amount: 1 } })).rejects.toMatchObject({
      code: 'NODE_CONFIG_INVALID',
    })
    const lies = node.pure(({ exit }) => exit.ok('text' as unknown as number))
    await expect(
      runNode(lies, { config: { limit: 1 }, inputs: { amount: 1 } }),
    ).rejects.toMatchObject({ code: 'NODE_OUTPUT_INVALID' })
  })
})

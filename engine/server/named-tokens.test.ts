import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadNamedTokens } from '#engine/server/named-tokens.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer } from '#engine/server/testing/open-server.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-tokens-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const file = () => join(folder, 'tokens')
const load = (text: string) => {
  writeFileSync(file(), text)
  return loadNamedTokens(file())
}
const [one, two] = ['a'.repeat(20), 'b'.repeat(43)]

it('[R775] reads a name and a token from each line', () => {
  expect(loadNamedTokens(file())).toEqual([])
  expect(load(`# who may call\n\nada ${one}\r\n  nightly-batch\t${two}  \n`)).toEqual([
    { name: 'ada', token: one },
    { name: 'nightly-batch', token: two },
  ])
})

it.each([
  ['ada', 'name and a token'],
  [`ada ${one} more`, 'name and a token'],
  [`ada short-token`, 'fewer than 20'],
  [`Owner ${one}`, 'product itself'],
  [`anonymous ${one}`, 'product itself'],
  [`../ada ${one}`, 'name and a token'],
  [`ada ${one}\nada ${two}`, 'already'],
  [`ada ${one}\nbob ${one}`, 'another name'],
])('[R775] refuses "%s" with its line, and tells no token', (text, detail) => {
  const failing = () => load(`\n${text}`)
  expect(failing).toThrow(
    expect.objectContaining({
      code: 'TOKENS_INVALID',
      params: {
        file: file(),
        line: text.includes('\n') ? 3 : 2,
        detail: expect.stringContaining(detail),
      },
    }),
  )
  expect(failing).not.toThrow(new RegExp(`${one}|short-token`))
})

it('[R775] the history tells by its name which token came', async () => {
  const engine = await openEngine()
  const namedTokens = load(`ada ${one}\nnightly-batch ${two}`)
  const { call } = await openServer(engine, { namedTokens })
  const as = (token: string) => ({ authorization: `Bearer ${token}` })
  expect((await call('POST', '/flows', taskFlow, as(one))).status).toBe(201)
  expect((await call('POST', '/flows/ask/publish', undefined, as(one))).status).toBe(200)
  const started = await call('POST', '/flows/ask/runs', { input: { amount: 5 } }, as(two))
  const { id } = (await started.json()) as { id: string }
  const cancel = { verb: { do: 'cancel' }, reason: 'asked for' }
  expect((await call('POST', `/runs/${id}/operations`, cancel, as(one))).status).toBe(200)
  const session = await call('GET', '/session', undefined, as(two))
  expect(await session.json()).toMatchObject({ actor: { id: 'nightly-batch', kind: 'token' } })
  const told = engine.events('default', { from: 0 }).filter(({ type }) => type === 'command')
  expect(told.map(({ data }) => [data['action'], data['actor']])).toContainEqual(['cancel', 'ada'])
  expect((await call('GET', '/session', undefined, as('c'.repeat(30)))).status).toBe(401)
})

import { io, type Socket } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import type { ClientEmits, ServerEmits, SubscribeReply } from '#core/api/live.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { createEventLog, eventOf, stubEngine } from '#engine/server/testing/stub-engine.ts'

type Client = Socket<ServerEmits, ClientEmits>

async function open() {
  const log = createEventLog()
  const { server } = await openServer(stubEngine(log))
  const connect = (options: Parameters<typeof io>[1] = { auth: { token } }): Client => {
    const client: Client = io(server.url, { reconnection: false, forceNew: true, ...options })
    onTestFinished(() => void client.close())
    return client
  }
  return { log, server, connect }
}

const settled = (client: Client): Promise<string> =>
  new Promise((resolve) => {
    client.once('connect', () => resolve('connected'))
    client.once('connect_error', (error) => resolve(error.message))
  })

const subscribe = (client: Client, message: Parameters<ClientEmits['subscribe']>[0]) =>
  new Promise<SubscribeReply>((resolve) => client.emit('subscribe', message, resolve))

/** Collects sequence numbers of one subscription until there are so many. */
function collect(client: Client, id = 'all') {
  const got: number[] = []
  let check = () => {}
  client.on('events', (events, subscription) => {
    if (subscription !== id) return
    got.push(...events.map(({ seq }) => seq))
    check()
  })
  const until = (count: number) =>
    new Promise<number[]>((resolve) => {
      check = () => {
        if (got.length >= count) resolve(got)
      }
      check()
    })
  return { got, until }
}

it('[R77] lets in the token and the cookie, and nobody else', async () => {
  const { server, connect } = await open()
  expect(await settled(connect())).toBe('connected')
  expect(await settled(connect({ auth: { token: 'wrong' } }))).toBe('UNAUTHENTICATED')
  const signIn = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token }),
  })
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(await settled(connect({ extraHeaders: { cookie } }))).toBe('connected')
  const foreign = { extraHeaders: { cookie, origin: 'http://evil.example' } }
  expect(await settled(connect(foreign))).not.toBe('connected')
})

it('[R84] replays what was stored, goes on live, and after a reconnect misses and repeats nothing', async () => {
  const { log, connect } = await open()
  let seq = 0
  const commit = (count: number) => {
    for (let i = 0; i < count; i += 1) log.commit(eventOf((seq += 1)))
  }
  commit(1200)
  const first = connect()
  const before = collect(first)
  await subscribe(first, { from: 0 })
  commit(10)
  await before.until(1210)
  first.disconnect()
  commit(700)
  const second = connect()
  const after = collect(second)
  await subscribe(second, { from: before.got.at(-1) ?? 0 })
  commit(5)
  await after.until(705)
  expect([...before.got, ...after.got]).toEqual(Array.from({ length: seq }, (_, i) => i + 1))
})

it('keeps the topics of one client apart, and ends one alone', async () => {
  const { log, connect } = await open()
  const client = connect()
  const mine = collect(client, 'run:mine')
  const flow = collect(client, 'flow:f2')
  expect(await subscribe(client, { run: 'mine', from: 0 })).toEqual({ ok: true, id: 'run:mine' })
  await subscribe(client, { flow: 'f2', from: 0 })
  log.commit(eventOf(1, 'mine', 'f1'), eventOf(2, 'other', 'f2'), eventOf(3, 'mine', 'f2'))
  await mine.until(2)
  await flow.until(2)
  client.emit('unsubscribe', { run: 'mine' })
  await subscribe(client, { id: 'fence', from: 3 })
  log.commit(eventOf(4, 'mine', 'f2'))
  await flow.until(3)
  expect(mine.got).toEqual([1, 3])
  expect(flow.got).toEqual([2, 3, 4])
})

it('answers a message that does not fit, and stays', async () => {
  const { connect } = await open()
  const client = connect()
  const reply = await subscribe(client, { from: -1 })
  expect(reply).toMatchObject({ ok: false, code: 'REQUEST_INVALID' })
  expect((await subscribe(client, {})).ok).toBe(true)
})

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#engine/adapters/sqlite/open-database.ts'
import { by, openBench, type Bench } from './engine-fixture.ts'
import { askFlow, openPeer } from './peer-fixture.ts'

let peer: Awaited<ReturnType<typeof openPeer>>
let bench: Bench
beforeEach(async () => {
  peer = await openPeer()
  bench = await openBench({ services: peer.services })
  connect()
})
afterEach(async () => {
  await bench.close()
  await peer.close()
})

const connect = (address = peer.origin, tenant = 'default') =>
  bench.engine.putConnection({
    ...by,
    tenant,
    connection: { name: 'peer', kind: 'http', address, settings: {}, secret: null },
  })
const day = 86_400_000
const pan = 'ABCPS1234F'

/** A run that asks with the inputs `pan` and `purpose`, to its end. */
const ask = async (
  input: { pan?: string; purpose?: string },
  { cache, tenant = 'default' }: { cache?: object; tenant?: string } = {},
) => {
  const id = 'ask'
  const flow = askFlow(id, {
    cache: cache ?? { ttl: '30d', key: { var: 'inputs.pan' } },
    retry: { attempts: 1, first: '1s', factor: 1, cap: '1s' },
  })
  const nodes = flow.nodes?.map((node) =>
    node.id === 'ask'
      ? { ...node, inputs: { pan: { var: 'input.pan' }, purpose: { var: 'input.purpose' } } }
      : node,
  )
  bench.engine.flows.save({ ...by, tenant, document: { ...flow, nodes } })
  bench.engine.flows.publish({ ...by, tenant, id })
  const run = await bench.engine.startRun({ ...by, tenant, flow: id, input })
  return bench.engine.settled(tenant, run.id)
}

describe('[R273] an answer is given again', () => {
  it('by the same port, without a call, and the step says since when it stands', async () => {
    const first = await ask({ pan, purpose: 'a' })
    const at = bench.clock.now()
    bench.clock.advance(day)
    const again = await ask({ pan, purpose: 'b' })
    expect(peer.state.calls).toBe(1)
    expect(again.output).toEqual(first.output)
    expect(again.steps[1]).toMatchObject({ port: 'ok', cachedAt: at, output: first.output })
    expect(first.steps[1]?.cachedAt).toBeUndefined()
    expect(bench.engine.replay('default', again.id)).toMatchObject({ same: true })
  })

  it('until its time has passed, also over a restart', async () => {
    await ask({ pan })
    await bench.reopen()
    bench.clock.advance(30 * day - 1)
    await ask({ pan })
    expect(peer.state.calls).toBe(1)
    bench.clock.advance(1)
    await ask({ pan })
    expect(peer.state.calls).toBe(2)
  })

  it('only to who asks the same: another key, config, tenant or address is another call', async () => {
    await ask({ pan })
    await ask({ pan: 'AAAPZ9999A' })
    expect(peer.state.calls).toBe(2)
    connect(peer.origin, 'other')
    await ask({ pan }, { tenant: 'other' })
    expect(peer.state.calls).toBe(3)
    connect(`${peer.origin}/elsewhere`)
    await ask({ pan })
    expect(peer.state.calls).toBe(4)
    connect()
    await ask({ pan })
    expect(peer.state.calls).toBe(4)
  })

  it('by all inputs where there is no key, and never where the key is missing', async () => {
    await ask({ pan, purpose: 'a' }, { cache: { ttl: '1d' } })
    await ask({ pan, purpose: 'b' }, { cache: { ttl: '1d' } })
    await ask({ pan, purpose: 'a' }, { cache: { ttl: '1d' } })
    expect(peer.state.calls).toBe(2)
    await ask({ purpose: 'a' })
    await ask({ purpose: 'a' })
    expect(peer.state.calls).toBe(4)
  })

  it('to nobody by a key that cannot be made, and the answer is taken all the same', async () => {
    const cache = { ttl: '1d', key: { no_such_operator: [1] } }
    expect((await ask({ pan }, { cache })).status).toBe('completed')
    expect((await ask({ pan }, { cache })).status).toBe('completed')
    expect(peer.state.calls).toBe(2)
  })

  it('but not a failure, and to nobody where the time is none', async () => {
    peer.state.status = 503
    expect((await ask({ pan })).status).toBe('incident')
    peer.state.status = 200
    expect((await ask({ pan })).status).toBe('completed')
    expect(peer.state.calls).toBe(2)
    await ask({ pan }, { cache: { ttl: '0s' } })
    await ask({ pan }, { cache: { ttl: '0s' } })
    expect(peer.state.calls).toBe(4)
  })
})

it('[R274] what is kept of an answer is sealed: neither key nor value can be read from the file', async () => {
  await ask({ pan })
  await bench.engine.close()
  const bytes = readFileSync(bench.file).toString('latin1')
  expect(bytes).toContain('CREATE TABLE answers')
  expect(bytes).not.toContain(pan)
  expect(bytes).not.toContain('"call":1')
  await bench.reopen({ killed: true })
})

it('[R274] who erases a case erases the answers that it got', async () => {
  await ask({ pan })
  await bench.engine.close()
  const file = openDatabase(bench.file)
  file.exec('UPDATE cases SET key = zeroblob(60)')
  file.close()
  await bench.reopen({ killed: true })
  expect((await ask({ pan })).status).toBe('completed')
  expect(peer.state.calls).toBe(2)
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { by, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench({
    connections: [
      {
        name: 'cibil',
        kind: 'bureau',
        address: 'http://127.0.0.1:9',
        settings: {},
        secret: null,
        source: 'sandbox',
        credential: 'sandbox',
      },
    ],
  })
})
afterEach(() => bench.close())

const put = (address: string, secret: string | null = 'key', name = 'cibil') =>
  bench.engine.putConnection({
    ...by,
    connection: { name, kind: 'bureau', address, settings: { a: 1 }, secret },
  })

it('a configured connection takes the place of the built-in one', () => {
  expect(bench.engine.listConnections('default')).toMatchObject([
    { name: 'cibil', source: 'sandbox' },
  ])
  expect(bench.engine.connection('default', 'cibil').credential).toBe('sandbox')
  put('https://bureau.test/v1', null)
  expect(bench.engine.listConnections('default')).toEqual([
    {
      health: { state: 'closed', since: null, calls: 0, failures: 0, nextTry: null },
      name: 'cibil',
      kind: 'bureau',
      address: 'https://bureau.test/v1',
      settings: { a: 1 },
      secret: null,
      source: 'configured',
    },
  ])
  expect(bench.engine.connection('default', 'cibil').credential).toBeNull()
  expect(() => bench.engine.connection('default', 'other')).toThrow('no connection "other"')
})

it('[R68] a secret goes to the origin that it was bound to, and nowhere else', () => {
  bench.engine.putSecret({ ...by, name: 'key', value: 's3cret' })
  expect(put('https://bureau.test/v1').secret).toBe('key')
  expect(bench.engine.connection('default', 'cibil').credential).toBe('s3cret')
  expect(put('https://bureau.test/v2').secret).toBe('key')
  // Another host, another port, another scheme: the secret stays behind, and stays there on the way back by another name.
  for (const origin of [
    'https://evil.test/v1',
    'https://bureau.test:444/',
    'http://bureau.test/v1',
  ]) {
    expect(put(origin).secret).toBeNull()
    expect(bench.engine.connection('default', 'cibil').credential).toBeNull()
    expect(put(origin, 'key', 'thief').secret).toBeNull()
  }
  bench.engine.putSecret({ ...by, name: 'key', value: 'new' })
  expect(put('https://evil.test/v1').secret).toBe('key')
  expect(bench.engine.connection('default', 'cibil').credential).toBe('new')
})

it('[R68] a secret put anew under a connection that uses it stays bound to that one', () => {
  bench.engine.putSecret({ ...by, name: 'key', value: 'old' })
  put('https://bureau.test')
  bench.engine.putSecret({ ...by, name: 'key', value: 'new' })
  expect(put('https://evil.test', 'key', 'thief').secret).toBeNull()
  expect(bench.engine.connection('default', 'cibil').credential).toBe('new')
})

it.each([
  ['ftp://bureau.test', 'must begin with http:// or https://'],
  ['no address', 'must begin with'],
  ['https://user:pass@bureau.test', 'do not belong into the address'],
])('the address %s is refused', (address, sentence) => {
  expect(() => put(address)).toThrow(sentence)
})

it('[R69] a secret is nowhere on disk or in an answer in clear', async () => {
  bench.engine.putSecret({ ...by, name: 'key', value: 'plain-s3cret' })
  put('https://bureau.test/v1')
  expect(JSON.stringify(bench.engine.listConnections('default'))).not.toContain('plain-s3cret')
  await bench.engine.close()
  const db = new Database(bench.file)
  expect(db.serialize().includes('plain-s3cret')).toBe(false)
  db.close()
  await bench.reopen({ killed: true })
  expect(bench.engine.connection('default', 'cibil').credential).toBe('plain-s3cret')
})

it('[R70] a file comes back whole, once for its content, and sealed on disk', async () => {
  const bytes = Buffer.from('scan of ABCPE1234F '.repeat(1_000))
  const about = bench.engine.putBlob({ ...by, bytes, name: 'pan.png', type: 'image/png' })
  expect(bench.engine.putBlob({ ...by, bytes, name: 'again.png', type: 'image/png' }).blob).toBe(
    about.blob,
  )
  expect(about).toMatchObject({
    blob: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    size: bytes.length,
  })
  expect(Buffer.from(bench.engine.getBlob('default', about.blob).bytes)).toEqual(bytes)
  expect(() => bench.engine.getBlob('other', about.blob)).toThrow('no file')
  await bench.engine.close()
  const db = new Database(bench.file)
  expect(db.serialize().includes('ABCPE1234F')).toBe(false)
  db.close()
  await bench.reopen({ killed: true })
})

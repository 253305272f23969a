import { cpSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { audit } from './audit.ts'
import { createEngine } from './create-engine.ts'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

/** The database of the second release. */
const database = fileURLToPath(new URL('../../test/chaos/releases/0.2.0/data', import.meta.url))

const masterKey = Buffer.alloc(32, 7)
const upload = (text: string) =>
  bench.engine.putBlob({
    ...by,
    bytes: Buffer.from(text),
    name: `${text}.pdf`,
    type: 'application/pdf',
  })
const publish = (flow: { id: string }) => {
  bench.engine.flows.save({ ...by, document: flow })
  bench.engine.flows.publish({ ...by, id: flow.id })
}
const start = async (
  caseKey: string | undefined,
  input: object,
  flow = 'loan',
): Promise<string> => {
  const key = caseKey === undefined ? {} : { caseKey }
  const { id } = await bench.engine.startRun({ ...by, flow, input: input as never, ...key })
  return id
}
const erase = (caseKey: string) =>
  bench.engine.eraseCase({
    ...by,
    of: { caseKey },
    confirm: caseKey,
    reason: 'asked by the person',
  })
const query = (sql: string): Record<string, unknown>[] => {
  const db = new Database(bench.file, { readonly: true })
  try {
    return db.prepare<[], Record<string, unknown>>(sql).all()
  } finally {
    db.close()
  }
}
const onDisk = (): Buffer =>
  Buffer.concat(
    [bench.file, `${bench.file}-wal`].filter(existsSync).map((file) => readFileSync(file)),
  )
const faults = async (): Promise<string[]> => {
  const archive = await openArchive(bench.file)
  try {
    return [...archive.damages(), ...[...audit(archive, masterKey)].map(({ what }) => what)]
  } finally {
    archive.close()
  }
}

/** Asks a peer, then a person; a list and a large value besides. */
const everything = sketch(
  'loan',
  [
    { id: 'start', type: 'flow.start' },
    {
      id: 'call',
      type: 'test.call',
      config: { peer: 'peer' },
      inputs: { value: { var: 'input' } },
    },
    {
      id: 'list',
      type: 'flow.each',
      config: { mode: 'sequential' },
      inputs: { items: [1, 2] },
    },
    {
      id: 'share',
      type: 'test.call',
      parent: 'list',
      config: { peer: 'peer' },
      inputs: { value: { var: 'item' } },
    },
    { id: 'shared', type: 'flow.end', parent: 'list', inputs: { output: { var: 'share' } } },
    {
      id: 'look',
      type: 'human.task',
      config: { title: 'Look', role: 'officer', outcomes: [{ id: 'ok', name: 'Ok' }] },
      inputs: { data: { var: 'input' } },
    },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
  ],
  [
    'start.out > call',
    'call.out > list',
    'call.other > list',
    'share.other > shared',
    'list.item > share',
    'share.out > shared',
    'list.out > look',
    'look.ok > end',
  ],
)
const finish = async (): Promise<void> => {
  await bench.engine.idle()
  for (const { id } of bench.engine.listTasks('default', { status: 'open', limit: 500 }).items)
    await bench.engine.completeTask({ ...by, task: id, outcome: 'ok', value: {} })
  await bench.engine.idle()
}

describe('[R580] an erased case', () => {
  it('is unreadable for good, whoever has the master key; the chain still verifies, and other cases stay', async () => {
    publish(everything)
    const large = 'x'.repeat(40_000)
    const first = await start('A-1', { pan: 'ABCPE1234F', large })
    const other = await start('A-2', { pan: 'PQRSX9876K', large })
    await finish()
    const kept = query(`SELECT key, name FROM cases ORDER BY number`) as {
      key: Buffer
      name: Buffer
    }[]
    const values = query(`SELECT data FROM "values" WHERE case_number = 1`) as { data: Buffer }[]
    expect(values.length).toBeGreaterThan(0)

    expect(await erase('A-1')).toMatchObject({
      case: 1,
      runs: 3,
      files: 0,
      reason: 'asked by the person',
    })
    const bytes = onDisk()
    // Neither in the file nor in its log.
    for (const gone of [kept[0]?.key, kept[0]?.name, ...values.map(({ data }) => data)])
      expect(bytes.includes(Buffer.from(gone ?? [0]).subarray(0, 40))).toBe(false)
    expect(bytes.includes(Buffer.from(kept[1]?.key ?? [0]))).toBe(true)

    for (const killed of [false, true]) {
      await bench.reopen({ killed })
      const view = bench.engine.getRun('default', first)
      expect(view).toMatchObject({
        erased: true,
        caseKey: null,
        input: null,
        output: null,
        steps: [],
      })
      expect(view.status).toBe('completed')
      expect(bench.engine.getRun('default', other).input).toMatchObject({ pan: 'PQRSX9876K' })
      const { items } = bench.engine.listRuns('default', {})
      expect(new Map(items.map(({ id, caseKey }) => [id, caseKey]))).toEqual(
        new Map([
          [first, null],
          [other, 'A-2'],
        ]),
      )
      expect(bench.engine.listTasks('default', {}).items.map(({ run }) => run)).toEqual([other])
      expect(bench.engine.verify('default').ok).toBe(true)
      expect(bench.engine.replay('default', other).same).toBe(true)
      expect(await faults()).toEqual([])
    }
  })

  it('stands in the history with actor and reason, of each of its runs too', async () => {
    publish(callFlow('loan'))
    const run = await start('A-1', {})
    await bench.engine.idle()
    const told: unknown[] = []
    bench.engine.subscribe((_, events) => told.push(...events))
    await erase('A-1')
    const command = {
      type: 'command',
      run,
      data: { action: 'erase', actor: 'ada', reason: 'asked by the person' },
    }
    expect(told).toMatchObject([command])
    expect(bench.engine.events('default', { from: 0, run }).at(-1)).toMatchObject(command)
    expect(bench.engine.listErasures('default')).toMatchObject([
      { case: 1, actor: by.actor, runs: 1 },
    ])
    expect(bench.engine.listErasures('other')).toEqual([])
  })

  it('is not begun anew under its key, and cannot be erased twice', async () => {
    publish(callFlow('loan'))
    publish(callFlow('card'))
    const run = await start('A-1', {})
    await bench.engine.idle()
    await erase('A-1')
    for (const flow of ['loan', 'card'])
      await expect(start('A-1', {}, flow)).rejects.toMatchObject({ code: 'CASE_ERASED' })
    await expect(erase('A-1')).rejects.toMatchObject({ code: 'CASE_ERASED' })
    await expect(bench.engine.previewErasure('default', { run })).rejects.toMatchObject({
      code: 'CASE_ERASED',
    })
    // Found by who knows the key.
    expect(bench.engine.listRuns('default', { search: 'A-1' }).items).toMatchObject([
      { id: run, erased: true },
    ])
  })
})

describe('[R581] erasing a case', () => {
  it('takes its files, but not those that another case names too', async () => {
    const own = upload('own')
    const both = upload('both')
    const unused = upload('unused')
    publish(callFlow('loan'))
    bench.peers.set('peer', ({ inputs }) => ({ read: inputs as never }))
    await start('A-1', { papers: [{ blob: own.blob }], photo: { file: both.blob } })
    const other = await start('A-2', {
      deep: { list: [{ file: both.blob }] },
      pad: 'y'.repeat(20_000),
    })
    await bench.engine.idle()
    expect(await bench.engine.previewErasure('default', { caseKey: 'A-1' })).toMatchObject({
      case: 1,
      caseKey: 'A-1',
      runs: [{ flow: 'loan', status: 'completed' }],
      open: 0,
      files: [own],
      shared: [both],
    })
    expect(await erase('A-1')).toMatchObject({ files: 1 })
    expect(() => bench.engine.getBlob('default', own.blob)).toThrow('no file')
    expect(onDisk().includes(Buffer.from('own.pdf'))).toBe(false)
    for (const { blob } of [both, unused])
      expect(bench.engine.getBlob('default', blob).about.blob).toBe(blob)
    // Sent again it is a new file.
    expect(upload('own').blob).toBe(own.blob)
    // The last case that names it takes it along.
    expect(bench.engine.getRun('default', other).status).toBe('completed')
    expect(await erase('A-2')).toMatchObject({ files: 1 })
    expect(() => bench.engine.getBlob('default', both.blob)).toThrow('no file')
    expect(await faults()).toEqual([])
  })

  it('knows the files of any cases in any order of starting and erasing', async () => {
    publish(callFlow('loan'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ file: fc.nat(3), erased: fc.nat(4), large: fc.boolean() }), {
          minLength: 2,
          maxLength: 8,
        }),
        fc.uuid(),
        async (steps, id) => {
          const files = [0, 1, 2, 3].map((n) => upload(`${id}-${n}`).blob)
          const live = new Map<string, string>()
          for (const [n, { file, erased, large }] of steps.entries()) {
            const key = `${id}-${n}`
            const blob = files[file] ?? ''
            if (!bench.engine.getBlob('default', blob)) continue
            await start(key, { blob, pad: large ? 'z'.repeat(17_000) : '' })
            live.set(key, blob)
            await bench.engine.idle()
            const victim = [...live.keys()][erased]
            if (victim === undefined) continue
            const gone = live.get(victim) ?? ''
            live.delete(victim)
            await erase(victim)
            const stays = [...live.values()].includes(gone)
            const isThere = (): boolean => {
              try {
                return bench.engine.getBlob('default', gone).about.blob === gone
              } catch {
                return false
              }
            }
            expect(isThere()).toBe(stays)
            upload(`${id}-${files.indexOf(gone)}`)
          }
        },
      ),
      { numRuns: 12 },
    )
    expect(bench.engine.verify('default').ok).toBe(true)
  })

  it('is refused while a run of it goes on, without the key written once more, and to another tenant', async () => {
    publish(everything)
    const run = await start('A-1', {})
    await bench.engine.idle()
    await expect(erase('A-1')).rejects.toMatchObject({ code: 'CASE_OPEN', params: { run } })
    expect((await bench.engine.previewErasure('default', { run })).open).toBe(1)
    await bench.engine.cancelRun({ ...by, run })
    const of = { caseKey: 'A-1' }
    const asked = { ...by, of, reason: 'r' }
    await expect(bench.engine.eraseCase({ ...asked, confirm: 'A-2' })).rejects.toMatchObject({
      code: 'ERASE_UNCONFIRMED',
    })
    await expect(
      bench.engine.eraseCase({ ...asked, tenant: 'other', confirm: 'A-1' }),
    ).rejects.toMatchObject({ code: 'CASE_UNKNOWN' })
    await expect(
      bench.engine.eraseCase({ ...asked, of: { run: 'none' }, confirm: '' }),
    ).rejects.toMatchObject({ code: 'CASE_UNKNOWN' })
    expect(bench.engine.getRun('default', run).erased).toBeUndefined()
    expect((await erase('A-1')).runs).toBe(3)
  })

  it('takes a case without a key by its run, and confirms it by the run’s id', async () => {
    publish(callFlow('loan'))
    const run = await start(undefined, { pan: 'ABCPE1234F' })
    const beside = await start(undefined, {})
    await bench.engine.idle()
    const asked = { ...by, of: { run }, reason: 'r' }
    await expect(bench.engine.eraseCase({ ...asked, confirm: '' })).rejects.toMatchObject({
      code: 'ERASE_UNCONFIRMED',
    })
    await bench.engine.eraseCase({ ...asked, confirm: run })
    expect(bench.engine.getRun('default', run).erased).toBe(true)
    expect(bench.engine.getRun('default', beside).erased).toBeUndefined()
  })

  it('clears what was ordered for many runs of the values that were given', async () => {
    publish(everything)
    const run = await start('A-1', {})
    await bench.engine.idle()
    const verb = { do: 'complete', at: 'look', port: 'ok', value: { note: 'Asha' } } as const
    const bulk = await bench.engine.previewBulk({ ...by, query: { search: 'A-1' }, verb })
    await bench.engine.applyBulk({ ...by, id: bulk.id, reason: 'r' })
    await bench.engine.idle()
    expect(bench.engine.getRun('default', run).status).toBe('completed')
    await erase('A-1')
    const shown = bench.engine.getBulk('default', bulk.id)
    expect(shown).toMatchObject({ query: {}, verb: { do: 'complete', value: null } })
    expect(JSON.stringify(shown)).not.toContain('A-1')
    expect(bench.engine.listBulkItems('default', { id: bulk.id }).items).toMatchObject([
      { run, caseKey: null },
    ])
  })
})

it('[R582] a key that was destroyed without an order, and one that came back after it, are found', async () => {
  publish(callFlow('loan'))
  await start('A-1', {})
  await start('A-2', {})
  await bench.engine.idle()
  const [first] = query('SELECT key FROM cases WHERE number = 1') as { key: Buffer }[]
  await erase('A-1')
  await bench.engine.close()
  const db = new Database(bench.file)
  db.prepare('UPDATE cases SET key = zeroblob(60) WHERE number = 2').run()
  db.prepare('UPDATE cases SET key = ? WHERE number = 1').run(first?.key)
  db.close()
  expect(await faults()).toEqual([
    'it was erased, and its key is there again',
    'its key was destroyed, and nobody ordered it',
  ])
  await bench.reopen({ killed: true })
})

it('[R580] a case of an earlier release is erased with what it holds', async () => {
  await bench.engine.close()
  cpSync(database, dirname(bench.file), { recursive: true })
  const master = loadMasterKey(join(dirname(bench.file), 'master.key'), { make: false })
  const open = () =>
    createEngine({
      store: openStore(bench.file),
      registry: createRegistry(builtInNodes),
      clock: bench.clock,
      masterKey: master,
    })
  const engine = await open()
  const ended = engine
    .listRuns('default', { limit: 500 })
    .items.filter(({ endedAt, caseKey }) => endedAt !== null && caseKey !== null)
  let erased = 0
  for (const { caseKey } of ended) {
    const of = { caseKey: caseKey ?? '' }
    if ((await engine.previewErasure('default', of)).open > 0) continue
    await engine.eraseCase({ ...by, of, confirm: of.caseKey, reason: 'r' })
    erased += 1
  }
  expect(erased).toBeGreaterThan(0)
  expect(engine.listErasures('default')).toHaveLength(erased)
  expect(engine.verify('default').ok).toBe(true)
  await engine.close()
  const archive = await openArchive(bench.file)
  expect([...archive.damages(), ...audit(archive, master)]).toEqual([])
  archive.close()
  bench.engine = await open()
})

import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'
import { createActor, fromPromise, toPromise, waitFor, type AnyStateMachine } from 'xstate'
import { compile } from '#core/compile/compile.ts'
import { printModule } from '#core/compile/print.ts'
import { flowSchema, type Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { isEnough, watchOf } from '#core/step/enough.ts'
import type { Effect } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { testNodes } from './test-nodes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'metis-module-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Exported {
  readonly machine: AnyStateMachine
  readonly bodies?: Readonly<Record<string, AnyStateMachine>>
  readonly isEnough?: typeof isEnough
  readonly watchOf?: typeof watchOf
}

const flow = flowSchema.parse({
  kind: 'flow',
  format: 1,
  id: 'exported',
  name: 'Exported',
  input: {},
  nodes: [
    { id: 'start', type: 'flow.start', name: '' },
    { id: 'pull', type: 'test.effect', name: '', inputs: { given: { var: 'input.n' } } },
    { id: 'sum', type: 'data.map', name: '', inputs: { n: { plus: [{ var: 'pull.n' }, 1] } } },
    { id: 'safe', type: 'flow.try', name: '' },
    {
      id: 'signed',
      type: 'flow.event',
      name: '',
      parent: 'safe',
      config: { message: 'signed', remind: { after: '1h' }, escalate: { after: '2h' } },
      inputs: { key: { var: 'sum.n' } },
    },
    { id: 'fails', type: 'test.effect', name: '', parent: 'safe' },
    { id: 'told', type: 'data.map', name: '', parent: 'safe' },
    { id: 'inner', type: 'flow.end', name: '', parent: 'safe' },
    {
      id: 'end',
      type: 'flow.end',
      name: '',
      inputs: { output: { context: ['n', { var: 'sum.n' }, 'failed', { var: 'safe.node' }] } },
    },
  ],
  edges: [
    { id: 'a', source: 'start', sourcePort: 'out', target: 'pull' },
    { id: 'b', source: 'pull', sourcePort: 'ok', target: 'sum' },
    { id: 'c', source: 'pull', sourcePort: 'alt', target: 'sum' },
    { id: 'd', source: 'sum', sourcePort: 'out', target: 'safe' },
    { id: 'e', source: 'safe', sourcePort: 'body', target: 'signed' },
    { id: 'f', source: 'signed', sourcePort: 'received', target: 'fails' },
    { id: 'g', source: 'signed', sourcePort: 'escalate', target: 'inner' },
    { id: 'h', source: 'signed', sourcePort: 'remind', target: 'told' },
    { id: 'i', source: 'fails', sourcePort: 'ok', target: 'inner' },
    { id: 'j', source: 'fails', sourcePort: 'alt', target: 'inner' },
    { id: 'k', source: 'safe', sourcePort: 'out', target: 'end' },
    { id: 'l', source: 'safe', sourcePort: 'error', target: 'end' },
  ],
})

async function exported(drawn: Flow, name: string): Promise<Exported> {
  const registry = createRegistry([...builtInNodes, ...testNodes])
  const program = compile({ flow: drawn, decisions: {}, nodes: {}, models: {} }, registry)
  const outfile = join(folder, `${name}.mjs`)
  const { metafile } = await build({
    stdin: { contents: printModule(program), resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['xstate'],
    metafile: true,
    outfile,
  })
  const [output] = Object.values(metafile.outputs)
  expect(output?.imports.map(({ path }) => path).filter((path) => path !== 'xstate')).toEqual([])

  return (await import(pathToFileURL(outfile).href)) as Exported
}

it('[R43] an exported flow runs on xstate alone', async () => {
  const { machine } = await exported(flow, 'exported')
  const pull = fromPromise<unknown, Extract<Effect, { kind: 'activity' }>>(({ input }) =>
    Promise.resolve(
      input.node === 'pull'
        ? { port: 'ok', value: { n: Number(input.input['given']) * 10 }, at: 2 }
        : { port: 'error', value: { error: { code: 'DOWN', message: 'down' } }, at: 4 },
    ),
  )
  const message = fromPromise(() => Promise.resolve({ port: 'received', value: null, at: 3 }))
  const timer = fromPromise(() => new Promise(() => {}))
  const actor = createActor(
    machine.provide({ actors: { 'test.effect': pull, message, timer } } as never),
    {
      input: {
        run: { id: 'r', flow: 'exported', version: '1', caseKey: null, startedAt: 1 },
        input: { n: 4 },
        at: 1,
      },
    },
  )
  actor.start()
  await expect(toPromise(actor)).resolves.toEqual({ n: 41, failed: 'fails' })
})

it('[R213] an exported list, call and undo run on xstate alone, with actors that the module names', async () => {
  const drawn = draw(
    {
      start: 'flow.start',
      pay: { type: 'test.effect', undo: 'refund' },
      each: { type: 'flow.each', inputs: { items: { var: 'input.items' } } },
      sum: {
        type: 'data.map',
        parent: 'each',
        inputs: { n: { plus: [{ var: 'item' }, { var: 'pay.n' }] } },
      },
      inner: { type: 'flow.end', parent: 'each', inputs: { output: { var: 'sum.n' } } },
      call: {
        type: 'flow.call',
        config: { flow: 'other' },
        inputs: { input: { var: 'each.results' } },
      },
      end: { type: 'flow.end', inputs: { output: { var: 'call' } } },
      refund: 'test.effect',
    },
    [
      'start -> pay',
      'pay.ok -> each',
      'pay.alt -> each',
      'each.item -> sum',
      'sum -> inner',
      'each -> call',
      'call -> end',
    ],
  )
  const registry = createRegistry([...builtInNodes, ...testNodes])
  const program = compile({ flow: drawn, decisions: {}, nodes: {}, models: {} }, registry)
  const head = printModule(program).split('*/')[0]
  for (const actor of ['test.effect', 'each', 'call', 'stopping', 'incident'])
    expect(head).toContain(`\n *   ${actor}\n`)

  const { machine, bodies } = await exported(drawn, 'lists')
  const run = { id: 'r', flow: 'lists', version: '1', caseKey: null, startedAt: 1 }
  const each = fromPromise<unknown, Extract<Effect, { kind: 'each' }>>(async ({ input }) => {
    const { items, outer, node } = input
    const body = bodies?.[node]
    if (!body) throw new Error('the body is not exported')
    const results = await Promise.all(
      items.map((item, index) =>
        toPromise(
          createActor(body, { input: { run, input: { item, index, outer }, at: 2 } }).start(),
        ),
      ),
    )
    return { port: 'out', value: { results, failed: [] }, at: 3 }
  })
  const call = fromPromise<unknown, Extract<Effect, { kind: 'call' }>>(({ input }) =>
    Promise.resolve({ port: 'out', value: { told: input.input }, at: 4 }),
  )
  const pay = fromPromise(() => Promise.resolve({ port: 'ok', value: { n: 10 }, at: 2 }))
  const incident = fromPromise(({ input }) => Promise.reject(new Error(JSON.stringify(input))))
  const actors = { 'test.effect': pay, each, call, incident }
  const begun = { input: { run, input: { items: [1, 2] }, at: 1 } }
  const actor = createActor(machine.provide({ actors } as never), begun).start()
  await expect(toPromise(actor)).resolves.toEqual({ told: [11, 12] })

  const never = fromPromise(() => new Promise(() => {}))
  const stopping = fromPromise(() => Promise.resolve({ port: 'out', value: null, at: 6 }))
  const held = { 'test.effect': pay, each, call: never, stopping, incident }
  const cancelled = createActor(machine.provide({ actors: held } as never), begun).start()
  await waitFor(cancelled, (snapshot) => snapshot.matches('call'))
  cancelled.send({ type: 'cancel', output: { port: 'cancel', value: 'withdrawn', at: 5 } })
  await toPromise(cancelled)
  expect(cancelled.getSnapshot().context).toMatchObject({ done: [], end: { as: 'cancelled' } })
})

it('[R742] exported lists that end early and grow, and locks, run on xstate alone, with what tells when it is enough', async () => {
  const drawn = draw(
    {
      start: 'flow.start',
      alone: { type: 'flow.lock', config: { lock: 'offers' }, inputs: { key: { var: 'input.key' } } }, // prettier-ignore
      each: {
        type: 'flow.each',
        parent: 'alone',
        config: {
          mode: 'concurrent',
          enough: {
            count: 9,
            when: { gte: [{ count_of: [{ items_where: [{ var: 'each.results' }, { as: 'n', do: { lt: [{ var: 'n' }, { var: 'input.below' }] } }] }] }, 2] }, // prettier-ignore
            rest: 'finish',
          },
          adds: { message: 'lender' },
        },
        inputs: { items: { var: 'input.items' }, key: { var: 'input.key' } },
      },
      sum: {
        type: 'data.map',
        parent: 'each',
        inputs: { n: { plus: [{ var: 'item' }, 100] } },
      },
      inner: { type: 'flow.end', parent: 'each', inputs: { output: { var: 'sum.n' } } },
      out: { type: 'flow.end', parent: 'alone', inputs: { output: { var: 'each.results' } } },
      end: { type: 'flow.end', inputs: { output: { var: 'alone' } } },
    },
    [
      'start -> alone',
      'alone.body -> each',
      'each.item -> sum',
      'sum -> inner',
      'each -> out',
      'alone -> end',
    ],
  )
  const { machine, bodies, isEnough, watchOf } = await exported(drawn, 'early')
  if (!isEnough || !watchOf) throw new Error('what tells when it is enough is not exported')
  const run = { id: 'r', flow: 'early', version: '1', caseKey: null, startedAt: 1 }
  const inside = (node: string, input: unknown, actors = {}): Promise<unknown> => {
    const body = bodies?.[node]
    if (!body) throw new Error('the body is not exported')
    return toPromise(
      createActor(body.provide({ actors } as never), { input: { run, input, at: 2 } }).start(),
    )
  }
  const told: unknown[] = []
  const each = fromPromise<unknown, Extract<Effect, { kind: 'each' }>>(async ({ input }) => {
    // The message comes before the first item has ended.
    const items = [...input.items, 3]
    told.push(input.adds, input.outer)
    const watch = watchOf(input)
    const results = items.map((): Json => null)
    for (const result of results) watch?.change(undefined, result)
    for (const [index, item] of items.entries()) {
      const result = (await inside(input.node, { item, index, outer: input.outer })) as Json
      watch?.change(results[index], result)
      results[index] = result
      const meets = () => watch?.meets({ results, failed: [] }, 3) === true
      if (isEnough(input, { succeeded: index + 1, failed: 0, at: 3, meets })) break
    }
    return { port: 'out', value: { results, failed: [] }, at: 3 }
  })
  const lock = fromPromise<unknown, Extract<Effect, { kind: 'lock' }>>(async ({ input }) => {
    told.push([input.name, input.key])
    const value = await inside(input.node, { outer: input.outer }, { each })
    return { port: 'out', value, at: 4 }
  })
  const begun = (items: readonly number[]) =>
    toPromise(
      createActor(machine.provide({ actors: { lock } } as never), {
        input: { run, input: { key: 'k', below: 105, items }, at: 1 },
      }).start(),
    )
  expect(await begun([1, 9, 2, 4])).toEqual([101, 109, 102, null, null])
  expect(told).toEqual([['offers', 'k'], { name: 'lender', key: 'k' }, {}])
  expect(await begun([1, 9])).toEqual([101, 109, 103])
})

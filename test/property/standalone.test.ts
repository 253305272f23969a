import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'
import { createActor, fromPromise, toPromise, type AnyStateMachine } from 'xstate'
import { compile } from '#core/compile/compile.ts'
import { printModule } from '#core/compile/print.ts'
import { flowSchema } from '#core/graph/flow.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { Effect } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { testNodes } from './test-nodes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'metis-module-'))
afterAll(() => rmSync(folder, { recursive: true }))

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

it('[R43] an exported flow runs on xstate alone', async () => {
  const registry = createRegistry([...builtInNodes, ...testNodes])
  const program = compile({ flow, decisions: {}, nodes: {}, models: {} }, registry)
  const outfile = join(folder, 'exported.mjs')
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

  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const { machine } = (await import(pathToFileURL(outfile).href)) as { machine: AnyStateMachine }
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

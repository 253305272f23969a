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
    { id: 'end', type: 'flow.end', name: '', inputs: { output: { var: 'sum' } } },
  ],
  edges: [
    { id: 'a', source: 'start', sourcePort: 'out', target: 'pull' },
    { id: 'b', source: 'pull', sourcePort: 'ok', target: 'sum' },
    { id: 'c', source: 'pull', sourcePort: 'alt', target: 'sum' },
    { id: 'd', source: 'sum', sourcePort: 'out', target: 'end' },
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
    Promise.resolve({ port: 'ok', value: { n: Number(input.input['given']) * 10 }, at: 2 }),
  )
  const actor = createActor(machine.provide({ actors: { 'test.effect': pull } } as never), {
    input: {
      run: { id: 'r', flow: 'exported', version: '1', caseKey: null, startedAt: 1 },
      input: { n: 4 },
      at: 1,
    },
  })
  actor.start()
  await expect(toPromise(actor)).resolves.toEqual({ n: 41 })
})

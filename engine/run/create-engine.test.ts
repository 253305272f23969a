import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine, type RunningEngine } from '#engine/run/create-engine.ts'

const echo = defineNode({
  type: 'test.echo',
  version: 1,
  title: 'Echo',
  description: 'Answers what it is told.',
  area: 'data',
  icon: 'repeat',
  config: z.object({}),
  inputs: { value: z.json() },
  outputs: { out: z.json() },
}).effect({ uses: [] }, async ({ inputs, exit }) => exit.out(inputs.value))

const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' as const } }
const flow = {
  kind: 'flow',
  format: 1,
  id: 'simple',
  name: 'Simple',
  input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    { id: 'echo', type: 'test.echo', name: 'Echo', inputs: { value: { var: 'input.n' } } },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'echo' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'echo' },
    { id: 'e2', source: 'echo', sourcePort: 'out', target: 'end' },
  ],
}
describe('x', () => {
  it('runs', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'metis-'))
    const engine = await createEngine({
      store: openStore(join(dir, 'db')),
      registry: createRegistry([...builtInNodes, echo]),
      clock: simulatedClock(),
      masterKey: randomBytes(32),
      log: { info: console.log, error: console.log },
    })
    engine.flows.save({ ...by, document: flow })
    engine.flows.publish({ ...by, id: 'simple' })
    const { id } = await engine.startRun({ ...by, flow: 'simple', input: { n: 3 } })
    const view = await engine.settled('default', id)
    console.log(JSON.stringify(view, null, 1))
    console.log(JSON.stringify(engine.events('default', { from: 0 })))
    console.log(engine.verify('default'))
    await engine.close()
    rmSync(dir, { recursive: true })
  })
})

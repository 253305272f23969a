import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { defineNode, type Progress } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { Command } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import { builtInNodes } from '#nodes/index.ts'
import { TerminalError } from '#core/errors.ts'
import { simulatedClock, type SimulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine, type EngineOptions, type RunningEngine } from '#engine/run/create-engine.ts'

export const by: Command = { tenant: 'default', actor: { id: 'ada', kind: 'user' } }

interface Call {
  readonly key: string
  readonly attempt: number
  readonly inputs: unknown
  readonly signal: AbortSignal
  readonly heartbeat: (progress?: Progress) => void
  readonly progress: Progress | null
}
type Peer = (call: Call) => Json | Promise<Json>

/** An effect that asks a peer of the test, a pure node that fails on demand. */
const nodesWith = (peers: Map<string, Peer>, calls: Call[]) => [
  defineNode({
    type: 'test.call',
    version: 1,
    title: 'Call',
    description: 'Asks a peer of the test.',
    area: 'integration',
    icon: 'phone',
    config: z.object({ peer: z.string() }),
    inputs: { value: anyJson.optional() },
    outputs: { out: anyJson, other: z.object({ n: z.number() }) },
  }).effect(
    { uses: [], timeout: '10s', retry: { attempts: 3, first: '1s', factor: 2, cap: '1m' } },
    async ({ inputs, config, exit, idempotencyKey, attempt, signal, heartbeat, progress }) => {
      const call = { key: idempotencyKey, attempt, inputs, signal, heartbeat, progress }
      calls.push(call)
      return exit.out(await (peers.get(config.peer) ?? (() => null))(call))
    },
  ),
  defineNode({
    type: 'test.divide',
    version: 1,
    title: 'Divide',
    description: 'Fails on zero.',
    area: 'data',
    icon: 'divide',
    config: z.object({}),
    inputs: { by: z.number() },
    outputs: { out: z.number() },
  }).pure(({ inputs, exit }) => {
    if (inputs.by === 0) throw new Error('by zero')
    return exit.out(1 / inputs.by)
  }),
]

/** An effect that answers at once. */
export const answering = defineNode({
  type: 'test.answer',
  version: 1,
  title: 'Answer',
  description: 'Answers at once.',
  area: 'integration',
  icon: 'phone',
  config: z.object({}),
  inputs: {},
  outputs: { out: z.string() },
}).effect({ uses: [] }, async ({ exit }) => exit.out('answer'))

export interface Bench {
  readonly clock: SimulatedClock
  readonly file: string
  readonly calls: Call[]
  /** Behaviour of `config.peer`. */
  readonly peers: Map<string, Peer>
  engine: RunningEngine
  /** As a new process would; the former one is closed first unless it is to be left as killed. */
  reopen(options?: { readonly killed?: boolean }): Promise<RunningEngine>
  /** Saves, publishes and starts. */
  run(flow: unknown, input?: Json): Promise<string>
  close(): Promise<void>
}

const testMasterKey = Buffer.alloc(32, 7)

/** An engine on a file of its own with a clock that stands still. */
export async function openBench(
  options: Partial<EngineOptions> = {},
  /** Awaited by each sync of the disk. */
  sync: () => Promise<void> = () => Promise.resolve(),
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'metis-'))
  const file = join(folder, 'metis.db')
  const clock = simulatedClock()
  const calls: Call[] = []
  const peers = new Map<string, Peer>()
  let life = { killed: false }
  /** A killed process writes nothing more and hears no clock. */
  const open = () => {
    const own = { killed: false }
    life = own
    const store = openStore(file)
    const unlessKilled =
      (writes: Store['write']): Store['write'] =>
      (work) => {
        if (own.killed) throw new TerminalError('ENGINE_CLOSED')
        return writes(work)
      }
    const time = options.clock ?? clock
    return createEngine({
      registry: createRegistry([...builtInNodes, ...nodesWith(peers, calls)]),
      masterKey: testMasterKey,
      ...options,
      store: {
        ...store,
        transaction: unlessKilled(store.transaction),
        write: unlessKilled(store.write),
        async sync() {
          await store.sync()
          await sync()
          if (own.killed) await new Promise(() => {})
        },
      },
      clock: { now: () => time.now(), at: (at, fire) => time.at(at, () => own.killed || fire()) },
    })
  }
  const bench: Bench = {
    clock,
    file,
    calls,
    peers,
    engine: await open(),
    async reopen({ killed = false } = {}) {
      if (killed) life.killed = true
      else await bench.engine.close()
      bench.engine = await open()
      return bench.engine
    },
    async run(flow, input = {}) {
      const { id } = bench.engine.flows.save({ ...by, document: flow })
      bench.engine.flows.publish({ ...by, id })
      return (await bench.engine.startRun({ ...by, flow: id, input })).id
    },
    async close() {
      await bench.engine.close()
      rmSync(folder, { recursive: true })
    },
  }
  return bench
}

type NodeSketch = Pick<FlowNode, 'id' | 'type'> & Partial<FlowNode>

/** A flow from nodes and edges written as `source.port > target`. */
export const sketch = (
  id: string,
  nodes: readonly NodeSketch[],
  edges: readonly string[],
): Partial<Flow> & { id: string } => ({
  kind: 'flow',
  format: 1,
  id,
  name: id,
  input: { type: 'object' },
  nodes: nodes.map(({ id: node, ...rest }) => ({
    id: node,
    version: 1,
    name: node,
    config: {},
    inputs: {},
    ...rest,
  })),
  edges: edges.map((edge, index) => {
    const [, source = '', sourcePort = '', target = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(edge) ?? []
    return { id: `e${index}`, source, sourcePort, target }
  }),
})

/** start → call → end, with what the test changes of the call. */
export const callFlow = (id: string, call: Partial<FlowNode> = {}, edges: readonly string[] = []) =>
  sketch(
    id,
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'call',
        type: 'test.call',
        config: { peer: 'peer' },
        inputs: { value: { var: 'input' } },
        ...call,
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
    ],
    ['start.out > call', 'call.out > end', 'call.other > end', ...edges],
  )

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { RetryableError, TerminalError } from '#core/errors.ts'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'

/** A database as the first release wrote it, with its test key. Never made anew once released. */
export const version1 = fileURLToPath(new URL('data', import.meta.url))
export const version1Time = Date.UTC(2026, 0, 1)

const ask = (answer: (n: number) => number) =>
  defineNode({
    type: 'test.ask',
    version: 1,
    title: 'Ask',
    description: 'Asks a peer that may be in trouble.',
    area: 'integration',
    icon: 'phone',
    config: z.object({}),
    inputs: { n: z.number() },
    outputs: { out: anyJson },
  }).effect(
    { uses: [], retry: { attempts: 2, first: '1h', factor: 2, cap: '1d' } },
    async ({ inputs, exit }) => exit.out(answer(inputs.n)),
  )

/** In trouble for n = 1 (for good) and n = 2 (for now). */
export const inTrouble = ask((n) => {
  if (n === 1) throw new TerminalError('MODEL_UNKNOWN', { model: 'none' })
  if (n === 2) throw new RetryableError('EFFECT_TIMEOUT', { timeout: '30s' })
  return n * 10
})
export const recovered = ask((n) => n * 10)

export const openVersion1 = (
  folder: string,
  node: typeof inTrouble,
  clock = simulatedClock(version1Time),
) =>
  createEngine({
    store: openStore(join(folder, 'metis.db')),
    registry: createRegistry([...builtInNodes, node]),
    clock,
    masterKey: loadMasterKey(join(folder, 'master.key')),
  })

const nodes = [
  { id: 'start', type: 'flow.start', name: 'Start' },
  { id: 'ask', type: 'test.ask', name: 'Ask', inputs: { n: { var: 'input.n' } } },
  {
    id: 'fork',
    type: 'flow.fork',
    name: 'Both',
    config: {
      branches: [
        { id: 'a', name: 'Wait' },
        { id: 'b', name: 'Look' },
      ],
    },
  },
  { id: 'wait', type: 'flow.wait', name: 'Wait', config: { duration: '40d' } },
  {
    id: 'look',
    type: 'human.task',
    name: 'Look',
    inputs: { data: { var: 'ask' } },
    config: { title: 'Look at it', role: 'officer', outcomes: [{ id: 'ok', name: 'Ok' }] },
  },
  { id: 'join', type: 'flow.join', name: 'Join' },
  {
    id: 'end',
    type: 'flow.end',
    name: 'End',
    inputs: { output: { var: 'ask' } },
  },
]
const edges = [
  ['start', 'out', 'ask'],
  ['ask', 'out', 'fork'],
  ['fork', 'a', 'wait'],
  ['fork', 'b', 'look'],
  ['wait', 'out', 'join'],
  ['look', 'ok', 'join'],
  ['join', 'out', 'end'],
]
export const version1Flow = {
  kind: 'flow',
  format: 1,
  id: 'first',
  name: 'First release',
  input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
  nodes,
  edges: edges.map(([source, sourcePort, target], index) => ({
    id: `e${index}`,
    source,
    sourcePort,
    target,
  })),
}

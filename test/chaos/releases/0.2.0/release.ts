import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { RetryableError, TerminalError } from '#core/errors.ts'
import { anyJson } from '#core/graph/control.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Json } from '#core/json.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'

/** A database as this release writes it, with its test key. Never made anew once released. */
export const database = fileURLToPath(new URL('data', import.meta.url))
export const releaseTime = Date.UTC(2026, 0, 1)

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

export const openRelease = (
  folder: string,
  node: typeof inTrouble,
  clock = simulatedClock(releaseTime),
) =>
  createEngine({
    store: openStore(join(folder, 'metis.db')),
    registry: createRegistry([...builtInNodes, node]),
    clock,
    masterKey: loadMasterKey(join(folder, 'master.key')),
  })

const asks = (n: Json, more: object = {}) => ({ type: 'test.ask', inputs: { n }, ...more })
const ends = (output: Json, more: object = {}) => ({
  type: 'flow.end',
  inputs: { output },
  ...more,
})
const ofNumbers = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'number' }])),
  required: names,
})

/** Called by the other. */
export const calledFlow = draw(
  { start: 'flow.start', ask: asks({ var: 'input.reserve' }), end: ends({ var: 'ask' }) },
  ['start -> ask', 'ask -> end'],
  { id: 'called', name: 'Called', input: ofNumbers('reserve') },
)

/**
 * What is reserved is released if the run fails or is cancelled; a fork over a list, a call, a timer, a message and a
 * person; then a try whose peer may be in trouble, and an end that may fail.
 */
export const fullFlow = (name: string) =>
  draw(
    {
      start: 'flow.start',
      reserve: asks({ var: 'input.reserve' }, { undo: 'release' }),
      release: asks(7),
      fork: {
        type: 'flow.fork',
        config: { branches: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: id })) },
      },
      list: {
        type: 'flow.each',
        config: { mode: 'concurrent', limit: 2 },
        inputs: { items: { var: 'input.items' } },
      },
      ask_item: asks({ var: 'item' }, { parent: 'list' }),
      told: ends({ var: 'ask_item' }, { parent: 'list' }),
      call: {
        type: 'flow.call',
        config: { flow: 'called' },
        inputs: { input: { var: 'input' } },
      },
      wait: { type: 'flow.wait', config: { duration: '40d' } },
      signed: {
        type: 'flow.event',
        config: { message: 'loan.signed', timeout: '90d' },
        inputs: { key: { var: 'input.number' } },
      },
      look: {
        type: 'human.task',
        inputs: { data: { var: 'reserve' } },
        config: { title: 'Look at it', role: 'officer', outcomes: [{ id: 'ok', name: 'Ok' }] },
      },
      join: 'flow.join',
      safe: 'flow.try',
      check: asks(
        { var: 'input.check' },
        { parent: 'safe', policy: { cache: { ttl: '30d', key: { var: 'inputs.n' } } } },
      ),
      checked: ends({ var: 'check' }, { parent: 'safe' }),
      well: {
        type: 'flow.branch',
        config: {
          cases: [{ id: 'good', name: 'Good', when: { '==': [{ var: 'input.end' }, 0] } }],
        },
      },
      end: ends([{ var: 'list.results' }, { var: 'call' }, { var: 'safe' }]),
      caught: ends({ var: 'safe.error.code' }),
      failed: ends({ var: 'reserve' }, { config: { status: 'failed' } }),
    },
    [
      'start -> reserve',
      'reserve -> fork',
      'fork.a -> list',
      'list.item -> ask_item',
      'ask_item -> told',
      'list -> join',
      'fork.b -> call',
      'call -> join',
      'fork.c -> wait',
      'wait -> join',
      'fork.d -> signed',
      'signed.received -> join',
      'signed.timeout -> join',
      'fork.e -> look',
      'look.ok -> join',
      'join -> safe',
      'safe.body -> check',
      'check -> checked',
      'safe.error -> caught',
      'safe -> well',
      'well.good -> end',
      'well.else -> failed',
    ],
    {
      id: 'full',
      name,
      input: {
        type: 'object',
        properties: {
          ...ofNumbers('reserve', 'number', 'check', 'end').properties,
          items: { type: 'array', items: { type: 'number' } },
        },
        required: ['reserve', 'number', 'check', 'end', 'items'],
      },
    },
  )

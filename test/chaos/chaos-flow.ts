import { z } from 'zod'
import type { Logic } from '#core/graph/flow.ts'
import { defineNode } from '#core/node/define-node.ts'
import { RetryableError } from '#core/errors.ts'

/** Books one entry with the ledger; a peer in trouble answers 503. */
export const ledgerEntry = (ledger: string) =>
  defineNode({
    type: 'chaos.entry',
    version: 1,
    title: 'Ledger entry',
    description: 'Books an entry under the effect key.',
    area: 'integration',
    icon: 'notebook',
    config: z.object({}),
    inputs: { amount: z.number() },
    outputs: { out: z.object({ entry: z.number() }) },
  }).effect(
    { uses: [], timeout: '5s', retry: { attempts: 20, first: '5ms', factor: 2, cap: '50ms' } },
    async ({ inputs, exit, idempotencyKey, signal }) => {
      const response = await fetch(ledger, {
        method: 'POST',
        headers: { 'idempotency-key': idempotencyKey },
        body: JSON.stringify(inputs),
        signal,
      })
      if (!response.ok) throw new RetryableError('EFFECT_FAILED', { detail: 'ledger is down' })
      return exit.out((await response.json()) as { entry: number })
    },
  )

const amount: Logic = { var: 'input.amount' }
const entry = (id: string) => ({ id, type: 'chaos.entry', name: id, inputs: { amount } })

/** Nodes that book an entry, once in each run. */
export const bookingNodes = ['first', 'left', 'right', 'far', 'last'] as const

/** A fork with a timer in one branch and two entries in the other; entries before and after, and a person. */
export const chaosFlow = {
  kind: 'flow',
  format: 1,
  id: 'chaos',
  name: 'Chaos',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'start' },
    entry('first'),
    {
      id: 'fork',
      type: 'flow.fork',
      name: 'fork',
      config: { branches: [{ id: 'a' }, { id: 'b' }] },
    },
    entry('left'),
    { id: 'pause', type: 'flow.wait', name: 'pause', config: { duration: '25ms' } },
    entry('right'),
    entry('far'),
    { id: 'join', type: 'flow.join', name: 'join' },
    {
      id: 'sum',
      type: 'data.map',
      name: 'sum',
      inputs: { left: { var: 'left.entry' }, far: { var: 'far.entry' }, amount },
    },
    {
      id: 'look',
      type: 'human.task',
      name: 'look',
      config: { title: 'Look at it', role: 'officer', outcomes: [{ id: 'ok', name: 'Ok' }] },
    },
    entry('last'),
    {
      id: 'end',
      type: 'flow.end',
      name: 'end',
      inputs: { output: { var: 'sum' } },
    },
  ],
  edges: [
    ['start', 'out', 'first'],
    ['first', 'out', 'fork'],
    ['fork', 'a', 'left'],
    ['left', 'out', 'pause'],
    ['pause', 'out', 'join'],
    ['fork', 'b', 'right'],
    ['right', 'out', 'far'],
    ['far', 'out', 'join'],
    ['join', 'out', 'sum'],
    ['sum', 'out', 'look'],
    ['look', 'ok', 'last'],
    ['last', 'out', 'end'],
  ].map(([source, sourcePort, target], index) => ({ id: `e${index}`, source, sourcePort, target })),
}

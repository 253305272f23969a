import { z } from 'zod'
import { draw } from '#core/graph/draw-fixture.ts'
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
const entry = (more: object = {}) => ({ type: 'chaos.entry', inputs: { amount }, ...more })
const ends = (more: object = {}) => ({
  type: 'flow.end',
  inputs: { output: { var: 'sum' } },
  ...more,
})

/** Nodes that book an entry, once in each run. */
export const bookingNodes = ['first', 'left', 'right', 'far', 'last'] as const
/** What the runs that fail book besides, in this order. */
export const undoingNodes = ['unlast', 'unfirst'] as const
/** Every second amount makes its run fail. */
export const fails = (amount: number): boolean => amount % 2 === 1
/** Of the list, each of which books an entry. */
export const items = [10, 20, 30] as const

/**
 * A fork with a timer in one branch, two entries in another and a list in the third; entries before and after, and a
 * person. A run whose `fails` is true ends as failed, which undoes the first and the last entry.
 */
export const chaosFlow = draw(
  {
    start: 'flow.start',
    first: entry({ undo: 'unfirst' }),
    unfirst: entry(),
    fork: { type: 'flow.fork', config: { branches: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] } },
    left: entry(),
    pause: { type: 'flow.wait', config: { duration: '25ms' } },
    right: entry(),
    far: entry(),
    list: {
      type: 'flow.each',
      config: { mode: 'concurrent', limit: 2 },
      inputs: { items: [...items] },
    },
    share: entry({ parent: 'list', inputs: { amount: { var: 'item' } } }),
    shared: ends({ parent: 'list', inputs: { output: { var: 'share.entry' } } }),
    join: 'flow.join',
    sum: {
      type: 'data.map',
      inputs: {
        left: { var: 'left.entry' },
        far: { var: 'far.entry' },
        shares: { var: 'list.results' },
        amount,
      },
    },
    look: {
      type: 'human.task',
      config: { title: 'Look at it', role: 'officer', outcomes: [{ id: 'ok', name: 'Ok' }] },
    },
    last: entry({ undo: 'unlast' }),
    unlast: entry(),
    how: {
      type: 'flow.branch',
      config: { cases: [{ id: 'fails', when: { var: 'input.fails' } }] },
    },
    failed: ends({ config: { status: 'failed' } }),
    end: ends(),
  },
  [
    'start -> first',
    'first -> fork',
    'fork.a -> left',
    'left -> pause',
    'pause -> join',
    'fork.b -> right',
    'right -> far',
    'far -> join',
    'fork.c -> list',
    'list.item -> share',
    'share -> shared',
    'list -> join',
    'join -> sum',
    'sum -> look',
    'look.ok -> last',
    'last -> how',
    'how.fails -> failed',
    'how.else -> end',
  ],
  {
    id: 'chaos',
    name: 'Chaos',
    input: {
      type: 'object',
      properties: { amount: { type: 'number' }, fails: { type: 'boolean' } },
      required: ['amount', 'fails'],
    },
  },
)

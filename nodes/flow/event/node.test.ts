import { expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const flow = draw(
  {
    start: 'flow.start',
    signed: {
      type: 'flow.event',
      config: { message: 'loan.signed', timeout: '14d' },
      inputs: { key: { var: 'input.number' } },
    },
    done: { type: 'flow.end', inputs: { output: { var: 'signed' } } },
    late: { type: 'flow.end', inputs: { output: 'late' } },
  },
  ['start -> signed', 'signed.received -> done', 'signed.timeout -> late'],
)

it('[R178] waits for a message by name and key, and leaves with what it brought', () => {
  const run = runByHand(flow, registry, { input: { number: 'A-7' } })
  expect(run.first.effects).toMatchObject([
    { kind: 'message', id: 'r:signed:1', name: 'loan.signed', key: 'A-7' },
    { kind: 'timer', id: 'r:signed:1!timeout', port: 'timeout', dueAt: 14 * 86_400_000 },
  ])
  const last = run.done('signed:1', { by: 'Asha' }, 'received')
  expect(last).toMatchObject({ status: 'done', output: { by: 'Asha' } })
  expect(last.effects).toMatchObject([{ kind: 'stop', target: 'r:signed:1!timeout' }])
})

it('[R178] leaves by “timeout” where none came', () => {
  const run = runByHand(flow, registry, { input: { number: 7 } })
  expect(run.done('signed:1!timeout', { at: 1 }, 'timeout').output).toBe('late')
})

it('[R178] without a key is an incident', () => {
  expect(runByHand(flow, registry, { input: {} }).first.effects).toMatchObject([
    { kind: 'incident', error: { code: 'MESSAGE_WITHOUT_KEY' } },
  ])
})

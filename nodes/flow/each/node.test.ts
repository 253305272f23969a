import { describe, expect, it } from 'vitest'
import { applyFix } from '#core/graph/apply-fix.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { scopeAt } from '#core/graph/scope.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const end = (output: Json, more: object = {}) => ({ type: 'flow.end', inputs: { output }, ...more })
const map = (inputs: Record<string, Json>, more: object = {}) => ({
  type: 'data.map',
  inputs,
  ...more,
})
const task = (more: object = {}) => ({
  type: 'human.task',
  config: { title: 'Look', outcomes: [{ id: 'yes' }] },
  ...more,
})

const flow = draw(
  {
    start: 'flow.start',
    rate: map({ percent: { var: 'input.percent' }, unused: 1 }),
    each: { type: 'flow.each', inputs: { items: { var: 'input.loans' } } },
    owed: map({ n: { times: [{ var: 'item.sum' }, { var: 'rate.percent' }] } }, { parent: 'each' }),
    look: task({ parent: 'each', inputs: { data: { var: 'index' } } }),
    told: end({ var: 'owed.n' }, { parent: 'each' }),
    end: end({ var: 'each.results' }),
  },
  [
    'start -> rate',
    'rate -> each',
    'each.item -> owed',
    'owed -> look',
    'look.yes -> told',
    'each -> end',
  ],
)

describe('the run that holds an each', () => {
  it('[R200] asks for all items in one effect, with the variables that the body uses and no others', () => {
    const run = runByHand(flow, registry, {
      input: { percent: 2, loans: [{ sum: 5 }, { sum: 7 }], secret: 'x' },
    })
    expect(run.first.effects).toEqual([
      {
        id: 'r:each:1',
        node: 'each',
        epoch: 1,
        kind: 'each',
        items: [{ sum: 5 }, { sum: 7 }],
        outer: { rate: { percent: 2, unused: 1 } },
      },
    ])
    expect(run.done('each:1', { results: [10, 14], failed: [] }).output).toEqual([10, 14])
  })
  it('waits for an operator where the items are no list', () => {
    const run = runByHand(flow, registry, { input: {} })
    expect(run.first.effects).toMatchObject([
      { id: 'r:each:1', kind: 'incident', error: { code: 'ITEMS_NOT_A_LIST' } },
    ])
  })
})

const adding = (config: Json, inputs: Record<string, Json>) => ({
  ...flow,
  nodes: flow.nodes.map((node) =>
    node.id === 'each'
      ? { ...node, config: config as typeof node.config, inputs: { ...node.inputs, ...inputs } }
      : node,
  ),
})
const cheap = {
  lt: [{ min: [{ var: 'each.results' }] }, { var: 'rate.percent' }],
}

it('[R560] an each asks for what is enough, with what its condition reads, and for the message that adds items', () => {
  const config = {
    enough: { count: 3, when: cheap, after: '2h', rest: 'finish' },
    adds: { message: 'lender' },
  }
  const given = { input: { percent: 2, loans: [] } }
  const run = runByHand(adding(config, { key: 7 }), registry, given)
  const scope = { rate: { percent: 2, unused: 1 } }
  expect(run.first.effects).toMatchObject([
    {
      enough: { count: 3, when: { logic: cheap, scope }, dueAt: 7_200_000, rest: 'finish' },
      adds: { name: 'lender', key: '7' },
    },
  ])
  const keyless = runByHand(adding(config, { key: { var: 'input.none' } }), registry, given)
  expect(keyless.first.effects).toMatchObject([{ error: { code: 'MESSAGE_WITHOUT_KEY' } }])
})

describe('the run of an item', () => {
  it('[R201] sees its item, its index and what it uses from outside, and ends with the output of the End inside', () => {
    const input = { item: { sum: 7 }, index: 1, outer: { rate: { percent: 2 } } }
    const run = runByHand(flow, registry, { body: 'each', input })
    expect(run.first.effects).toMatchObject([{ id: 'r:look:1', input: { data: 1 } }])
    expect(run.done('look:1', null, 'yes')).toMatchObject({ status: 'done', output: 14 })
  })
})

describe('validation', () => {
  const lookup = {
    descriptor: (type: string) => registry.descriptor(type),
    decision: () => undefined,
  }
  const listOf = { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] }
  const typed = {
    ...flow,
    input: {
      type: 'object',
      properties: { percent: { type: 'number' }, loans: { type: 'array', items: listOf } },
    },
  }
  it('[R202] knows inside the type of the item, and outside only the results', () => {
    expect(validateFlow(typed, lookup).filter(({ severity }) => severity === 'error')).toEqual([])
    const inside = scopeAt(typed, 'owed', lookup)
    expect(inside.find(({ name }) => name === 'item')?.schema).toEqual(listOf)
    expect(inside.find(({ name }) => name === 'rate')?.certain).toBe(true)
    const outside = scopeAt(typed, 'end', lookup).map(({ name }) => name)
    expect(outside).toEqual(['input', 'run', 'start', 'rate', 'each'])
  })
  it('[R203] names what is read across the border', () => {
    const wrong = {
      ...typed,
      nodes: typed.nodes.map((node) =>
        node.id === 'end'
          ? { ...node, inputs: { output: { plus: [{ var: 'owed.n' }, { var: 'item.sum' }] } } }
          : node,
      ),
    }
    expect(validateFlow(wrong, lookup)).toMatchObject([
      { code: 'READ_FROM_OUTSIDE', params: { source: 'owed', each: 'each' } },
      { code: 'ITEM_OUTSIDE', params: { path: 'item.sum' } },
    ])
  })
  it('[R561] reads in the condition for enough the step’s own results, and names a list that never comes to it', () => {
    const found = (config: Json, inputs: Record<string, Json> = {}) =>
      validateFlow({ ...adding(config, inputs), input: typed.input }, lookup)
    expect(found({ enough: { when: cheap } })).toEqual([])
    const own = scopeAt({ ...adding({ enough: { when: cheap } }, {}), input: typed.input }, 'each', lookup) // prettier-ignore
    expect(own.find(({ name }) => name === 'each')?.schema).toMatchObject({
      properties: { results: { type: 'array' }, failed: {} },
    })
    expect(found({ enough: { when: { lt: [{ var: 'each.sum' }, 2] } } })).toMatchObject([
      { code: 'FIELD_UNKNOWN', params: { path: 'each.sum' } },
    ])
    const two = { items: [{ var: 'input.loans.0' }, { var: 'input.loans.1' }] }
    const cases: [string, Json, Record<string, Json>][] = [
      ['ENOUGH_NEVER', { enough: { count: 3 } }, two],
      ['INPUT_MISSING', { adds: { message: 'lender' } }, {}],
    ]
    for (const [code, config, inputs] of cases) {
      const [finding, ...others] = found(config, inputs)
      expect([finding?.code, others]).toEqual([code, []])
      const mended = applyFix({ ...adding(config, inputs), input: typed.input }, finding?.fix)
      expect(validateFlow(mended, lookup)).toEqual([])
    }
  })
})

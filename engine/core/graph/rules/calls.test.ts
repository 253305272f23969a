import { describe, expect, it } from 'vitest'
import { applyFix } from '#core/graph/apply-fix.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Json } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const port = (id: string, more: object = {}) => ({ id, title: id, schema: {}, ...more })
const base = {
  version: 1,
  title: '',
  description: '',
  area: 'data',
  icon: 'x',
  help: '',
  config: {},
  inputs: {},
  openInputs: true,
  ports: [port('out')],
  canFail: false,
  source: 'built-in',
} as const satisfies Partial<NodeDescriptor>
const kinds: Record<string, Partial<NodeDescriptor>> = {
  start: { kind: 'start' },
  end: { kind: 'end', ports: [] },
  map: { kind: 'pure' },
  act: { kind: 'effect' },
  call: { kind: 'call' },
  each: { kind: 'each', ports: [port('item', { optional: true }), port('out')] },
}
const check = (flow: Flow, others: readonly Flow[] = []): Finding[] =>
  validateFlow(flow, {
    descriptor: (type) => kinds[type] && ({ ...base, type, ...kinds[type] } as NodeDescriptor),
    decision: () => undefined,
    flow: (id) => others.find((other) => other.id === id),
  })
const codes = (flow: Flow, others?: readonly Flow[]): string[] =>
  check(flow, others).map(({ code }) => code)

describe('undo', () => {
  const nodes = {
    start: 'start',
    pay: { type: 'act', undo: 'refund' },
    then: 'map',
    end: 'end',
    refund: 'act',
  }
  const edges = ['start -> pay', 'pay -> then', 'then -> end']
  const undoneBy = (undo: string) => ({ ...nodes, pay: { type: 'act', undo } })

  it('[R208] a node that acts, without edges, undoes another without a finding', () => {
    expect(codes(draw(nodes, edges))).toEqual([])
  })
  it.each([
    ['UNDO_UNKNOWN', 'pay', draw(undoneBy('nowhere'), edges)],
    ['UNDO_SELF', 'pay', draw(undoneBy('pay'), edges)],
    ['UNDO_KIND', 'pay', draw(undoneBy('then'), edges)],
    ['UNDO_CONNECTED', 'pay', draw(nodes, [...edges, 'then -> refund', 'refund -> end'])],
    ['UNDO_OF_NOTHING', 'then', draw({ ...nodes, then: { type: 'map', undo: 'refund' } }, edges)],
    [
      'UNDO_ELSEWHERE',
      'pay',
      draw(
        {
          ...nodes,
          each: 'each',
          inner: { type: 'end', parent: 'each' },
          refund: { type: 'act', parent: 'each' },
        },
        ['start -> pay', 'pay -> then', 'then -> each', 'each.item -> inner', 'each -> end'],
      ),
    ],
  ])('[R208] %s is named at its node, and its fix mends it', (code, node, flow) => {
    const found = check(flow).find((finding) => finding.code === code)
    expect(found).toMatchObject({ severity: 'error', place: { node } })
    expect(codes(applyFix(flow, found?.fix))).not.toContain(code)
  })
})

describe('calls', () => {
  const calling = (id: string, called: string, more: object = {}): Flow =>
    draw(
      { start: 'start', call: { type: 'call', config: { flow: called }, ...more }, end: 'end' },
      ['start -> call', 'call -> end'],
      { id },
    )
  const plain = (id: string, input: Flow['input'] = {}): Flow =>
    draw({ start: 'start', end: 'end' }, ['start -> end'], { id, input })
  const needs = plain('other', {
    type: 'object',
    properties: { sum: { type: 'number' } },
    required: ['sum'],
  })
  const given = (input: Json): Flow => calling('mine', 'other', { inputs: { input } })

  it('[R209] a flow that does not exist is named', () => {
    expect(check(calling('mine', 'gone'))).toMatchObject([
      { code: 'FLOW_UNKNOWN', place: { node: 'call', path: '/nodes/1/config/flow' } },
    ])
    expect(codes(calling('mine', 'other'), [plain('other')])).toEqual([])
  })
  it('[R209] flows that call each other in a circle are named, and others on their way are not', () => {
    const ring = [calling('b', 'c'), calling('c', 'mine')]
    expect(check(calling('mine', 'b'), ring)).toMatchObject([
      { code: 'CALL_CYCLE', params: { ring: 'mine → b → c → mine' }, place: { node: 'call' } },
    ])
    // Its own depth ends a flow that calls itself.
    expect(codes(calling('mine', 'mine'))).toEqual([])
    // The circle of others is theirs.
    expect(codes(calling('mine', 'b'), [calling('b', 'c'), calling('c', 'b')])).toEqual([])
  })
  it('[R209] an input that the called flow cannot take is named', () => {
    for (const input of [7, { context: ['other', { var: 'start.x' }] }] as Json[])
      expect(check(given(input), [needs])).toMatchObject([
        { code: 'CALL_INPUT_MISFIT', place: { path: '/nodes/1/inputs/input' } },
      ])
    for (const input of [{ context: ['sum', 2] }, { var: 'input' }] as Json[])
      expect(codes(given(input), [needs])).toEqual([])
  })
})

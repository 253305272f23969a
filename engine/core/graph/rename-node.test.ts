import { expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { renameNode } from '#core/graph/rename-node.ts'

const branchSchema = {
  type: 'object',
  properties: {
    cases: { type: 'array', items: { type: 'object', properties: { when: { 'x-logic': true } } } },
  },
}

it('[R5] renames a node in edges, layout, groups, tests and every expression, but not in text', () => {
  const flow = draw(
    {
      start: 'start',
      bureau: 'effect',
      gate: {
        type: 'branch',
        config: {
          cases: [{ id: 'low', name: 'bureau', when: { lt: [{ var: 'bureau.score' }, 670] } }],
        },
      },
      end: { type: 'end', inputs: { output: { var: 'bureau' }, note: 'bureau' } },
    },
    ['start -> bureau', 'bureau -> gate', 'gate.low -> end', 'gate.else -> end'],
    {
      layout: { bureau: { x: 1, y: 2 } },
      groups: [{ id: 'g', name: 'bureau', nodes: ['bureau'] }],
      tests: [{ name: 't', input: null, mocks: { bureau: { port: 'out', value: 1 } }, expect: 1 }],
    },
  )
  const schemas = (type: string) => (type === 'branch' ? branchSchema : undefined)
  const renamed = renameNode(flow, { from: 'bureau', to: 'cibil' }, schemas)
  expect(renamed.nodes.map(({ id }) => id)).toEqual(['start', 'cibil', 'gate', 'end'])
  expect(renamed.edges[1]).toMatchObject({ source: 'cibil', target: 'gate' })
  expect(renamed.layout).toEqual({ cibil: { x: 1, y: 2 } })
  expect(renamed.groups).toEqual([{ id: 'g', name: 'bureau', nodes: ['cibil'] }])
  expect(Object.keys(renamed.tests[0]?.mocks ?? {})).toEqual(['cibil'])
  expect(renamed.nodes[2]?.config).toEqual({
    cases: [{ id: 'low', name: 'bureau', when: { lt: [{ var: 'cibil.score' }, 670] } }],
  })
  expect(renamed.nodes[3]?.inputs).toEqual({ output: { var: 'cibil' }, note: 'bureau' })
  expect(renameNode(renamed, { from: 'cibil', to: 'bureau' }, schemas)).toEqual(flow)
})

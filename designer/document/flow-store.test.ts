import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Flow } from '#core/graph/flow.ts'
import type { Command } from './command.ts'
import { createFlowStore, isDirty } from './flow-store.ts'
import { sampleFlow } from './sample-flow.ts'

const fresh = { id: 'c', type: 'data.map', version: 1, name: 'C', config: {}, inputs: {} }
const at = { x: 100, y: 300 }

/** One of each command, with what it must have done. */
const commands: {
  readonly [K in Command['do']]: [Extract<Command, { do: K }>, (flow: Flow) => unknown]
} = {
  'add-node': [
    { do: 'add-node', node: fresh, at, wires: [{ source: 'c', sourcePort: 'out', target: 'end' }] },
    (flow) => [flow.nodes.at(-1)?.id, flow.edges.at(-1)?.source, flow.layout['c']],
  ],
  'add-fragment': [
    { do: 'add-fragment', fragment: { nodes: [fresh], edges: [], layout: { c: at } } },
    (flow) => [flow.nodes.length, flow.layout['c']],
  ],
  remove: [{ do: 'remove', nodes: ['a'], edges: [], notes: ['note_1'] }, (flow) => flow.edges],
  move: [{ do: 'move', to: { a: at, note_1: at } }, (flow) => [flow.layout['a'], flow.notes[0]?.x]],
  connect: [
    { do: 'connect', wire: { source: 'a', sourcePort: 'out', target: 'end' } },
    (flow) => flow.edges.filter((edge) => edge.source === 'a'),
  ],
  rewire: [
    { do: 'rewire', edge: 'e2', wire: { source: 'a', sourcePort: 'error', target: 'end' } },
    (flow) => flow.edges[1],
  ],
  'insert-on-edge': [
    { do: 'insert-on-edge', edge: 'e2', node: fresh, at, port: 'out' },
    (flow) => flow.edges.map(({ source, target }) => `${source}→${target}`),
  ],
  fork: [
    {
      do: 'fork',
      wire: { source: 'a', sourcePort: 'out', target: 'end' },
      fork: { ...fresh, id: 'fork', type: 'flow.fork' },
      at,
      branches: ['one', 'two'],
    },
    (flow) =>
      flow.edges.map(({ source, sourcePort, target }) => `${source}.${sourcePort}→${target}`),
  ],
  rename: [{ do: 'rename', node: 'a', name: 'Add up' }, (flow) => flow.nodes[1]?.name],
  'rename-id': [
    { do: 'rename-id', node: 'a', to: 'sum' },
    (flow) => [flow.nodes[2]?.inputs, flow.edges[1]?.source, flow.groups[0]?.nodes],
  ],
  'set-config': [
    { do: 'set-config', node: 'a', config: { x: 1 } },
    (flow) => flow.nodes[1]?.config,
  ],
  'set-inputs': [
    { do: 'set-inputs', node: 'a', inputs: { y: 2 } },
    (flow) => flow.nodes[1]?.inputs,
  ],
  'set-policy': [
    { do: 'set-policy', node: 'a', policy: { timeout: '5s' } },
    (flow) => flow.nodes[1]?.policy,
  ],
  'set-visits': [{ do: 'set-visits', node: 'a', maxVisits: 3 }, (flow) => flow.nodes[1]?.maxVisits],
  'set-parent': [
    { do: 'set-parent', nodes: ['b'], parent: 'a' },
    (flow) => flow.nodes.map(({ parent }) => parent),
  ],
  'set-undo': [{ do: 'set-undo', node: 'a', undo: 'b' }, (flow) => flow.nodes[1]?.undo],
  disable: [
    { do: 'disable', nodes: ['a', 'b'], disabled: true },
    (flow) => flow.nodes.map((node) => node.disabled ?? false),
  ],
  'set-about': [
    { do: 'set-about', name: 'Other', input: { type: 'object' } },
    (flow) => [flow.name, flow.input],
  ],
  'put-note': [
    { do: 'put-note', note: { id: 'n2', text: '', x: 0, y: 0, width: 10, height: 10 } },
    (flow) => flow.notes.length,
  ],
  patch: [
    { do: 'patch', patch: [{ op: 'replace', path: '/nodes/1/name', value: 'Mended' }] },
    (flow) => flow.nodes[1]?.name,
  ],
  replace: [
    { do: 'replace', flow: { ...sampleFlow, nodes: sampleFlow.nodes.toReversed() } },
    (flow) => flow.nodes.map(({ id }) => id),
  ],
}
const all = Object.values(commands) as [Command, (flow: Flow) => unknown][]

describe('every command', () => {
  it.each(all.map(([command, look]) => [command.do, command, look] as const))(
    '%s: does, undoes and redoes',
    (_name, command, look) => {
      const store = createFlowStore(sampleFlow)
      store.execute(command)
      const { flow } = store.get()
      expect(look(flow)).not.toEqual(look(sampleFlow))
      expect(look(flow)).toMatchSnapshot()
      store.undo()
      expect(store.get().flow).toEqual(sampleFlow)
      store.redo()
      expect(store.get().flow).toEqual(flow)
    },
  )
})

describe('the history', () => {
  it('[R136] leads back through any row of commands, and forth again', () => {
    const command = fc.constantFrom(...all.map(([each]) => each))
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (row) => {
        const store = createFlowStore(sampleFlow)
        const states = [sampleFlow]
        for (const each of row) {
          store.execute(each)
          if (store.get().past.length === states.length) states.push(store.get().flow)
        }
        for (const state of states.slice(0, -1).toReversed()) {
          store.undo()
          expect(store.get().flow).toEqual(state)
        }
        for (const state of states.slice(1)) {
          store.redo()
          expect(store.get().flow).toEqual(state)
        }
      }),
    )
  })

  it('keeps one gesture as one entry', () => {
    const store = createFlowStore(sampleFlow)
    for (const name of ['H', 'He', 'Hey'])
      store.execute({ do: 'rename', node: 'a', name }, { gesture: 'typing' })
    store.execute({ do: 'rename', node: 'a', name: 'Hey!' }, { gesture: 'typing again' })
    expect(store.get().past).toHaveLength(2)
    store.undo()
    expect(store.get().flow.nodes[1]?.name).toBe('Hey')
    store.undo()
    expect(store.get().flow).toEqual(sampleFlow)
  })

  it('leaves no entry for a command that changes nothing', () => {
    const store = createFlowStore(sampleFlow)
    store.execute({ do: 'remove', nodes: [], edges: ['no such edge'] })
    store.undo()
    expect(store.get().future).toHaveLength(0)
  })

  it('is clean again when undone to what was saved', () => {
    const store = createFlowStore(sampleFlow)
    store.execute({ do: 'rename', node: 'a', name: 'One' })
    store.markSaved(store.get().mark)
    store.execute({ do: 'rename', node: 'a', name: 'Two' })
    expect(isDirty(store.get())).toBe(true)
    store.undo()
    expect(isDirty(store.get())).toBe(false)
    store.undo()
    expect(isDirty(store.get())).toBe(true)
  })
})

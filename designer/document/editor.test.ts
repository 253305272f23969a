import { describe, expect, it } from 'vitest'
import { createEditor, type Editor } from './editor.ts'
import { sampleFlow, sampleTypes } from './sample-flow.ts'

const open = (): Editor => createEditor(sampleFlow, sampleTypes)
const wires = ({ store }: Editor): string[] =>
  store.get().flow.edges.map((edge) => `${edge.source}.${edge.sourcePort}→${edge.target}`)

describe('the editor without a browser', () => {
  it('adds a node behind a port, and selects it', () => {
    const editor = open()
    const id = editor.add('flow.branch', {
      at: { x: 0, y: 0 },
      after: { node: 'a', port: 'error' },
    })
    expect(id).toBe('branch')
    expect(wires(editor)).toContain('a.error→branch')
    expect(editor.selection.get().nodes).toEqual(['branch'])
    expect(editor.freePorts('branch')).toEqual(['case_1', 'else'])
  })

  it('inserts a node on an edge', () => {
    const editor = open()
    editor.add('data.map', { at: { x: 0, y: 0 }, edge: 'e2' })
    expect(wires(editor)).toEqual(['start.out→a', 'a.out→data_map', 'b.out→end', 'data_map.out→b'])
  })

  it('heals the line when nodes in it are deleted', () => {
    const editor = open()
    editor.selection.set({ nodes: ['a', 'b'] })
    editor.remove()
    expect(wires(editor)).toEqual(['start.out→end'])
    editor.store.undo()
    expect(editor.store.get().flow).toEqual(sampleFlow)
  })

  it('draws no second edge from a port, but offers to', () => {
    const editor = open()
    const wire = { source: 'a', sourcePort: 'out', target: 'end' }
    expect(editor.connect(wire)).toBe(false)
    expect(editor.store.get().flow).toEqual(sampleFlow)
    editor.forkWire(wire)
    expect(wires(editor)).toEqual([
      'start.out→a',
      'b.out→end',
      'a.out→fork',
      'fork.branch_1→b',
      'fork.branch_2→end',
    ])
    editor.store.undo()
    editor.replaceWire(wire)
    expect(wires(editor)).toEqual(['start.out→a', 'b.out→end', 'a.out→end'])
  })

  it('lets nothing lead to a start', () => {
    expect(open().canConnect({ source: 'a', sourcePort: 'error', target: 'start' })).toBe(false)
  })

  it('[R138] pastes what was copied under new ids, with its expressions following', () => {
    const editor = open()
    editor.selection.set({ nodes: ['a', 'b'] })
    const text = editor.copy() ?? ''
    expect(editor.paste(text, { x: 0, y: 600 })).toBe(true)
    const { nodes } = editor.store.get().flow
    expect(nodes.map(({ id }) => id)).toEqual(['start', 'a', 'b', 'end', 'a_2', 'b_2'])
    expect(nodes.at(-1)?.inputs).toEqual({
      twice: { times: [{ var: 'a_2.amount' }, 2] },
      words: 'a.amount',
    })
    expect(wires(editor)).toContain('a_2.out→b_2')
    expect(editor.store.get().flow.layout['a_2']).toEqual({ x: 0, y: 600 })
    expect(editor.selection.get().nodes).toEqual(['a_2', 'b_2'])
  })

  it.each(['', 'hello', '{"kind":"flow-fragment","nodes":[]}', '[1]'])(
    'does not paste the text %j',
    (text) => {
      const editor = open()
      expect(editor.paste(text)).toBe(false)
      expect(editor.store.get().flow).toEqual(sampleFlow)
    },
  )

  it('keeps selecting out of the history', () => {
    const editor = open()
    editor.selectAll()
    editor.store.undo()
    expect(editor.selection.get().nodes).toHaveLength(4)
    expect(editor.store.get().future).toHaveLength(0)
  })

  it('makes one entry of nudges in a row', () => {
    const editor = open()
    editor.selection.set({ nodes: ['a'] })
    for (let count = 0; count < 5; count += 1) editor.nudge({ x: 8, y: 0 })
    expect(editor.store.get().flow.layout['a']).toEqual({ x: 360, y: 0 })
    editor.store.undo()
    expect(editor.store.get().flow).toEqual(sampleFlow)
  })
})

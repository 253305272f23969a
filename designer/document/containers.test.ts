import { describe, expect, it } from 'vitest'
import { createEditor, type Editor } from './editor.ts'
import { sampleFlow, sampleTypes } from './sample-flow.ts'

const at = { x: 0, y: 0 }
const parents = ({ store }: Editor): Record<string, string | undefined> =>
  Object.fromEntries(store.get().flow.nodes.map(({ id, parent }) => [id, parent]))

/** start → list.out → end, and a → b from nowhere. */
function open(): Editor {
  const editor = createEditor({ ...sampleFlow, edges: sampleFlow.edges.slice(1, 2) }, sampleTypes)
  expect(editor.add('flow.each', { at, after: { node: 'start', port: 'out' } })).toBe('each')
  editor.connect({ source: 'each', sourcePort: 'out', target: 'end' })
  return editor
}

describe('nodes inside of nodes', () => {
  it('an edge from the port that begins a body takes its target in, with what only it leads to', () => {
    const editor = open()
    const before = editor.store.get().flow
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    expect(parents(editor)).toMatchObject({ a: 'each', b: 'each' })
    expect(parents(editor)['end']).toBeUndefined()
    editor.store.undo()
    expect(editor.store.get().flow).toEqual(before)
    editor.store.redo()
    expect(parents(editor)['b']).toBe('each')
  })

  it('what the main line also reaches stays outside', () => {
    const editor = open()
    editor.connect({ source: 'b', sourcePort: 'out', target: 'end' })
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    expect(parents(editor)).toMatchObject({ a: 'each', b: 'each' })
    expect(parents(editor)['end']).toBeUndefined()
  })

  it('a node added behind, before or between nodes of a body is part of it', () => {
    const editor = open()
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    editor.add('data.map', { at, edge: 'e2' })
    const behind = editor.add('flow.branch', { at, after: { node: 'b', port: 'out' } }) ?? ''
    editor.add('data.map', { at, before: 'a' })
    expect(parents(editor)).toMatchObject({
      data_map: 'each',
      [behind]: 'each',
      data_map_2: 'each',
    })
  })

  it('removing the container leaves its body where the container lay', () => {
    const editor = open()
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    editor.selection.set({ nodes: ['each'] })
    editor.remove()
    expect(Object.values(parents(editor)).filter(Boolean)).toEqual([])
  })

  it('a copy of the whole lies in its own container, a copy of the body in the old one', () => {
    const editor = open()
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    editor.selection.set({ nodes: ['each', 'a'] })
    editor.duplicate()
    expect(parents(editor)).toMatchObject({ each_2: undefined, a_2: 'each_2' })
    editor.selection.set({ nodes: ['a'] })
    editor.duplicate()
    expect(parents(editor)['a_3']).toBe('each')
  })

  it('a container that is nudged takes its body along', () => {
    const editor = open()
    editor.connect({ source: 'each', sourcePort: 'item', target: 'a' })
    editor.selection.set({ nodes: ['each'] })
    editor.nudge({ x: 8, y: 16 })
    expect(editor.store.get().flow.layout).toMatchObject({
      a: { x: 328, y: 16 },
      start: { x: 0, y: 0 },
    })
  })
})

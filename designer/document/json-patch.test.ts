import { describe, expect, it } from 'vitest'
import { applyPatch } from './json-patch.ts'

describe('applyPatch', () => {
  const document = { nodes: [{ id: 'a' }, { id: 'b' }], 'a/b': { '~': 1 } }

  it('adds, replaces and removes', () => {
    const patched = applyPatch<unknown>(document, [
      { op: 'add', path: '/nodes/1', value: { id: 'x' } },
      { op: 'add', path: '/nodes/-', value: { id: 'last' } },
      { op: 'replace', path: '/nodes/0/id', value: 'first' },
      { op: 'remove', path: '/a~1b/~0' },
    ])
    expect(patched).toEqual({
      nodes: [{ id: 'first' }, { id: 'x' }, { id: 'b' }, { id: 'last' }],
      'a/b': {},
    })
    expect(document.nodes).toHaveLength(2)
  })

  it('never reaches a prototype', () => {
    applyPatch(document, [{ op: 'add', path: '/__proto__/polluted', value: true }])
    expect('polluted' in {}).toBe(false)
  })

  it('leaves what a path does not find', () => {
    expect(applyPatch(document, [{ op: 'remove', path: '/nodes/9' }])).toEqual(document)
  })
})

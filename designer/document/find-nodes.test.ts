import { describe, expect, it } from 'vitest'
import type { Finding } from '#core/graph/finding.ts'
import { findNodes } from './find-nodes.ts'
import { sampleFlow } from './sample-flow.ts'

const finding: Finding = {
  code: 'X',
  severity: 'error',
  params: {},
  place: { path: '/nodes/2', node: 'b' },
}
const ids = (query: string): string[] => findNodes(sampleFlow, query, [finding]).map(({ id }) => id)

describe('findNodes', () => {
  it.each([
    ['', []],
    ['amount', ['a', 'b']],
    ['is:invalid', ['b']],
    ['uses:a', ['b']],
    ['uses:b', ['end']],
    ['flow. end', ['end']],
    ['is:unused', []],
    ['is:disabled', []],
  ])('%j finds %j', (query, found) => {
    expect(ids(query)).toEqual(found)
  })

  it('finds what nothing leads to', () => {
    const cut = { ...sampleFlow, edges: sampleFlow.edges.slice(1) }
    expect(findNodes(cut, 'is:unused', []).map(({ id }) => id)).toEqual(['a'])
  })
})

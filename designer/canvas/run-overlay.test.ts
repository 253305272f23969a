import { describe, expect, it } from 'vitest'
import type { StepView } from '#core/api/views.ts'
import { sampleFlow } from '../document/sample-flow.ts'
import { overlayOf } from './run-overlay.ts'

const step = (node: string, more: Partial<StepView> = {}): StepView => ({
  step: `${node}:1`,
  node,
  status: 'completed',
  port: 'out',
  attempts: 1,
  startedAt: 100,
  endedAt: 150,
  input: null,
  output: null,
  error: null,
  ...more,
})
const edge = (source: string, sourcePort: string, target: string) => ({
  id: 'e',
  source,
  sourcePort,
  target,
})

describe('overlayOf', () => {
  const running = { status: 'running', endedAt: null, port: null } as const
  const flow = {
    ...sampleFlow,
    nodes: sampleFlow.nodes.map((node) => (node.id === 'b' ? { ...node, parent: 'end' } : node)),
  }
  const overlay = overlayOf(
    [
      step('start'),
      step('fork', { port: 'left,right' }),
      step('a', { step: 'a:1' }),
      step('a', { step: 'a:2', ...running, attempts: 2 }),
    ],
    flow,
    ({ id }) => (id === 'end' ? 'each' : 'pure'),
  )

  it('tells of the newest visit', () => {
    expect(overlay.run('a')).toEqual({ status: 'running', visits: 2, attempts: 2, took: null })
    expect(overlay.run('start')).toEqual({ status: 'completed', visits: 1, attempts: 1, took: 50 })
    expect(overlay.run('elsewhere')?.status).toBe('skipped')
  })

  it('says nothing of what runs once for each item', () => {
    expect(overlay.run('b')).toBeNull()
  })

  it('shows the ways taken, those in use and those not taken', () => {
    expect(overlay.use(edge('start', 'out', 'fork'))).toBe('taken')
    expect(overlay.use(edge('fork', 'left', 'a'))).toBe('active')
    expect(overlay.use(edge('fork', 'right', 'b'))).toBe('taken')
    expect(overlay.use(edge('start', 'error', 'end'))).toBe('untaken')
  })
})

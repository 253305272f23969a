import { describe, expect, it } from 'vitest'
import { canonicalDocument } from '#core/graph/canonical.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { checkSchema } from '#core/graph/json-schema-check.ts'
import { decisionJsonSchema, flowJsonSchema } from '#core/graph/json-schemas.ts'
import { parseDecision, parseFlow } from '#core/graph/parse.ts'
import type { Json } from '#core/json.ts'

const flow = draw({ start: 'start', a: 'map', end: 'end' }, ['start -> a', 'a -> end'], {
  layout: { start: { x: 0, y: 0 }, a: { x: 1, y: 0 } },
})
const decision = { kind: 'decision', format: 1, id: 'd', name: 'D', input: {}, parts: [] }

describe('canonicalDocument', () => {
  it('[R1] gives one text to a document however its keys are ordered, and parses back', () => {
    const shuffled = Object.fromEntries(Object.entries(flow).toReversed())
    const text = canonicalDocument(flow)
    expect(canonicalDocument(shuffled)).toBe(text)
    expect(canonicalDocument(JSON.parse(text))).toBe(text)
    expect(text.split('\n').slice(0, 4)).toEqual([
      '{',
      '  "kind": "flow",',
      '  "format": 1,',
      '  "id": "drawn",',
    ])
    expect(parseFlow(JSON.parse(text))).toEqual({ ok: true, document: flow })
    expect(canonicalDocument(decision)).toContain('"kind": "decision"')
  })
  it('[R2] changes one place of the text when one node is moved', () => {
    const moved = { ...flow, layout: { ...flow.layout, a: { x: 9, y: 0 } } }
    const [before, after] = [flow, moved].map((each) => canonicalDocument(each).split('\n'))
    expect(after?.filter((line, index) => line !== before?.[index])).toEqual(['      "x": 9,'])
  })
})

describe('parseFlow', () => {
  it('[R3] says where a document does not fit, and of which node or edge', () => {
    const [start] = flow.nodes
    const broken = { ...flow, nodes: [start, { ...flow.nodes[1], version: 0 }], name: '' }
    const parsed = parseFlow(broken)
    expect(parsed.ok ? [] : parsed.findings.map(({ place }) => place)).toEqual([
      { path: '/name' },
      { path: '/nodes/1/version', node: 'a' },
    ])
  })
  it.each([null, 1, 'text', [], {}, { kind: 'decision' }])('refuses %j', (given) => {
    expect(parseFlow(given).ok).toBe(false)
  })
  it('refuses reserved ids and unknown fields', () => {
    for (const id of ['input', 'run', 'Upper', '1a', '__proto__'])
      expect(parseFlow({ ...flow, nodes: [{ ...flow.nodes[0], id }] }).ok).toBe(false)
    expect(parseFlow({ ...flow, more: 1 }).ok).toBe(false)
  })
})

describe('the JSON Schemas', () => {
  it('accept what the parser accepts, and refuse what it refuses', () => {
    const check = (schema: 'flow' | 'decision', value: unknown) =>
      checkSchema(schema === 'flow' ? flowJsonSchema() : decisionJsonSchema(), value as Json).length
    expect(check('flow', JSON.parse(JSON.stringify(flow)))).toBe(0)
    expect(check('flow', { ...flow, id: 'Not An Id' })).toBeGreaterThan(0)
    expect(check('decision', decision)).toBe(0)
    expect(check('decision', { ...decision, parts: [{ kind: 'rules' }] })).toBeGreaterThan(0)
    expect(parseDecision(decision).ok).toBe(true)
  })
})

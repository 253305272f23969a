import { describe, expect, it } from 'vitest'
import { decisionSchema } from '#core/graph/decision.ts'
import { graphEdges } from './decision-graph.ts'
import { parsePartFragment, partFragment, partFragmentText, pastedParts } from './part-clipboard.ts'

const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    { kind: 'switch', id: 'kind', name: 'Kind', cases: [{ id: 'own', name: 'Own', when: true }] },
    { kind: 'expression', id: 'rate_1', name: 'Rate', value: { var: 'income' } },
    {
      kind: 'decision',
      id: 'other',
      name: 'Other',
      decision: 'other',
      inputs: { 'a/b': { plus: [{ var: 'rate_1' }, { var: 'rate_2' }] } },
      only: { switch: 'kind', cases: ['own'] },
    },
    { kind: 'expression', id: 'rate_2', name: 'Rate', value: { times: [{ var: 'rate_1' }, 2] } },
  ],
})
const all = new Set(decision.parts.map(({ id }) => id))
const copied = partFragmentText(
  partFragment(decision, all, { kind: { x: 8, y: 16 } }) ?? { parts: [], layout: {} },
)

describe('parts through the clipboard', () => {
  it('[R693] are text, and come with free ids under which they read one another as before', () => {
    const fragment = parsePartFragment(copied)
    if (fragment === null) throw new Error('it does not read back')
    const { decision: pasted, ids } = pastedParts(decision, fragment, { x: 100, y: 0 })
    expect(decisionSchema.safeParse(pasted).success).toBe(true)
    expect(new Set(pasted.parts.map(({ id }) => id)).size).toBe(8)
    expect(pasted.layout?.[ids[0] ?? '']).toEqual({ x: 108, y: 16 })
    const names = new Map(decision.parts.map(({ id }, index) => [id, ids[index] ?? '']))
    const renamed = graphEdges(decision)
      .map(({ source, port, target }) =>
        [names.get(source) ?? source, port, names.get(target) ?? target].join(':'),
      )
      .toSorted()
    const own = graphEdges({ ...pasted, parts: pasted.parts.slice(4) })
      .map(({ id }) => id)
      .toSorted()
    expect(own).toEqual(renamed)
  })

  it('[R693] keep their ids where these are free, and read there what they read before', () => {
    const fragment = parsePartFragment(copied)
    if (fragment === null) throw new Error('it does not read back')
    const empty = { ...decision, parts: [] }
    expect(pastedParts(empty, fragment, { x: 0, y: 0 }).decision.parts).toEqual(decision.parts)
  })

  it('[R693] are refused from a text that holds none', () => {
    for (const text of ['', 'hello', '{"kind":"flow-fragment"}', copied.replace('switch', 'evil')])
      expect(parsePartFragment(text)).toBeNull()
  })
})

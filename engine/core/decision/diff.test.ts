import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { diffDecisions } from '#core/decision/diff.ts'

const row = (id: string, score: number | null, rate: number) => ({
  id,
  when: [score],
  then: [rate],
})
const table = (rows: readonly ReturnType<typeof row>[]) => ({
  kind: 'table',
  id: 'rates',
  name: 'Rates',
  hitPolicy: 'first',
  inputs: [{ id: 'score', name: 'Score', expression: { var: 'score' } }],
  outputs: [{ id: 'rate', name: 'Rate', expression: 'rate' }],
  rows,
})
const decision = (...parts: readonly unknown[]): Decision =>
  decisionSchema.parse({ kind: 'decision', format: 1, id: 'd', name: 'D', input: {}, parts })

const rows = [row('a', 1, 10), row('b', 2, 20), row('c', 3, 30), row('d', 4, 40)]
const expression = { kind: 'expression', id: 'x', name: 'X', value: 1 }

describe('the difference of two versions', () => {
  it('[R451] tells rows that came, went, changed and moved', () => {
    const [a, b, , d] = rows as [(typeof rows)[0], (typeof rows)[0], unknown, (typeof rows)[0]]
    const after = [d, a, { ...b, when: [5] }, row('e', 9, 90)]
    const { parts, fields } = diffDecisions(decision(table(rows)), decision(table(after)))
    expect(fields).toEqual([])
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({ id: 'rates', change: 'changed', moved: false, fields: [] })
    expect(parts[0]?.entries).toEqual([
      { list: 'rows', id: 'd', change: 'moved', before: 3, after: 0, moved: true, fields: [] },
      {
        list: 'rows',
        id: 'b',
        change: 'changed',
        before: 1,
        after: 2,
        moved: false,
        fields: [{ field: 'when.score', before: 2, after: 5 }],
      },
      { list: 'rows', id: 'e', change: 'added', after: 3, moved: false, fields: [] },
      { list: 'rows', id: 'c', change: 'removed', before: 2, moved: false, fields: [] },
    ])
  })

  it('[R451] a column that comes changes no other cell', () => {
    const before = table(rows)
    const wide = {
      ...before,
      inputs: [{ id: 'kind', name: 'Kind', expression: { var: 'kind' } }, ...before.inputs],
      rows: rows.map((each) => ({ ...each, when: [null, ...each.when] })),
    }
    const [part] = diffDecisions(decision(before), decision(wide)).parts
    expect(part?.entries.filter(({ list }) => list === 'inputs')).toMatchObject([
      { id: 'kind', change: 'added' },
    ])
    for (const entry of part?.entries.filter(({ list }) => list === 'rows') ?? [])
      expect(entry.fields.map(({ field }) => field)).toEqual(['when.kind'])
  })

  it('tells parts and fields of the document', () => {
    const before = decision(table(rows), expression)
    const after = {
      ...decision({ ...expression, value: 2 }, { ...expression, id: 'y' }),
      name: 'E',
    }
    expect(diffDecisions(before, after)).toMatchObject({
      fields: [{ field: 'name', before: 'D', after: 'E' }],
      parts: [
        { id: 'x', change: 'changed', fields: [{ field: 'value', before: 1, after: 2 }] },
        { id: 'y', change: 'added' },
        { id: 'rates', change: 'removed' },
      ],
    })
  })

  it('[R451] is empty for equal documents, and moves no more rows than need be', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: 4 }),
        fc.nat(3),
        fc.nat(3),
        (list, from, to) => {
          const one = decision(table(list))
          expect(diffDecisions(one, structuredClone(one)).parts).toEqual([])
          const item = list[from]
          if (item === undefined) return
          const shifted = list.toSpliced(from, 1).toSpliced(to, 0, item)
          const [part] = diffDecisions(one, decision(table(shifted))).parts
          expect(part?.entries.filter(({ moved }) => moved) ?? []).toHaveLength(from === to ? 0 : 1)
        },
      ),
    ))
})

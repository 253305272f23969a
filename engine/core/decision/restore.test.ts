import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDecisions, type DecisionDiff } from '#core/decision/diff.ts'
import { restored, type RestoredPlace } from '#core/decision/restore.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'

const ids = (prefix: string, most: number) =>
  fc
    .uniqueArray(fc.nat({ max: most }), { maxLength: most })
    .map((list) => list.map((n) => `${prefix}${n}`))
const number = fc.nat({ max: 3 })

const tables = fc
  .record({ inputs: ids('c', 4), outputs: ids('o', 2), rows: ids('r', 6), policy: fc.boolean() })
  .chain(({ inputs, outputs, rows, policy }) =>
    fc
      .tuple(
        fc.array(fc.array(number, { minLength: 8, maxLength: 8 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), {
          minLength: 8,
          maxLength: 8,
        }),
      )
      .map(([cells, notes]) => ({
        kind: 'table',
        id: 'rates',
        name: 'Rates',
        hitPolicy: policy ? 'first' : 'unique',
        inputs: inputs.map((id) => ({ id, name: id, expression: { var: id } })),
        outputs: outputs.map((id) => ({ id, name: id, expression: id })),
        rows: rows.map((id, row) => ({
          id,
          ...(notes[row] === undefined ? {} : { note: notes[row] }),
          when: inputs.map((_, at) => cells[row]?.[at] ?? 0),
          then: outputs.map((_, at) => cells[row]?.[at + 5] ?? 0),
        })),
      })),
  )
const others = ids('x', 4).chain((list) =>
  fc
    .array(number, { minLength: 4, maxLength: 4 })
    .map((values) =>
      list.map((id, at) => ({ kind: 'expression', id, name: id, value: values[at] ?? 0 })),
    ),
)
const decisions = fc
  .record({
    table: tables,
    others,
    first: fc.boolean(),
    name: fc.constantFrom('A', 'B'),
    note: fc.boolean(),
  })
  .map(({ table, others: list, first, name, note }): Decision =>
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'd',
      name,
      ...(note ? { description: 'of it' } : {}),
      input: {},
      parts: first ? [table, ...list] : [...list, table],
    }),
  )

/** Every single change, the smallest first. */
const placesOf = ({ fields, parts }: DecisionDiff): RestoredPlace[] => [
  ...fields.map(({ field }) => ({ of: 'document' as const, field })),
  ...parts.flatMap((part): RestoredPlace[] => [
    ...part.fields.map(({ field }) => ({ of: 'part-field' as const, part: part.id, field })),
    ...part.entries.flatMap(({ list, id, fields: cells, moved, change }): RestoredPlace[] => [
      ...cells.map(({ field }) => ({ of: 'entry-field' as const, part: part.id, list, id, field })),
      ...(moved || change !== 'changed' ? [{ of: 'entry' as const, part: part.id, list, id }] : []),
    ]),
    ...(part.moved || part.change !== 'changed' ? [{ of: 'part' as const, part: part.id }] : []),
  ]),
]

describe('taking changes back', () => {
  it('[R794] one by one, in any order, gives the older version', () => {
    fc.assert(
      fc.property(decisions, decisions, fc.infiniteStream(fc.nat()), (older, draft, picks) => {
        let now = draft
        let places = placesOf(diffDecisions(older, now))
        for (let step = 0; places.length > 0; step += 1) {
          expect(step).toBeLessThan(300)
          const place = places[(picks.next().value ?? 0) % places.length]
          if (place === undefined) break
          now = restored(now, older, place)
          // What comes back is a document again.
          expect(decisionSchema.parse(now)).toEqual(now)
          places = placesOf(diffDecisions(older, now))
        }
        expect(now).toEqual(older)
      }),
    )
  })

  it('[R794] changes nothing else: a cell comes back in the columns that the draft has', () => {
    const table = (columns: string[], cells: number[]) => ({
      kind: 'table',
      id: 't',
      name: 'T',
      hitPolicy: 'first',
      inputs: columns.map((id) => ({ id, name: id, expression: { var: id } })),
      outputs: [{ id: 'o', name: 'O', expression: 'o' }],
      rows: [{ id: 'r', when: cells, then: [1] }],
    })
    const decision = (part: unknown): Decision =>
      decisionSchema.parse({
        kind: 'decision',
        format: 1,
        id: 'd',
        name: 'D',
        input: {},
        parts: [part],
      })
    const older = decision(table(['a', 'b'], [1, 2]))
    const draft = decision(table(['new', 'b'], [7, 8]))
    const cell = restored(draft, older, {
      of: 'entry-field',
      part: 't',
      list: 'rows',
      id: 'r',
      field: 'when.b',
    })
    expect(cell).toEqual(decision(table(['new', 'b'], [7, 2])))
    const column = restored(cell, older, { of: 'entry', part: 't', list: 'inputs', id: 'a' })
    expect(column).toEqual(decision(table(['a', 'new', 'b'], [1, 7, 2])))
    expect(restored(draft, older, { of: 'part-field', part: 'gone', field: 'name' })).toBe(draft)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProgram, compileDecision } from '#core/decision/compile.ts'
import { beginPart, newDraft } from '#core/decision/draft.ts'
import { tryUnit } from '#core/decision/program.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'

const tested: Json = { var: '?' }
const number = fc.integer({ min: 0, max: 12 })
const text = fc.constantFrom('a', 'b', 'c', 'd')
const cell = fc.oneof(
  fc.constant<Json>(null),
  number,
  text,
  fc.array(text, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(number, text), { minLength: 1, maxLength: 2 }),
  fc
    .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), fc.oneof(number, text))
    .map(([operator, value]): Json => ({ [operator]: [tested, value] })),
  fc.tuple(number, number).map(([low, high]): Json => ({ between: [tested, low, high] })),
  fc.tuple(number, fc.integer({ min: 0, max: 4 })).map(([low, width]): Json => ({
    all_of: [{ gte: [tested, low] }, { lt: [tested, low + width] }],
  })),
  fc
    .tuple(number, number)
    .map(([low, high]): Json => ({ any_of: [{ lt: [tested, low] }, { gt: [tested, high] }] })),
  text.map((value): Json => ({ not: [{ eq: [tested, value] }] })),
  number.map((value): Json => ({ gt: [tested, { var: 'other' }, value].slice(0, 2) })),
)
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 9, maxLength: 60 })
const value = fc.oneof(number, text, fc.constantFrom<Json>(null, true, [1], 2.5))
const input: fc.Arbitrary<JsonObject> = fc.record(
  { x: value, y: value, z: value, other: value },
  { requiredKeys: [], noNullPrototype: true },
)

const table = (hitPolicy: string, cells: readonly (readonly Json[])[]) =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'd',
    name: 'D',
    input: {},
    parts: [
      {
        kind: 'table',
        id: 't',
        name: 'T',
        hitPolicy,
        inputs: ['x', 'y', 'z'].map((id) => ({ id, name: id, expression: { var: id } })),
        outputs: [{ id: 'out', name: 'Out', expression: 'out' }],
        rows: cells.map((when, index) => ({ id: `r${index}`, when, then: [index] })),
      },
    ],
  })

describe('a table with many rows', () => {
  it('[R440] meets the same rows through its index as one by one, and reports the same ones unknown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('first', 'collect', 'rule order'),
        rows,
        fc.array(input, { minLength: 1, maxLength: 8 }),
        (hitPolicy, cells, inputs) => {
          const document = table(hitPolicy, cells)
          const program = compileProgram(document)
          const [part] = program.parts
          if (!part) throw new Error('there is one part')
          const decide = compileDecision(document)
          // By then the index is made.
          for (let n = 0; n < 150; n += 1) decide({ x: 99, y: 99, z: 99, other: 99 }, 0)
          for (const given of inputs) {
            const frame = program.layout.start(given)
            const draft = newDraft()
            beginPart(draft)
            for (const unit of part.units) if (!tryUnit(part, unit, draft, frame, { at: 0 })) break
            part.conclude(draft, frame, { at: 0 })
            const result = decide(given, 0)
            expect(result.fired).toEqual(draft.fired)
            expect(result.unknown).toEqual(draft.unknown)
          }
        },
      ),
      { numRuns: 80 },
    )
  })

  it('[R441] tests only a few of its rows one by one', () => {
    const cells = Array.from({ length: 5_000 }, (_, row): Json[] => [
      { all_of: [{ gte: [tested, (row % 100) * 10] }, { lt: [tested, (row % 100) * 10 + 10] }] },
      { gte: [tested, Math.floor(row / 100)] },
      row % 2 === 0 ? 'a' : ['b', 'c'],
    ])
    const { parts, layout } = compileProgram(table('first', cells))
    const narrow = parts[0]?.narrow
    if (!narrow) throw new Error('it narrows nothing')
    for (let n = 0; n < 200; n += 1) narrow(layout.start({}))
    for (const x of [10, 5, 495, 999]) {
      const { places, verdicts } = narrow(layout.start({ x, y: 47, z: x === 5 ? 'a' : 'b' }))
      expect(places.length, `x ${x}`).toBe(verdicts.filter((verdict) => verdict === true).length)
      expect(places.length, `x ${x}`).toBe(1)
    }
    // Of another type: nothing can be said by it.
    expect(narrow(layout.start({ x: null, y: true, z: null })).places.length).toBe(5_000)
  })
})

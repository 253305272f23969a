import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  analysed,
  everyone,
  patched,
  rows,
  schema,
  table,
  tested,
  tester,
} from '#core/decision/analysis/table-fixture.ts'
import { tableFindings } from '#core/decision/analysis/table-findings.ts'
import { compileDecision } from '#core/decision/compile.ts'
import type { TablePart } from '#core/decision/table.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { canonicalJson, type Json, type JsonObject } from '#core/json.ts'

const hitPolicies = [
  'unique',
  'first',
  'any',
  'priority',
  'rule order',
  'output order',
  'collect',
] as const
const policy = fc
  .tuple(fc.constantFrom(...hitPolicies), fc.constantFrom('sum', 'count', undefined))
  .map(([hitPolicy, total]) => ({
    hitPolicy,
    ...(hitPolicy === 'collect' && total !== undefined ? { aggregate: total } : {}),
  }))
const ranks: Json[] = [2, 0, 1]
const made = (given: Parameters<typeof table>[0], kind: Partial<TablePart>): TablePart => {
  const part = table(given)
  return { ...part, ...kind, outputs: part.outputs.map((each) => ({ ...each, values: ranks })) }
}

/** What the engine makes of everybody; `error` where a hit policy forbids it. */
const decided = (part: TablePart): ((input: JsonObject) => string) => {
  const decide = compileDecision(
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'd',
      name: 'D',
      input: schema,
      parts: [part],
    }),
  )
  return (input) => {
    try {
      return canonicalJson(decide(input, 0).values as Json)
    } catch (error) {
      return error instanceof Error ? 'error' : 'thrown'
    }
  }
}

describe('what a table’s findings offer', () => {
  it('[R780] changes no decision: rows removed, merged and narrowed, whatever the hit policy', () => {
    const used = new Set<string>()
    const kept = new Set([
      'TABLE_ROW_NEVER',
      'TABLE_ROW_HIDDEN',
      'TABLE_ROWS_MERGE',
      'TABLE_INPUT_UNUSED',
    ])
    fc.assert(
      fc.property(rows, policy, (given, kind) => {
        const part = made(given, kind)
        const before = decided(part)
        for (const { code, fix } of tableFindings(part, '', schema)) {
          if (!fix || !kept.has(code)) continue
          used.add(`${part.hitPolicy} ${code}`)
          const after = decided(patched(part, fix))
          // Where rows met that must not, merging them may end it.
          const sound = everyone.filter((input) => before(input) !== 'error')
          expect([code, sound.map(after)]).toEqual([code, sound.map(before)])
        }
      }),
      {
        numRuns: 50,
        examples: [
          [
            [
              [[null, null, null], 2],
              [[5, null, null], 1],
            ],
            { hitPolicy: 'priority' },
          ],
        ],
      },
    )
    expect(used).toContain('priority TABLE_ROW_HIDDEN')
    const apart = made(
      [
        [[{ lt: [tested, 5] }], 1],
        [[{ gt: [tested, 7] }], 1],
      ],
      {
        hitPolicy: 'collect',
      },
    )
    const both = made(
      [
        [[{ lt: [tested, 5] }], 1],
        [[{ lt: [tested, 7] }], 1],
      ],
      {
        hitPolicy: 'collect',
      },
    )
    expect(analysed(apart).mergeable).toHaveLength(1)
    expect(analysed(both).mergeable).toEqual([])
  })

  it('[R781] of rows that are met together the later one yields: none that was decided is decided otherwise or no more', () => {
    let offered = 0
    fc.assert(
      fc.property(rows, fc.constantFrom('unique', 'any'), (given, hitPolicy) => {
        const part = made(given, { hitPolicy } as Partial<TablePart>)
        const [before, met] = [decided(part), tester(part)]
        for (const { code, fix } of tableFindings(part, '', schema)) {
          if (!fix || !code.startsWith('TABLE_OVERLAP')) continue
          offered += 1
          const changed = patched(part, fix)
          const [after, still] = [decided(changed), tester(changed)]
          const [sound, clashing] = [true, false].map((is) =>
            everyone.filter((input) => (before(input) !== 'error') === is),
          ) as [JsonObject[], JsonObject[]]
          expect(sound.map(after)).toEqual(sound.map(before))
          for (const input of clashing) {
            expect(still(input).length).toBeGreaterThan(0)
            expect(still(input).length).toBeLessThanOrEqual(met(input).length)
          }
        }
      }),
      {
        numRuns: 20,
        examples: [
          [
            [
              [[{ lte: [tested, 5] }, null, null], 1],
              [[{ gte: [tested, 5] }, null, null], 2],
            ],
            'unique',
          ],
        ],
      },
    )
    expect(offered).toBeGreaterThan(0)
  })

  it('[R782] names a row that takes and gives the same as another where all that are met count, however it is written', () => {
    for (const hitPolicy of ['any', 'collect', 'rule order', 'output order'] as const) {
      const part = made(
        [
          [[{ eq: [tested, 5] }], 1],
          [[{ lt: [tested, 5] }], 1],
          [[5], 1],
        ],
        { hitPolicy },
      )
      const found = tableFindings(part, '', schema).filter(({ code }) => code === 'TABLE_ROW_TWICE')
      expect(found).toMatchObject([
        { place: { path: '/rows/2' }, fix: { patch: [{ op: 'remove', path: '/rows/2' }] } },
      ])
    }
    fc.assert(
      fc.property(rows, (given) => {
        const part = made(given, { hitPolicy: 'collect' })
        const met = tester(part)
        const takers = part.rows.map((_, row) =>
          everyone.map((input) => (met(input).includes(row) ? 1 : 0)).join(''),
        )
        for (const { row, of } of analysed(part).duplicates) {
          expect(takers[row]).toBe(takers[of])
          expect(part.rows[row]?.then).toEqual(part.rows[of]?.then)
        }
      }),
      { numRuns: 80 },
    )
  })

  it('[R783] under priority names the rows that higher ones hide, as trying everything tells', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const part = made(given, { hitPolicy: 'priority' })
        const met = tester(part)
        const order = part.rows
          .map((_, row) => row)
          .toSorted((a, b) => rank(part, a) - rank(part, b) || a - b)
        const chosen = new Set(
          everyone.map((input) => order.find((row) => met(input).includes(row))),
        )
        const all = new Set(everyone.flatMap(met))
        expect(analysed(part).shadowed.map(({ row }) => row)).toEqual(
          part.rows.flatMap((_, row) => (all.has(row) && !chosen.has(row) ? [row] : [])),
        )
      }),
      { numRuns: 80 },
    )
  })

  it('[R784] says what it could not settle, and why', () => {
    const open = (part: TablePart) =>
      tableFindings(part, '', schema).flatMap(({ code, params }) =>
        'because' in params ? [`${code}: ${params['because']}`] : [],
      )
    const begins = [{ starts_with: [tested, 'x'] }]
    expect(open(made([[begins]], { hitPolicy: 'unique' }))).toEqual([
      expect.stringContaining('TABLE_GAPS_UNDECIDED: a test asks something else'),
    ])
    expect(open(made([[begins], [[5]]], { hitPolicy: 'unique' }))).toContainEqual(
      expect.stringContaining('TABLE_OVERLAPS_UNDECIDED'),
    )
    const worked = made([[[5], { plus: [{ var: 'score' }, 1] }]], { hitPolicy: 'priority' })
    expect(open(worked)).toContainEqual(expect.stringContaining('TABLE_HIDDEN_UNDECIDED'))
    const wide = { any_of: Array.from({ length: 300 }, (_, at) => ({ eq: [tested, at] })) }
    expect(
      tableFindings(made([[[wide]]], { hitPolicy: 'first' }), '', schema).map(({ code }) => code),
    ).toEqual(['TABLE_TOO_WIDE'])
  })

  it('[R785] names columns that no row tests or fills, and takes them out with all their cells', () => {
    const base = made([[[5, 'A'], 1]], { hitPolicy: 'first' })
    const part: TablePart = {
      ...base,
      outputs: [...base.outputs, { id: 'note', name: 'Note', expression: 'note', type: 'any' }],
      rows: base.rows.map((row) => ({ ...row, then: [...row.then, null] })),
    }
    const idle = tableFindings(part, '', schema).filter(({ code }) => code.endsWith('_UNUSED'))
    expect(idle.map(({ code, place }) => `${code} ${place.path}`)).toEqual([
      'TABLE_INPUT_UNUSED /inputs/2',
      'TABLE_OUTPUT_UNUSED /outputs/1',
    ])
    const after = idle.reduce((now, { fix }) => (fix ? patched(now, fix) : now), part)
    expect(after.inputs.map(({ id }) => id)).toEqual(['score', 'kind'])
    expect(after.outputs.map(({ id }) => id)).toEqual(['band'])
    expect(after.rows).toEqual([{ id: 'r0', when: [5, 'A'], then: [1] }])
  })
})

const rank = (part: TablePart, row: number): number => {
  const at = ranks.indexOf((part.rows[row]?.then[0] ?? null) as Json)
  return at < 0 ? ranks.length : at
}

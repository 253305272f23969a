import { describe, expect, it } from 'vitest'
import { analyseDecision } from '#core/decision/analysis/analyse.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { sentence } from '#core/messages/catalogue.ts'

const tested = { var: '?' }
const decision = (hitPolicy: string, cells: readonly Logic[]): Decision =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {
      type: 'object',
      properties: { bureau: { type: 'object', properties: { score: { type: 'integer' } } } },
    },
    parts: [
      {
        kind: 'table',
        id: 'band',
        name: 'Band',
        hitPolicy,
        inputs: [{ id: 'score', name: 'Score', expression: { var: 'bureau.score' } }],
        outputs: [{ id: 'band', name: 'Band', expression: 'band' }],
        rows: cells.map((cell, index) => ({ id: `r${index}`, when: [cell], then: [`B${index}`] })),
      },
    ],
  })
const told = (given: Decision) =>
  analyseDecision(given).map(({ code, params, place, fix }) => ({
    code,
    words: sentence(code as Parameters<typeof sentence>[0], params),
    path: place.path,
    fix,
  }))

describe('analyseDecision', () => {
  it('says who falls through and offers the row that catches them', () => {
    const found = told(decision('unique', [{ lt: [tested, 650] }, { gt: [tested, 700] }]))
    expect(found[0]).toMatchObject({
      code: 'TABLE_GAP',
      path: '/parts/0/rows',
      words: expect.stringContaining('bureau.score 650') as string,
      fix: {
        patch: [
          {
            op: 'add',
            path: '/parts/0/rows/-',
            value: { id: 'row_3', when: [{ between: [tested, 650, 700] }], then: [null] },
          },
        ],
      },
    })
    expect(found[1]?.code).toBe('TABLE_GAP_MISSING')
  })

  it('says on which threshold two rows touch', () => {
    const gap = told(decision('unique', [{ lt: [tested, 650] }, { gt: [tested, 650] }]))
    expect(gap[0]?.words).toContain('no row takes Score = 650 itself')
    const both = told(decision('unique', [{ lte: [tested, 650] }, { gte: [tested, 650] }]))
    expect(both.map(({ code }) => code)).toContain('TABLE_OVERLAP_POINT')
    expect(
      told(decision('first', [{ lte: [tested, 650] }, { gte: [tested, 650] }])).map(
        ({ code }) => code,
      ),
    ).toEqual(['TABLE_GAP_MISSING'])
  })

  it('names rows that cannot be hit', () => {
    const found = told(
      decision('first', [
        { lt: [tested, 650] },
        { gte: [tested, 600] },
        { eq: [tested, 620] },
        { between: [tested, 9, 3] },
      ]),
    )
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'TABLE_GAP_MISSING /parts/0/rows',
      'TABLE_ROW_NEVER /parts/0/rows/3',
      'TABLE_ROW_HIDDEN /parts/0/rows/2',
    ])
  })
})

describe('of a rule set', () => {
  const rules = (...conditions: readonly (readonly [Logic, string])[]): Decision =>
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id: 'policy',
      name: 'Policy',
      input: { type: 'object', properties: { score: { type: 'integer' } } },
      parts: [
        {
          kind: 'rules',
          id: 'policy',
          name: 'Policy',
          rules: conditions.map(([when, outcome], index) => ({
            id: `r${index}`,
            name: `Rule ${index}`,
            when,
            then: [
              { do: 'outcome', outcome },
              { do: 'reason', code: 'X', text: 'x' },
            ],
          })),
        },
      ],
    })
  const score = { var: 'score' }

  it('names what contradicts itself, what is always met, and where outcomes oppose each other', () => {
    const found = told(
      rules(
        [{ all_of: [{ gt: [score, 700] }, { lt: [score, 650] }] }, 'refer'],
        [{ any_of: [{ is_missing: score }, { is_present: score }] }, 'refer'],
        [{ gte: [score, 700] }, 'approve'],
        [{ lte: [score, 700] }, 'decline'],
      ),
    )
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'RULE_CONTRADICTS_ITSELF /parts/0/rules/0/when',
      'RULE_ALWAYS_MET /parts/0/rules/1/when',
      'RULES_OPPOSED /parts/0/rules/3/when',
      // The rule that is always met refers everyone.
      'RULE_HIDDEN /parts/0/rules/2/when',
    ])
    expect(found[2]?.words).toContain('score 700')
  })
})

describe('across the parts of a decision', () => {
  const twoTables = (grades: readonly string[]): Decision => {
    const first = decision('first', [{ gte: [tested, 700] }, null])
    return decisionSchema.parse({
      ...first,
      parts: [
        ...first.parts,
        {
          kind: 'table',
          id: 'rate',
          name: 'Rate',
          hitPolicy: 'unique',
          inputs: [{ id: 'band', name: 'Band', expression: { var: 'band.band' } }],
          outputs: [{ id: 'rate', name: 'Rate', expression: 'rate' }],
          rows: grades.map((grade, index) => ({ id: `r${index}`, when: [grade], then: [index] })),
        },
      ],
    })
  }
  const codes = (given: Decision) =>
    told(given).flatMap(({ code, path }) => (path.startsWith('/parts/1') ? [code] : []))

  it('[R515] knows what an earlier part gives: a table over all of it has no gap, a row beside it is never met', () => {
    expect(codes(twoTables(['B0', 'B1']))).toEqual(['TABLE_GAP_MISSING'])
    expect(codes(twoTables(['B0']))).toContain('TABLE_GAP')
    expect(codes(twoTables(['B0', 'B1', 'B2']))).toEqual(
      expect.arrayContaining(['VALUE_NOT_LISTED', 'TABLE_ROW_NEVER']),
    )
  })

  it('[R516] analyses only the parts again that changed, or that read what changed', () => {
    const before = twoTables(['B0'])
    const found = analyseDecision(before)
    const [first, second] = before.parts
    const alone = (given: Decision) =>
      analyseDecision(given).filter(({ code }) => code === 'TABLE_GAP')
    expect(alone(before)[0]).toBe(found.find(({ code }) => code === 'TABLE_GAP'))
    // Another output changes the types that the second table reads.
    if (first?.kind !== 'table' || second === undefined) throw new Error('no table')
    const other = {
      ...before,
      parts: [{ ...first, rows: first.rows.map((row) => ({ ...row, then: ['B0'] })) }, second],
    }
    expect(alone(other)).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { exportSheet } from '#core/decision/exchange/export-sheet.ts'
import { importSheets } from '#core/decision/exchange/import-sheets.ts'
import { maxRows, type Sheet } from '#core/decision/exchange/sheet.ts'
import type { TablePart } from '#core/decision/table.ts'
import { validateDecision } from '#core/decision/validate.ts'
import type { Json } from '#core/json.ts'

const rates: Sheet = {
  name: 'Rates 2026',
  rows: [
    ['Hit policy: unique'],
    ['Bureau score', 'Employment: applicant.employment', '→ Rate: rate', 'Note'],
    ['>= 750', 'SALARIED, SELF', 11.5, 'best'],
    ['[650..750)', null, 14, null],
    ['< 650', '-', '12 + 4.5', null],
  ],
}
const tested = { var: '?' }

describe('sheets', () => {
  it('[R461] becomes a table of each sheet: headings, hit policy, types, cells in FEEL and plain words', () => {
    const { decision, findings } = importSheets('Rates', [rates, { name: 'Empty', rows: [[]] }])
    expect(findings).toEqual([])
    expect(decision?.parts).toMatchObject([{ id: 'rates_2026', hitPolicy: 'unique' }])
    expect(decision?.input).toEqual({
      type: 'object',
      properties: {
        Bureau_score: { type: 'number' },
        applicant: { type: 'object', properties: { employment: { type: 'string' } } },
      },
    })
    if (decision === null) return
    expect(validateDecision(decision)).toEqual([])
    const rateOf = (score: number): unknown =>
      compileDecision(decision)({ Bureau_score: score, applicant: { employment: 'SELF' } }, 0)
        .values['rate']
    expect([rateOf(800), rateOf(700), rateOf(600)]).toEqual([11.5, 14, 16.5])
  })

  it('[R463] names the cells that cannot be read, rows that are too wide and a policy that does not exist, and loses nothing', () => {
    const { decision, findings } = importSheets('Bad', [
      {
        name: 'Bad',
        rows: [['Hit policy: luck'], ['age', '→ ok'], ['>>18', true, 'stray'], ['< 18', 'if then']],
      },
    ])
    expect(findings.map(({ code, params }) => [code, params['row'], params['column']])).toEqual([
      ['SHEET_HIT_POLICY', 1, 'A'],
      ['SHEET_ROW_WIDTH', 3, 'C'],
      ['SHEET_CELL', 3, 'A'],
      ['SHEET_CELL', 4, 'B'],
    ])
    expect(decision?.parts).toMatchObject([
      { rows: [{ when: ['>>18'] }, { when: [{ lt: [tested, 18] }], then: ['if then'] }] },
    ])
  })

  it('[R463] refuses a sheet that is too large, and one without an output', () => {
    const rows = Array.from({ length: maxRows + 1 }, () => [1, 2])
    expect(importSheets('Large', [{ name: 'L', rows }])).toMatchObject({
      decision: null,
      findings: [{ code: 'SHEET_TOO_LARGE' }],
    })
    expect(
      importSheets('No', [{ name: 'N', rows: [['a', 'b']] }], { N: [] }).findings,
    ).toMatchObject([{ code: 'SHEET_WITHOUT_OUTPUT' }, { code: 'SHEET_EMPTY' }])
  })

  it('[R464] a table written as a sheet reads back as the same table', () => {
    const number = fc.integer({ min: -1000, max: 1000 })
    const word = fc.constantFrom('SALARIED', 'a "quoted" one', '> 5', 'true', 'x, y', '- ', '')
    const cell: fc.Arbitrary<Json> = fc.oneof(
      fc.constant(null),
      fc
        .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte'), number)
        .map(([op, n]): Json => ({ [op]: [tested, n] })),
      fc.tuple(number, number).map(([a, b]): Json => ({ between: [tested, a, b] })),
      fc.tuple(word, word).map((words): Json => ({ in_list: [tested, words] })),
      word.map((text): Json => ({ eq: [tested, text] })),
      fc.constant({ is_missing: [tested] }),
    )
    const output: fc.Arbitrary<Json> = fc.oneof(
      number,
      word,
      fc.boolean(),
      fc.constant(null),
      fc.constant({ times: [{ var: 'income' }, 2] }),
    )
    const row = fc.tuple(cell, cell, output, fc.option(fc.constant('why'), { nil: undefined }))
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('unique', 'first', 'any', 'rule order', 'collect' as const),
        (rows, hitPolicy) => {
          const part: TablePart = {
            kind: 'table',
            id: 'rates',
            name: 'Rates',
            hitPolicy,
            ...(hitPolicy === 'collect' ? { aggregate: 'sum' as const } : {}),
            inputs: [
              { id: 'score', name: 'score', expression: { var: 'score' }, type: 'any' },
              {
                id: 'ratio',
                name: 'Ratio',
                expression: { divide: [{ var: 'emi' }, { var: 'income' }] },
                type: 'any',
              },
            ],
            outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'any' }],
            rows: rows.map(([a, b, then, note], index) => ({
              id: `row_${index + 1}`,
              when: [a, b],
              then: [then],
              ...(note === undefined ? {} : { note }),
            })),
          }
          const { sheet, findings } = exportSheet(part)
          expect(findings).toEqual([])
          const [back] = importSheets('Rates', [sheet]).decision?.parts ?? []
          const untyped = (table: typeof back) =>
            table?.kind === 'table'
              ? {
                  ...table,
                  inputs: table.inputs.map((each) => ({ ...each, type: 'any' })),
                  outputs: table.outputs.map((each) => ({ ...each, type: 'any' })),
                }
              : table
          expect(untyped(back)).toEqual(part)
        },
      ),
      { numRuns: 100 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportDmn } from '#core/decision/dmn/export.ts'
import { importDmn } from '#core/decision/dmn/import.ts'
import { readRoot, type Element } from '#core/decision/dmn/model.ts'
import type { TablePart } from '#core/decision/table.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'

const tested = { var: '?' }
const number = fc.integer({ min: -1000, max: 1000 })
const word = fc.constantFrom('SALARIED', 'a "quoted" <one> & more', 'SELF', '', '  two\nlines ')
const cell: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc
    .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte'), number)
    .map(([operator, limit]): Json => ({ [operator]: [tested, limit] })),
  fc.tuple(number, number).map(([a, b]): Json => ({ between: [tested, a, b] })),
  fc.tuple(word, word).map((words): Json => ({ in_list: [tested, words] })),
  word.map((text): Json => ({ not: [{ eq: [tested, text] }] })),
  fc.constant({ is_missing: [tested] }),
)
const output: fc.Arbitrary<Json> = fc.oneof(
  number,
  word,
  fc.boolean(),
  fc.constant(null),
  fc.constant({ times: [{ var: 'applicant.income' }, { var: 'factor' }] }),
)
const column = (id: string, name: string, expression: Json, type: 'number' | 'any' = 'any') => ({
  id,
  name,
  expression,
  type,
})

const table = fc
  .record({
    hitPolicy: fc.constantFrom('unique' as const, 'first' as const, 'output order' as const),
    outputs: fc.constantFrom(1, 2),
    rows: fc.array(
      fc.record({
        when: fc.tuple(cell, cell),
        then: fc.tuple(output, output),
        note: fc.option(fc.constantFrom('why', 'a < b & "c"'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ hitPolicy, outputs, rows }): TablePart => ({
    kind: 'table',
    id: 'rates',
    name: 'Rates & terms',
    hitPolicy,
    inputs: [
      column('score', 'Bureau score', { var: 'score' }, 'number'),
      column('load', 'Load', { divide: [{ var: 'emi' }, { var: 'applicant.income' }] }),
    ],
    outputs: [
      { ...column('rate', 'Rate', 'rate'), values: [1, 'SELF', true] },
      column('term', 'Term', 'term'),
    ].slice(0, outputs),
    rows: rows.map(({ when, then, note }, index) => ({
      id: `row_${index + 1}`,
      when,
      then: then.slice(0, outputs),
      ...(note === undefined ? {} : { note }),
    })),
  }))

const decisionOf = (...parts: Decision['parts']): Decision =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {
      type: 'object',
      properties: {
        score: { type: 'number' },
        emi: { type: 'number' },
        applicant: {
          type: 'object',
          properties: {
            income: { type: 'number' },
            job: { type: 'string', enum: ['SALARIED', 'SELF'] },
          },
        },
      },
    },
    parts,
  })

describe('writing DMN', () => {
  it('[R468] reads back as the same decision: tables, expressions and what the input is', () => {
    fc.assert(
      fc.property(table, (part) => {
        const decision = decisionOf(
          {
            kind: 'expression',
            id: 'factor',
            name: 'Factor',
            value: { plus: [{ var: 'emi' }, 1] },
          },
          part,
        )
        const { xml, findings } = exportDmn(decision)
        expect(findings).toEqual([])
        const back = importDmn(xml)
        expect(back.findings).toEqual([])
        expect(back.decision).toEqual(decision)
      }),
      { numRuns: 40 },
    )
  })

  it('[R815] writes what other tools open: DMN 1.3, an id for each element that they draw, and a diagram', () => {
    fc.assert(
      fc.property(table, (part) => {
        const { xml } = exportDmn(
          decisionOf({ kind: 'expression', id: 'factor', name: 'F', value: { var: 'emi' } }, part),
        )
        expect(xml).toContain('xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"')
        const all = (each: Element): Element[] => [each, ...each.children.flatMap(all)]
        const elements = all(readRoot(xml))
        const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? [])
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/)
        const drawn = ['input', 'output', 'rule', 'inputEntry', 'outputEntry', 'inputExpression']
        const nameless = elements.filter(
          ({ name, attributes: { id } }) => drawn.includes(name) && !id,
        )
        expect(nameless).toEqual([])
        const shown = elements.flatMap(({ attributes }) => attributes['dmnElementRef'] ?? [])
        const model = ['decision', 'inputData', 'informationRequirement']
        expect(new Set(shown)).toEqual(
          new Set(
            elements
              .filter(({ name }) => model.includes(name))
              .map(({ attributes }) => attributes['id']),
          ),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('[R469] writes each decision with what it requires, and names what DMN has no word for', () => {
    const { xml, findings } = exportDmn(
      decisionOf(
        {
          kind: 'expression',
          id: 'load',
          name: 'Load',
          value: { divide: [{ var: 'emi' }, { var: 'applicant.income' }] },
        },
        { kind: 'expression', id: 'twice', name: 'Twice', value: { times: [{ var: 'load' }, 2] } },
        { kind: 'expression', id: 'old', name: 'Old rule', value: { '>': [{ var: 'emi' }, 2] } },
        { kind: 'rules', id: 'knockout', name: 'Knockout', rules: [] },
      ),
    )
    expect(findings.map(({ code, params }) => [code, params['part']])).toEqual([
      ['EXPORT_PART', 'Old rule'],
      ['EXPORT_PART', 'Knockout'],
    ])
    expect(xml).toContain('<requiredInput href="#input-emi"/>')
    expect(xml).toContain('<requiredDecision href="#load"/>')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Logic } from '#core/graph/flow.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { cellText, parseCell } from './cell-text.ts'
import { outputText, parseOutput } from './cell-value.ts'

const x = { var: '?' }

const written: [string, Logic][] = [
  ['-', null],
  ['700', { eq: [x, 700] }],
  ['"SALARIED"', { eq: [x, 'SALARIED'] }],
  ['> 700', { gt: [x, 700] }],
  ['<= -0.5', { lte: [x, -0.5] }],
  ['!= "SELF"', { ne: [x, 'SELF'] }],
  ['[650..700)', { all_of: [{ gte: [x, 650] }, { lt: [x, 700] }] }],
  ['(650..700]', { all_of: [{ gt: [x, 650] }, { lte: [x, 700] }] }],
  ['[650..700]', { between: [x, 650, 700] }],
  ['"SALARIED", "SELF"', { in_list: [x, ['SALARIED', 'SELF']] }],
  ['1, 2, 3', { in_list: [x, [1, 2, 3]] }],
  ['< 600, [650..700]', { any_of: [{ lt: [x, 600] }, { between: [x, 650, 700] }] }],
  ['not("SELF")', { not: [{ eq: [x, 'SELF'] }] }],
  ['not("A", "B")', { not: [{ in_list: [x, ['A', 'B']] }] }],
  ['null', { is_missing: [x] }],
  ['not(null)', { is_present: [x] }],
  ['>= policy.cutoff', { gte: [x, { var: 'policy.cutoff' }] }],
  ['true', { eq: [x, true] }],
]

describe('cell text', () => {
  it.each(written)('[R140] %s means what it says, and is written so', (text, logic) => {
    expect(parseCell(text)).toEqual({ logic })
    expect(cellText(logic)).toBe(text)
  })

  it.each([
    ['', '-'],
    ['SALARIED', '"SALARIED"'],
    ['= 5', '5'],
    ['>700', '> 700'],
    ['"a, b",c', '"a, b", "c"'],
    ['[ 1 .. 2 )', '[1..2)'],
    ['2026-04-01', '"2026-04-01"'],
  ])('takes %j as %s', (text, clean) => {
    const parsed = parseCell(text)
    expect('logic' in parsed && cellText(parsed.logic)).toBe(clean)
  })

  it.each(['>', '5 +', '[1..', '"open', '1,,2', 'not()', '>= <= 5'])(
    'refuses %j with a sentence',
    (text) => expect(parseCell(text)).toEqual({ problem: expect.stringMatching(/\.$/) }),
  )

  it.each<Logic>([{ '<': [x, 5] }, { gt: [{ var: 'other' }, 5] }])(
    'leaves %j to the builder',
    (logic) => expect(cellText(logic)).toBeNull(),
  )

  it.each<[string, Logic]>([
    ['> bureau.score * 2', { gt: [x, { times: [{ var: 'bureau.score' }, 2] }] }],
    ['list contains([1], ?)', { in_list: [x, [1]] }],
    ['list contains([1, 2], ?) or ? = 3', { any_of: [{ in_list: [x, [1, 2]] }, { eq: [x, 3] }] }],
    ['all([? > 1])', { all_of: [{ gt: [x, 1] }] }],
    ['> "2026-04-01"', { gt: [x, '2026-04-01'] }],
    ['not(not(? between "" and 0))', { not: [{ not: [{ between: [x, '', 0] }] }] }],
  ])('[R140] says longer conditions in FEEL: %s', (text, logic) => {
    expect(cellText(logic)).toBe(text)
    expect(parseCell(text)).toEqual({ logic })
  })

  it.each([
    ['> 2026-04-01', '> "2026-04-01"'],
    ['not(SELF EMPLOYED)', 'not("SELF EMPLOYED")'],
    ['!= SELF', '!= "SELF"'],
  ])('takes %s with its words and days as %s', (text, clean) => {
    const parsed = parseCell(text)
    expect('logic' in parsed && cellText(parsed.logic)).toBe(clean)
  })

  it('leaves a condition on a field with a bare name to the builder: it would read as a text', () =>
    expect(cellText({ gt: [x, { var: 'cutoff' }] })).toBeNull())

  it.each<[Logic, string]>([
    [true, 'true'],
    [700, '700'],
    [['A', 'B'], '"A", "B"'],
  ])('shows the short form %j as the test that it stands for', (logic, text) =>
    expect(cellText(logic)).toBe(text),
  )

  const literal = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.boolean(),
    fc.string(),
  )
  const test: fc.Arbitrary<Logic> = fc.letrec<{ test: Logic; plain: Logic }>((tie) => ({
    plain: fc.oneof(
      fc
        .tuple(fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), literal)
        .map(([id, value]) => ({ [id]: [x, value] })),
      fc.tuple(literal, literal).map(([from, to]) => ({ between: [x, from, to] })),
      fc
        .tuple(literal, literal)
        .map(([from, to]) => ({ all_of: [{ gte: [x, from] }, { lt: [x, to] }] })),
      fc.constant({ is_missing: [x] }),
    ),
    test: fc.oneof(
      { depthSize: 'small' },
      tie('plain'),
      fc
        .tuple(tie('plain'), fc.integer())
        .map(([one, value]) => ({ any_of: [one, { gt: [x, value] }] })),
      fc.array(literal, { minLength: 2, maxLength: 5 }).map((list) => ({ in_list: [x, list] })),
      tie('test')
        .filter((inner) => inner !== null && !('is_missing' in (inner as object)))
        .map((inner) => ({ not: [inner] })),
    ),
  })).test

  it('[R140] comes back as it was from its own text', () =>
    fc.assert(
      fc.property(test, (logic) => {
        const text = cellText(logic)
        expect(text).not.toBeNull()
        expect(parseCell(text ?? '')).toEqual({ logic })
      }),
    ))

  it('is evaluated as the text says', () => {
    const met = (text: string, value: string | number): unknown => {
      const parsed = parseCell(text)
      return 'logic' in parsed && compileLogic(parsed.logic)({ '?': value }, { at: 0 })
    }
    expect([649, 650, 699, 700].map((score) => met('[650..700)', score))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(['SELF', 'OTHER'].map((kind) => met('SALARIED, SELF', kind))).toEqual([true, false])
  })
})

describe('output text', () => {
  it.each<[string, Logic]>([
    ['12.5', 12.5],
    ['"decline"', 'decline'],
    ['-', null],
    ['true', true],
    ['loan.amount', { var: 'loan.amount' }],
  ])('%s', (text, logic) => {
    expect(parseOutput(text)).toEqual({ logic })
    expect(outputText(logic)).toBe(text)
  })
  it('says what is worked out', () => {
    const logic = { times: [{ var: 'loan.amount' }, 0.02] }
    expect(outputText(logic)).toBe('loan.amount * 0.02')
    expect(parseOutput('loan.amount * 0.02')).toEqual({ logic })
    expect(outputText({ var: 'amount' })).toBeNull()
  })
  it('takes a bare word for a text', () =>
    expect(parseOutput('decline')).toEqual({ logic: 'decline' }))
})

import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { MetisError } from '#core/errors.ts'

const at = Date.UTC(2026, 10, 23, 12)
const run = (parts: Json, input: JsonObject = {}, now = at) =>
  compileDecision(decision(parts))(input, now)
const decision = (parts: Json) =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {},
    parts,
  })
const rules = (...list: JsonObject[]): Json => [
  {
    kind: 'rules',
    id: 'policy',
    name: 'Policy',
    rules: list.map((rule, i) => ({ id: `r${i + 1}`, name: `Rule ${i + 1}`, ...rule })),
  },
]
const outcome = (value: string): Json => ({ do: 'outcome', outcome: value })
const set = (field: string, value: Json): Json => ({ do: 'set', field, value })

const bureauRule: JsonObject = {
  when: { lt: [{ var: 'bureau.score' }, 670] },
  then: [
    outcome('decline'),
    { do: 'reason', code: 'BUREAU_LOW', text: 'Bureau score is below 670' },
  ],
}

describe('rules', () => {
  it('declines with its reason, and says which rule fired', () => {
    expect(run(rules(bureauRule), { bureau: { score: 600 } })).toMatchObject({
      outcome: 'decline',
      reasons: [{ code: 'BUREAU_LOW', text: 'Bureau score is below 670', source: 'policy.r1' }],
      fired: [{ part: 'policy', rule: 'r1', name: 'Rule 1' }],
      unknown: [],
    })
  })
  it('[R12] does not decline for want of a bureau score, and says that it is missing', () => {
    expect(run(rules(bureauRule), { bureau: { score: null } })).toMatchObject({
      outcome: null,
      reasons: [],
      unknown: [{ part: 'policy', rule: 'r1', missing: ['bureau.score'] }],
    })
  })
  it('[R24] lets the most severe outcome stand, whatever the order', () => {
    const all = ['refer', 'decline', 'approve', 'approve_with_conditions']
    expect(run(rules(...all.map((one) => ({ when: true, then: [outcome(one)] })))).outcome).toBe(
      'decline',
    )
    expect(
      run(
        rules({ when: true, then: [outcome('refer')] }, { when: true, then: [outcome('approve')] }),
      ).outcome,
    ).toBe('refer')
  })
  it('goes by priority; the first to set a field wins', () => {
    const result = run(
      rules(
        { when: true, then: [set('band', 'B')] },
        { when: true, then: [set('band', 'A')], priority: 5 },
        { when: true, then: [set('band', 'C')], priority: 9, enabled: false },
      ),
    )
    expect(result.values).toEqual({ band: 'A', policy: { outcome: null, band: 'A' } })
    expect(result.fired.map(({ rule }) => rule)).toEqual(['r2', 'r1'])
  })
  it('[R25] is in force from the first to the last day, in India', () => {
    const dated = rules({
      when: true,
      then: [outcome('refer')],
      validFrom: '2026-11-01',
      validTo: '2026-11-30',
    })
    const midnight = (date: string) => Date.parse(`${date}T00:00:00+05:30`)
    expect(run(dated, {}, midnight('2026-11-01') - 1).outcome).toBeNull()
    expect(run(dated, {}, midnight('2026-11-01')).outcome).toBe('refer')
    expect(run(dated, {}, midnight('2026-12-01') - 1).outcome).toBe('refer')
    expect(run(dated, {}, midnight('2026-12-01')).outcome).toBeNull()
  })
  it('adds up adjustments, keeps conditions, and flags once', () => {
    const result = run(
      rules(
        {
          when: true,
          then: [
            { do: 'adjust', target: 'rate', by: 0.5 },
            { do: 'flag', flag: 'thin' },
          ],
        },
        {
          when: true,
          then: [
            { do: 'adjust', target: 'rate', by: { var: 'extra' } },
            { do: 'flag', flag: 'thin' },
          ],
        },
        {
          when: true,
          then: [
            { do: 'adjust', target: 'limit', by: { var: 'none' } },
            { do: 'condition', text: 'Salary account' },
          ],
        },
      ),
      { extra: 1 },
    )
    expect(result).toMatchObject({
      adjust: { rate: 1.5, limit: 0 },
      flags: ['thin'],
      conditions: ['Salary account'],
      unknown: [{ part: 'policy', rule: 'r3', missing: ['none'] }],
    })
  })
  it('is met by true alone', () => {
    for (const when of [1, 'true', [true], { if: [true, 'yes'] }]) {
      expect(run(rules({ when, then: [outcome('decline')] })).outcome).toBeNull()
    }
  })
  it('cannot write to a prototype', () => {
    expect(() => run(rules({ when: true, then: [set('__proto__', 1)] }))).toThrow(MetisError)
  })
})

describe('parts', () => {
  const chain: Json = [
    {
      kind: 'expression',
      id: 'foir',
      name: 'FOIR',
      value: { divide: [{ var: 'emi' }, { var: 'input.income' }] },
    },
    {
      kind: 'rules',
      id: 'checks',
      name: 'Checks',
      rules: [
        {
          id: 'high',
          name: 'High',
          when: { gt: [{ var: 'foir' }, 0.5] },
          then: [set('band', 'high')],
        },
      ],
    },
    {
      kind: 'expression',
      id: 'twice',
      name: 'Twice',
      value: { concat: [{ var: 'checks.band' }, '!'] },
    },
    { kind: 'expression', id: 'all', name: 'All', value: { missing: ['emi', 'foir', 'none'] } },
  ]
  it('see the input and the parts before them', () => {
    expect(run(chain, { emi: 60, income: 100 }).values).toEqual({
      band: 'high',
      foir: 0.6,
      checks: { outcome: null, band: 'high' },
      twice: 'high!',
      all: ['none'],
    })
  })
  it('keeps no trace of one evaluation in the next', () => {
    const compiled = compileDecision(decision(chain))
    compiled({ emi: 60, income: 100 }, at)
    expect(compiled({}, at).values).toMatchObject({ foir: null, twice: null })
  })
  it('has one version for one meaning', () => {
    const one = run(chain).decision
    expect(one).toEqual({
      id: 'policy',
      version: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    })
    expect(run(rules()).decision?.version).not.toBe(one?.version)
  })
})

describe('tables', () => {
  interface Shape {
    hitPolicy: string
    aggregate?: string
    rows: [Json, Json][]
    values?: Json[]
  }
  const table = ({ rows, values, ...rest }: Shape): Json => [
    {
      kind: 'table',
      id: 'grid',
      name: 'Grid',
      ...rest,
      inputs: [{ id: 'score', name: 'Score', expression: { var: 'score' } }],
      outputs: [{ id: 'out', name: 'Rate', expression: 'rate', ...(values ? { values } : {}) }],
      rows: rows.map(([when, then], i) => ({ id: `row${i + 1}`, when: [when], then: [then] })),
    },
  ]
  const above = (n: number): Json => ({ gte: [{ var: '?' }, n] })
  const overlapping: [Json, Json][] = [
    [above(600), 16],
    [above(700), 14],
    [above(800), 12],
  ]
  const code = (act: () => unknown) => {
    try {
      act()
    } catch (error) {
      return error instanceof MetisError ? error : null
    }
    return null
  }

  it('[R26] unique: one row, none, or an error that names the rows', () => {
    expect(run(table({ hitPolicy: 'unique', rows: overlapping }), { score: 650 }).values).toEqual({
      rate: 16,
      grid: { rate: 16 },
    })
    expect(run(table({ hitPolicy: 'unique', rows: overlapping }), { score: 500 }).values).toEqual({
      grid: null,
    })
    const error = code(() => run(table({ hitPolicy: 'unique', rows: overlapping }), { score: 750 }))
    expect(error?.code).toBe('TABLE_NOT_UNIQUE')
    expect(error?.message).toContain('row1, row2')
  })
  it('[R26] any: rows that agree, else an error', () => {
    const same: [Json, Json][] = [
      [above(600), 1],
      [above(700), { minus: [2, 1] }],
    ]
    expect(run(table({ hitPolicy: 'any', rows: same }), { score: 750 }).values['grid']).toEqual({
      rate: 1,
    })
    expect(
      code(() => run(table({ hitPolicy: 'any', rows: overlapping }), { score: 750 }))?.code,
    ).toBe('TABLE_ANY_DIFFERS')
  })
  it.each<[Omit<Shape, 'rows'>, Json]>([
    [{ hitPolicy: 'first' }, { rate: 16 }],
    [{ hitPolicy: 'priority', values: [12, 14, 16] }, { rate: 12 }],
    [{ hitPolicy: 'rule order' }, [{ rate: 16 }, { rate: 14 }, { rate: 12 }]],
    [{ hitPolicy: 'output order', values: [14, 12] }, [{ rate: 14 }, { rate: 12 }, { rate: 16 }]],
    [{ hitPolicy: 'collect' }, [{ rate: 16 }, { rate: 14 }, { rate: 12 }]],
    [{ hitPolicy: 'collect', aggregate: 'sum' }, { rate: 42 }],
    [{ hitPolicy: 'collect', aggregate: 'min' }, { rate: 12 }],
    [{ hitPolicy: 'collect', aggregate: 'max' }, { rate: 16 }],
    [{ hitPolicy: 'collect', aggregate: 'count' }, { rate: 3 }],
  ])('[R26] %j gives %j', (shape, value) => {
    expect(run(table({ ...shape, rows: overlapping }), { score: 850 }).values['grid']).toEqual(
      value,
    )
  })
  it('of no row: null, an empty list, or the count 0', () => {
    const of = (shape: Omit<Shape, 'rows'>) =>
      run(table({ ...shape, rows: overlapping }), { score: 1 }).values['grid']
    expect(of({ hitPolicy: 'first' })).toBeNull()
    expect(of({ hitPolicy: 'collect' })).toEqual([])
    expect(of({ hitPolicy: 'collect', aggregate: 'sum' })).toEqual({ rate: null })
    expect(of({ hitPolicy: 'collect', aggregate: 'count' })).toEqual({ rate: 0 })
  })
  it('takes a value for "equals", a list for "one of", null for "any"', () => {
    const rows: [Json, Json][] = [
      [700, 'equal'],
      [[701, 702], 'one of'],
      [null, 'any'],
    ]
    const rate = (score: number) =>
      run(table({ hitPolicy: 'first', rows }), { score }).values['rate']
    expect([rate(700), rate(702), rate(703)]).toEqual(['equal', 'one of', 'any'])
  })
  it('says which rows could not be known', () => {
    expect(run(table({ hitPolicy: 'first', rows: overlapping }), {}).unknown).toEqual(
      ['row1', 'row2', 'row3'].map((rule) => ({ part: 'grid', rule, missing: ['score'] })),
    )
  })
  it('decides through the fields outcome and reason', () => {
    const grid: Json = [
      {
        kind: 'table',
        id: 'grid',
        name: 'Grid',
        hitPolicy: 'first',
        inputs: [{ id: 'dpd', name: 'DPD', expression: { var: 'dpd' } }],
        outputs: ['outcome', 'reason', 'condition', 'flag'].map((field) => ({
          id: field,
          name: field,
          expression: field,
        })),
        rows: [
          {
            id: 'late',
            note: 'Ninety days late',
            when: [above(90)],
            then: ['decline', 'DPD_90', null, 'late'],
          },
        ],
      },
    ]
    expect(run(grid, { dpd: 91 })).toMatchObject({
      outcome: 'decline',
      reasons: [{ code: 'DPD_90', text: 'Ninety days late', source: 'grid.late' }],
      conditions: [],
      flags: ['late'],
      fired: [{ part: 'grid', rule: 'late', name: 'Ninety days late' }],
    })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import { caseFindings } from '#core/decision/analysis/case-findings.ts'
import { rulesFindings } from '#core/decision/analysis/rules-findings.ts'
import { scorecardFindings } from '#core/decision/analysis/scorecard-findings.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import { compileDecision } from '#core/decision/compile.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import { patched } from '#core/decision/analysis/table-fixture.ts'
import { decisionSchema, type DecisionPart, type RuleAction } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonObject, JsonSchema } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'

const schema: JsonSchema = {
  type: 'object',
  properties: { score: { type: 'number' }, kind: { enum: ['A', 'B'] } },
}
const score = { var: 'score' }
const kind = { var: 'kind' }
const everyone: JsonObject[] = [null, ...Array.from({ length: 13 }, (_, i) => (i - 1) / 2)].flatMap(
  (points) =>
    [null, 'A', 'B'].map((word) => ({
      ...(points === null ? {} : { score: points }),
      ...(word === null ? {} : { kind: word }),
    })),
)

const rulesOf = (rules: readonly (readonly [Logic, readonly RuleAction[]])[]): RulesPart => {
  const [part] = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'd',
    name: 'D',
    input: schema,
    parts: [
      {
        kind: 'rules',
        id: 'policy',
        name: 'Policy',
        rules: rules.map(([when, then], index) => ({
          id: `r${index}`,
          name: `Rule ${index}`,
          when,
          then,
        })),
      },
    ],
  }).parts
  return part as RulesPart
}

/** What the rules come to for everybody, without which of them it was. */
const decided = (part: DecisionPart): ((input: JsonObject) => unknown) => {
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
    const { outcome, reasons, flags, adjust, values } = decide(input, 0)
    return { outcome, reasons: new Set(reasons.map(({ code }) => code)), flags, adjust, values }
  }
}

const refers: readonly RuleAction[] = [
  { do: 'outcome', outcome: 'refer' },
  { do: 'reason', code: 'R', text: 'r' },
]
const declines: readonly RuleAction[] = [
  { do: 'outcome', outcome: 'decline' },
  { do: 'reason', code: 'D', text: 'd' },
]

const threshold = fc.integer({ min: 0, max: 4 })
const test = fc.oneof(
  fc
    .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte'), threshold)
    .map(([operator, value]): Logic => ({ [operator]: [score, value] })),
  fc.constantFrom<Logic>({ eq: [kind, 'A'] }, { eq: [kind, 'B'] }),
)
const condition = fc.oneof(
  test,
  fc.tuple(test, test).map((all): Logic => ({ all_of: all })),
  fc.tuple(test, test).map((any): Logic => ({ any_of: any })),
)
const actions = fc.constantFrom<readonly RuleAction[]>(
  [{ do: 'outcome', outcome: 'approve' }],
  refers,
  declines,
  [{ do: 'set', field: 'band', value: 1 }],
  [{ do: 'set', field: 'band', value: 2 }],
  [{ do: 'flag', flag: 'f' }],
  [{ do: 'adjust', target: 'limit', by: 10 }],
)
const rules = fc.array(fc.tuple(condition, actions), { minLength: 1, maxLength: 6 }).map(rulesOf)

describe('rulesFindings', () => {
  it('[R787] what it removes or merges changes no decision', () => {
    const used = new Set<string>()
    fc.assert(
      fc.property(rules, (part) => {
        const before = decided(part)
        for (const { code, fix } of rulesFindings(part, '', schema)) {
          if (!fix || ['RULES_OPPOSED', 'RULES_GAP', 'RULES_GAP_POINT'].includes(code)) continue
          used.add(code)
          const after = decided(patched(part, fix))
          const seen = (decide: typeof before) => (input: JsonObject) =>
            code === 'RULES_TOUCH' ? (decide(input) as Outcome).outcome : decide(input)
          expect(everyone.map(seen(after))).toEqual(everyone.map(seen(before)))
        }
      }),
      {
        numRuns: 120,
        examples: [
          [
            rulesOf([
              [{ lte: [score, 2] }, refers],
              [{ gte: [score, 2] }, declines],
            ]),
          ],
          [
            rulesOf([
              [{ lt: [score, 2] }, refers],
              [{ eq: [score, 2] }, refers],
            ]),
          ],
          [
            rulesOf([
              [{ lt: [score, 2] }, refers],
              [{ lt: [score, 2] }, declines],
            ]),
          ],
          [
            rulesOf([
              [{ lt: [score, 2] }, declines],
              [{ lt: [score, 1] }, declines],
            ]),
          ],
          [rulesOf([[{ all_of: [{ lt: [score, 1] }, { gt: [score, 2] }] }, declines]])],
        ],
      },
    )
    expect([...used]).toEqual(
      expect.arrayContaining([
        'RULE_CONTRADICTS_ITSELF',
        'RULE_HIDDEN',
        'RULES_MERGE',
        'RULES_SAME_CONDITION',
        'RULES_TOUCH',
      ]),
    )
  })

  it('[R788] names every rule that changes nothing and every outcome that never stands, and no other', () => {
    fc.assert(
      fc.property(rules, (part) => {
        const found = rulesFindings(part, '', schema)
        const before = decided(part)
        const told = (code: string): number[] =>
          found.flatMap(({ code: own, place }) =>
            own === code ? [Number(/\d+/.exec(place.path)?.[0])] : [],
          )
        const met = part.rules.map(({ when }) => {
          const evaluate = compileLogic(when)
          return everyone.filter((input) => evaluate(input, { at: 0 }) === true)
        })
        for (const [number, rule] of part.rules.entries()) {
          const given = rule.then.find((action) => action.do === 'outcome')?.outcome
          const stands = (met[number] ?? []).some(
            (input) => (before(input) as Outcome).outcome === given,
          )
          const isHidden = told('RULE_HIDDEN').includes(number)
          const isTold = told('RULE_OUTCOME_HIDDEN').includes(number)
          const asked = given !== undefined && met[number]?.length !== 0 && !isHidden
          expect([number, isTold]).toEqual([number, asked && !stands])
          // Others stand in for one that is hidden: without it nothing is otherwise.
          const without = decided({
            ...part,
            rules: isHidden ? part.rules.toSpliced(number, 1) : part.rules,
          })
          expect(everyone.map(without)).toEqual(everyone.map(before))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('[R789] a gap is a case that meets no rule, and the offered rule takes it and none that was decided', () => {
    let offered = 0
    fc.assert(
      fc.property(rules, (part) => {
        const before = decided(part)
        const nothing = decided({ ...part, rules: [] })
        for (const { code, fix, params } of rulesFindings(part, '', schema)) {
          if (!code.startsWith('RULES_GAP') || !fix) continue
          offered += 1
          const after = patched(part, fix)
          const takes = compileLogic(after.rules.at(-1)?.when ?? null)
          const taken = everyone.filter((input) => takes(input, { at: 0 }) === true)
          expect(taken.length, String(params['example'])).toBeGreaterThan(0)
          for (const input of taken)
            expect(before(input)).toMatchObject({ outcome: null, ...(nothing(input) as object) })
        }
      }),
      {
        numRuns: 60,
        examples: [
          [
            rulesOf([
              [{ lt: [score, 2] }, declines],
              [{ gt: [score, 2] }, refers],
            ]),
          ],
        ],
      },
    )
    expect(offered).toBeGreaterThan(0)
  })

  it('tells gaps of rules that should decide each case, and of others only thresholds that none takes', () => {
    const approve: RuleAction = { do: 'outcome', outcome: 'approve' }
    const codes = (part: RulesPart) => rulesFindings(part, '', schema).map(({ code }) => code)
    expect(codes(rulesOf([[{ lt: [score, 2] }, declines]]))).toEqual([])
    expect(
      codes(
        rulesOf([
          [{ lt: [score, 2] }, declines],
          [{ gt: [score, 4] }, [approve]],
        ]),
      ),
    ).toEqual(['RULES_GAP'])
    expect(
      codes(
        rulesOf([
          [{ lt: [score, 2] }, declines],
          [{ gt: [score, 2] }, [{ do: 'flag', flag: 'f' }]],
        ]),
      ),
    ).toEqual(['RULES_GAP_POINT'])
  })
})
type Outcome = { readonly outcome: unknown }

describe('caseFindings', () => {
  it('names cases that are never taken, a way out that is not needed and thresholds that fall between, with their fix', () => {
    const at = { schema, otherwise: 'else', at: '/cases' }
    const cases = (...whens: readonly Logic[]) =>
      whens.map((when, index) => ({ id: `c${index}`, name: '', when }))
    const codes = (...whens: readonly Logic[]) =>
      caseFindings(cases(...whens), at).map(({ code, path }) => `${code} ${path}`)
    expect(codes({ lt: [score, 2] }, { lt: [score, 1] })).toEqual([
      'BRANCH_CASE_HIDDEN /cases/1/when',
    ])
    expect(
      codes({ any_of: [{ lt: [score, 2] }, { gte: [score, 2] }] }, { is_missing: score }),
    ).toEqual(['BRANCH_CASES_ALL /cases'])
    const between = cases({ lt: [score, 2] }, { gt: [score, 2] })
    const [point] = caseFindings(between, at)
    expect(point).toMatchObject({
      code: 'BRANCH_GAP_POINT',
      params: { value: '2', example: 'score 2' },
      fix: { patch: [{ op: 'replace', path: '/cases/0/when', value: { lte: [score, 2] } }] },
    })
  })

  it('agrees with trying everything on whether the cases take all together, and each gap is one', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (whens) => {
        const analysis = analyseConditions(whens, schema)
        if (analysis === null || analysis === 'too wide') throw new Error('not analysed')
        const tests = whens.map(compileLogic)
        const isTaken = (input: JsonObject): boolean =>
          tests.some((evaluate) => evaluate(input, { at: 0 }) === true)
        expect(analysis.coversAll()).toBe(everyone.every(isTaken))
        const { free } = analysis.gaps()
        const whole = everyone.filter((input) => 'score' in input && 'kind' in input)
        expect(free.length > 0).toBe(
          whole.some((input) => !isTaken(input)) && analysis.space.dimensions.length > 0,
        )
        for (const box of free) {
          const witness = witnessIn(analysis.space.dimensions, box)
          expect(witness.real && isTaken(witness.input)).toBe(false)
          expect(witness.real).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('scorecardFindings', () => {
  it('names values that no bin takes, and bins that none falls into', () => {
    const bins: Logic[] = [{ lt: [{ var: '?' }, 2] }, { gt: [{ var: '?' }, 2] }, 3]
    const part = {
      kind: 'scorecard',
      id: 's',
      name: 'S',
      base: 0,
      characteristics: [
        {
          id: 'c',
          name: 'Score',
          expression: score,
          bins: bins.map((when, index) => ({ id: `b${index}`, when, points: index })),
        },
      ],
    } as const
    const found = scorecardFindings(structuredClone(part) as never, '', schema)
    expect(found.map(({ code, place }) => `${code} ${place.path}`)).toEqual([
      'CHARACTERISTIC_GAP /characteristics/0/bins',
      'BIN_HIDDEN /characteristics/0/bins/2',
    ])
    expect(found[0]?.params['example']).toBe('score 2')
    expect(found[0]?.fix?.patch[0]?.value).toEqual({
      id: 'bin_4',
      when: { eq: [{ var: '?' }, 2] },
      points: 0,
    })
  })
})

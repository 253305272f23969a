import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { validateDecision } from '#core/decision/validate.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'

const document = (parts: Json, input: JsonObject = {}) =>
  decisionSchema.parse({ kind: 'decision', format: 1, id: 'policy', name: 'Policy', input, parts })
const findings = (parts: Json, input: JsonObject = {}) =>
  validateDecision(document(parts, input)).map(({ code, severity, place }) => [
    code,
    severity,
    place.path,
  ])
const expression = (id: string, value: Json): JsonObject => ({
  kind: 'expression',
  id,
  name: id,
  value,
})
const rule = (given: JsonObject): Json => [
  {
    kind: 'rules',
    id: 'hard',
    name: 'Hard',
    rules: [
      {
        id: 'r',
        name: 'Low score',
        when: { lt: [{ var: 'score' }, 1] },
        then: [{ do: 'flag', flag: 'x' }],
        ...given,
      },
    ],
  },
]
const table = (given: JsonObject): Json => [
  {
    kind: 'table',
    id: 'grid',
    name: 'Grid',
    hitPolicy: 'first',
    inputs: [{ id: 'a', name: 'A', expression: { var: 'a' } }],
    outputs: [{ id: 'o', name: 'O', expression: 'rate' }],
    rows: [],
    ...given,
  },
]
const row = (id: string, when: Json[], then: Json[]): JsonObject => ({ id, when, then })

describe('validateDecision', () => {
  it('says nothing of a sound decision', () => {
    expect(
      findings([...(rule({}) as Json[]), ...(table({ rows: [row('1', [1], [2])] }) as Json[])]),
    ).toEqual([])
  })
  it.each([
    ['decline', 'error'],
    ['refer', 'error'],
  ])('[R27] wants a reason for %s, and offers one', (outcome, severity) => {
    const parts = rule({ then: [{ do: 'outcome', outcome }] })
    expect(findings(parts)).toEqual([['OUTCOME_WITHOUT_REASON', severity, '/parts/0/rules/0/then']])
    expect(validateDecision(document(parts))[0]?.fix?.patch).toEqual([
      {
        op: 'add',
        path: '/parts/0/rules/0/then/-',
        value: { do: 'reason', code: 'LOW_SCORE', text: 'Low score' },
      },
    ])
  })
  it('wants none for an approval', () => {
    expect(findings(rule({ then: [{ do: 'outcome', outcome: 'approve' }] }))).toEqual([])
  })
  it.each<[string, Json, [string, string, string][]]>([
    [
      'logic',
      rule({ when: { nope: 1 } }),
      [['LOGIC_UNKNOWN_OPERATOR', 'error', '/parts/0/rules/0/when']],
    ],
    [
      'logic below',
      rule({ when: { not: [{ lt: [1] }] } }),
      [['LOGIC_ARGUMENTS', 'error', '/parts/0/rules/0/when/not/0']],
    ],
    [
      'dates',
      rule({ validFrom: '2026-02-30' }),
      [['RULE_DATE', 'error', '/parts/0/rules/0/validFrom']],
    ],
    [
      'the wrong way round',
      rule({ validFrom: '2026-02-03', validTo: '2026-01-01' }),
      [['RULE_NEVER_IN_FORCE', 'warning', '/parts/0/rules/0/validTo']],
    ],
    [
      'no condition',
      rule({ when: null }),
      [['RULE_NEVER_MET', 'warning', '/parts/0/rules/0/when']],
    ],
    [
      'no action',
      rule({ then: [] }),
      [['RULE_WITHOUT_ACTION', 'warning', '/parts/0/rules/0/then']],
    ],
    [
      'a prototype',
      rule({ then: [{ do: 'set', field: '__proto__', value: 1 }] }),
      [['DECISION_FIELD_FORBIDDEN', 'error', '/parts/0/rules/0/then/0/field']],
    ],
    [
      'outcome as field',
      rule({ then: [{ do: 'set', field: 'outcome', value: 1 }] }),
      [['FIELD_IS_OUTCOME', 'error', '/parts/0/rules/0/then/0/field']],
    ],
    [
      'ids',
      [expression('a', 1), expression('a', 2)],
      [['DECISION_ID_TWICE', 'error', '/parts/1/id']],
    ],
    ['a later part', [expression('a', { var: 'b' }), expression('b', 1)], []],
    ['itself', [expression('a', { var: 'a' })], [['REFERENCE_CYCLE', 'error', '/parts/0/value']]],
    [
      'a circle',
      [expression('a', { var: 'c' }), expression('b', { var: 'a' }), expression('c', { var: 'b' })],
      [['REFERENCE_CYCLE', 'error', '/parts/0/value']],
    ],
    [
      'width',
      table({ rows: [row('1', [1, 2], [])] }),
      [
        ['TABLE_ROW_WIDTH', 'error', '/parts/0/rows/0/when'],
        ['TABLE_ROW_WIDTH', 'error', '/parts/0/rows/0/then'],
      ],
    ],
    [
      'a row after "any"',
      table({ rows: [row('1', [null], [1]), row('2', [5], [2])] }),
      [['TABLE_ROW_UNREACHABLE', 'warning', '/parts/0/rows/1']],
    ],
    [
      'unique twice',
      table({ hitPolicy: 'unique', rows: [row('1', [5], [1]), row('2', [5], [1])] }),
      [['TABLE_ROWS_CLASH', 'error', '/parts/0/rows/1']],
    ],
    [
      'any with two answers',
      table({ hitPolicy: 'any', rows: [row('1', [5], [1]), row('2', [5], [2])] }),
      [['TABLE_ROWS_CLASH', 'error', '/parts/0/rows/1']],
    ],
    [
      'no order',
      table({ hitPolicy: 'priority' }),
      [['TABLE_WITHOUT_ORDER', 'error', '/parts/0/outputs']],
    ],
    ['totals', table({ aggregate: 'sum' }), [['TABLE_AGGREGATE', 'error', '/parts/0/aggregate']]],
    [
      'a row without reason',
      table({
        outputs: [{ id: 'o', name: 'O', expression: 'outcome' }],
        rows: [row('1', [1], ['decline'])],
      }),
      [['OUTCOME_WITHOUT_REASON', 'error', '/parts/0/rows/0/then']],
    ],
  ])('finds %s', (_, parts, expected) => expect(findings(parts)).toEqual(expected))

  it('knows the fields of the input, and warns unless the schema is closed', () => {
    const open = { properties: { score: {} } }
    const parts = [expression('a', { plus: [{ var: 'score' }, { var: 'input.scor' }] })]
    expect(findings(parts, open)).toEqual([['REFERENCE_UNKNOWN', 'warning', '/parts/0/value']])
    expect(findings(parts, { ...open, additionalProperties: false })).toEqual([
      ['REFERENCE_UNKNOWN', 'error', '/parts/0/value'],
    ])
    expect(findings([expression('score', 1)], open)).toEqual([
      ['PART_HIDES_INPUT', 'warning', '/parts/0/id'],
    ])
  })
  it('[R818] tells circles of parts, and only those, however the parts read one another', () => {
    const size = 6
    const id = (index: number): string => `p${index}`
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), {
          minLength: size,
          maxLength: size,
        }),
        (reads) => {
          const reaches = (from: number, to: number, seen = new Set<number>()): boolean =>
            (reads[from] ?? []).some((next) => {
              if (next === to) return true
              if (seen.has(next)) return false
              seen.add(next)
              return reaches(next, to, seen)
            })
          const expected = reads.flatMap((list, index) =>
            list
              .filter((target) => target >= index && (target === index || reaches(target, index)))
              .map((target) => [id(index), id(target)]),
          )
          const parts = reads.map((list, index) =>
            expression(id(index), { coalesce: [...list.map((each) => ({ var: id(each) })), 1] }),
          )
          const told = validateDecision(document(parts))
            .filter(({ code }) => code === 'REFERENCE_CYCLE')
            .map(({ params }) => [params['part'], params['other']])
          expect(told).toEqual(expected)
        },
      ),
    )
  })
  it('[R818] bears chains and circles of thousands of parts', () => {
    const chain = (last: Json): Json[] =>
      Array.from({ length: 3000 }, (_, index) =>
        expression(`p${index}`, index === 2999 ? last : { plus: [{ var: `p${index + 1}` }, 1] }),
      )
    expect(findings(chain(1))).toEqual([])
    expect(compileDecision(document(chain(1)))({}, 0).values['p0']).toBe(3000)
    const circle = findings(chain({ var: 'p0' }))
    expect(new Set(circle.map(([code]) => code))).toEqual(new Set(['REFERENCE_CYCLE']))
  })
  it('has a sentence for each finding, with nothing left to fill in', () => {
    const bad = document([
      ...(rule({ when: { nope: 1 }, then: [{ do: 'outcome', outcome: 'refer' }] }) as Json[]),
      ...(table({ rows: [row('1', [], [{ lt: [1] }])] }) as Json[]),
    ])
    for (const { code, params } of validateDecision(bad)) {
      expect(isMessageCode(code) && sentence(code, params)).not.toMatch(/\{\w+\}/)
    }
  })
  it('lets nothing pass that does not compile', () => {
    const bad = document(rule({ when: { nope: 1 } }))
    expect(validateDecision(bad).some(({ severity }) => severity === 'error')).toBe(true)
    expect(() => compileDecision(bad)).toThrow('"nope"')
  })
})

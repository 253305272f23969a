import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Json } from '#core/json.ts'
import { install } from '../install.ts'
import type { Progress } from '../measure.ts'
import type { Applicant, PolicyRule } from './policy.ts'
import type { GridRow } from './tables.ts'

/** Which rules fire for each of the applicants. */
export type Fires = (list: readonly Applicant[]) => string[][] | Promise<string[][]>
/** The rate of each of the applicants. */
export type Prices = (list: readonly Applicant[]) => Promise<(number | null)[]>

interface Zen {
  readonly ZenEngine: new () => {
    createDecision(content: object): { evaluate(context: object): Promise<{ result: unknown }> }
  }
}
interface JsonLogicEngine {
  readonly LogicEngine: new () => { build(logic: Json): (data: object) => unknown }
}
interface JsonLogicJs {
  apply(logic: Json, data: object): unknown
}
interface JsonRulesEngine {
  readonly Engine: new () => {
    addRule(rule: object): void
    run(facts: object): Promise<{ events: { type: string }[] }>
  }
}

/** Other engines, installed for this: no dependency of the product but json-logic-js, which is taken from here too. */
export function otherEngines(progress: Progress) {
  const load = createRequire(join(install('rule-engines', progress), 'package.json'))
  return {
    'json-logic-js': (rules: readonly PolicyRule[]): Fires => {
      const { apply } = load('json-logic-js') as JsonLogicJs
      const logic = rules.map(plainLogic)
      return (list) => list.map((one) => firing(rules, (index) => apply(logic[index] as Json, one)))
    },
    'json-logic-engine': (rules: readonly PolicyRule[]): Fires => {
      const { LogicEngine } = load('json-logic-engine') as JsonLogicEngine
      const engine = new LogicEngine()
      const compiled = rules.map((rule) => engine.build(plainLogic(rule)))
      return (list) => list.map((one) => firing(rules, (index) => compiled[index]?.(one)))
    },
    'json-rules-engine': (rules: readonly PolicyRule[]): Fires => {
      const { Engine } = load('json-rules-engine') as JsonRulesEngine
      const engine = new Engine()
      for (const { id, conditions } of rules)
        engine.addRule({
          event: { type: id },
          conditions: {
            all: conditions.map(([fact, operator, value]) => ({
              fact,
              operator: jsonRulesOperators[operator],
              value,
            })),
          },
        })
      const order = new Map(rules.map(({ id }, index) => [id, index]))
      const place = (id: string): number => order.get(id) ?? 0
      return async (list) => {
        const all: string[][] = []
        for (const one of list) {
          const { events } = await engine.run(one)
          all.push(events.map(({ type }) => type).sort((a, b) => place(a) - place(b)))
        }
        return all
      }
    },
    zen: (rules: readonly PolicyRule[]): Fires => {
      const fields = [...new Set(rules.flatMap(({ conditions }) => conditions.map(([f]) => f)))]
      const rows = rules.map(({ id, conditions }) => ({
        _id: id,
        // A cell without a condition has to be empty text, or it never matches.
        ...Object.fromEntries(fields.map((field) => [field, ''])),
        ...Object.fromEntries(conditions.map(([field, o, v]) => [field, zenCell(o, v)])),
        rule: JSON.stringify(id),
      }))
      const evaluate = zenTable(load('@gorules/zen-engine') as Zen, {
        hitPolicy: 'collect',
        fields,
        output: 'rule',
        rows,
      })
      return async (list) =>
        (await sixtyFourAtOnce(list, evaluate)).map((hits) =>
          (hits as { rule: string }[]).map(({ rule }) => rule),
        )
    },
    zenGrid: (rows: readonly GridRow[]): Prices => {
      const evaluate = zenTable(load('@gorules/zen-engine') as Zen, {
        hitPolicy: 'first',
        fields: ['score', 'income', 'employment', 'vintage'],
        output: 'rate',
        rows: rows.map((row, index) => ({
          _id: `row${index}`,
          score: `[${row.score[0]}..${row.score[1]})`,
          income: `[${row.income[0]}..${row.income[1]})`,
          employment: row.employment?.map((kind) => JSON.stringify(kind)).join(', ') ?? '',
          vintage: row.vintage === null ? '' : `>= ${row.vintage}`,
          rate: String(row.rate),
        })),
      })
      return async (list) =>
        (await sixtyFourAtOnce(list, evaluate)).map(
          (hit) => (hit as { rate?: number } | null)?.rate ?? null,
        )
    },
  }
}

const firing = (rules: readonly PolicyRule[], met: (index: number) => unknown): string[] => {
  const fired: string[] = []
  for (let index = 0; index < rules.length; index += 1)
    if (met(index) === true) fired.push((rules[index] as PolicyRule).id)
  return fired
}

const jsonLogicOperators = { lt: '<', lte: '<=', gt: '>', gte: '>=', in_list: 'in' } as const
const plainLogic = ({ conditions }: PolicyRule): Json => ({
  and: conditions.map(([field, operator, value]) => ({
    [jsonLogicOperators[operator]]: [{ var: field }, value as Json],
  })),
})
const jsonRulesOperators = {
  lt: 'lessThan',
  lte: 'lessThanInclusive',
  gt: 'greaterThan',
  gte: 'greaterThanInclusive',
  in_list: 'in',
} as const

const zenCell = (operator: keyof typeof jsonLogicOperators, value: unknown): string =>
  operator === 'in_list'
    ? (value as string[]).map((one) => JSON.stringify(one)).join(', ')
    : `${jsonLogicOperators[operator]} ${String(value)}`

interface ZenTable {
  readonly hitPolicy: 'first' | 'collect'
  readonly fields: readonly string[]
  readonly output: string
  readonly rows: readonly Readonly<Record<string, string>>[]
}

function zenTable({ ZenEngine }: Zen, { hitPolicy, fields, output, rows }: ZenTable) {
  const column = (field: string) => ({ id: field, name: field, field, type: 'expression' })
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      {
        id: 'table',
        name: 'table',
        type: 'decisionTableNode',
        content: {
          hitPolicy,
          inputs: fields.map(column),
          outputs: [column(output)],
          rules: rows,
        },
      },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  })
  return async (one: Applicant): Promise<unknown> => (await decision.evaluate(one)).result
}

/** Its evaluations run on threads of their own: so many at once is where it is fastest. */
async function sixtyFourAtOnce(
  list: readonly Applicant[],
  evaluate: (one: Applicant) => Promise<unknown>,
): Promise<unknown[]> {
  const results: unknown[] = []
  for (let from = 0; from < list.length; from += 64)
    results.push(...(await Promise.all(list.slice(from, from + 64).map(evaluate))))
  return results
}

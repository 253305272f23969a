import { decisionSchema, type Decision, type DecisionPart } from '#core/graph/decision.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import { randomFrom } from './policy.ts'

type TablePart = Extract<DecisionPart, { kind: 'table' }>
const tested = { var: '?' }

/**
 * A policy table as wide as they come: each row asks a band of the first column and of a few others, kinds of a text
 * in every fifth column, and nothing of the rest. Rows overlap at random.
 */
export function wideTable(
  rows: number,
  columns: number,
): { part: TablePart; schema: JsonSchema; decision: Decision } {
  const random = randomFrom(rows * columns)
  const below = (limit: number): number => Math.floor(random() * limit)
  const isText = (column: number): boolean => column % 5 === 4
  const cell = (column: number): Json => {
    if (column > 0 && random() < 0.6) return null
    if (isText(column)) return ['A', 'B', 'C', 'D'].slice(below(3), 4)
    const from = below(90) * 10
    return { all_of: [{ gte: [tested, from] }, { lt: [tested, from + 10 + below(40) * 10] }] }
  }
  const ids = Array.from({ length: columns }, (_, column) => `c${column}`)
  const decision = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'wide',
    name: 'Wide',
    input: {},
    parts: [
      {
        kind: 'table',
        id: 'wide',
        name: 'Wide',
        hitPolicy: 'first',
        inputs: ids.map((id) => ({ id, name: id, expression: { var: id } })),
        outputs: [{ id: 'rate', name: 'Rate', expression: 'rate' }],
        rows: Array.from({ length: rows }, (_, row) => ({
          id: `r${row}`,
          when: ids.map((_, column) => cell(column)),
          then: [row],
        })),
      },
    ],
  })
  const properties = Object.fromEntries(
    ids.map((id, column) => [
      id,
      isText(column) ? { enum: ['A', 'B', 'C', 'D'] } : { type: 'number' },
    ]),
  )
  const schema = { type: 'object', properties }
  return { part: decision.parts[0] as TablePart, schema, decision: { ...decision, input: schema } }
}

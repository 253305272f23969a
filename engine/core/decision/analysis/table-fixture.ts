import fc from 'fast-check'
import { analyseTable, type TableAnalysis } from '#core/decision/analysis/analyse-table.ts'
import { rowTests, type TablePart } from '#core/decision/table.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Fix } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json, JsonObject, JsonSchema } from '#core/json.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'

export type Row = readonly [when: readonly Logic[], then?: Json]
export const tested = { var: '?' }
const names = ['score', 'kind', 'old'] as const

export const table = (
  rows: readonly Row[],
  hitPolicy: TablePart['hitPolicy'] = 'first',
): TablePart => ({
  kind: 'table',
  id: 'policy',
  name: 'Policy',
  hitPolicy,
  inputs: names.map((name) => ({ id: name, name, expression: { var: name }, type: 'any' })),
  outputs: [{ id: 'band', name: 'Band', expression: 'band', type: 'any' }],
  rows: rows.map(([when, then], index) => ({
    id: `r${index}`,
    when: names.map((_, column) => when[column] ?? null) as Logic[],
    then: [then ?? index],
  })),
})
export const schema: JsonSchema = {
  type: 'object',
  properties: {
    score: { type: 'number' },
    kind: { type: 'string' },
    old: { type: 'boolean' },
  },
}

/** Every combination of values that the tests below can tell apart, and some more. */
const scores: Json[] = [null, ...Array.from({ length: 17 }, (_, index) => (index - 1) / 2)]
const kinds: Json[] = [null, 'A', 'B', 'C', 'X']
const olds: Json[] = [null, true, false]
export const everyone: JsonObject[] = scores.flatMap((score) =>
  kinds.flatMap((kind) =>
    olds.map((old) =>
      Object.fromEntries(
        Object.entries({ score, kind, old }).filter(([, value]) => value !== null),
      ),
    ),
  ),
)
export const whole = (input: JsonObject): boolean => Object.keys(input).length === names.length

export const tester = (part: TablePart) => {
  const tests = part.rows.map((row) =>
    rowTests(part, row).map((tree) => compileTree(tree, plainReading)),
  )
  return (input: JsonObject): number[] =>
    tests.flatMap((cells, row) =>
      cells.every((cell) => cell(input, { at: 0 }) === true) ? [row] : [],
    )
}

const threshold = fc.integer({ min: 0, max: 6 })
const scoreCell = fc.oneof(
  fc.constant<Logic>(null),
  threshold,
  fc
    .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), threshold)
    .map(([operator, value]): Logic => ({ [operator]: [tested, value] })),
  fc.tuple(threshold, threshold).map(([a, b]): Logic => ({ between: [tested, a, b] })),
  fc
    .tuple(threshold, threshold)
    .map(([a, b]): Logic => ({ any_of: [{ lt: [tested, a] }, { not: { lte: [tested, b] } }] })),
  fc.constant<Logic>({ is_missing: tested }),
)
const kindCell = fc.oneof(
  fc.constant<Logic>(null),
  fc.constantFrom<Logic>('A', 'B', ['A', 'B'], { not: { in_list: [tested, ['A', 'C']] } }),
)
const oldCell = fc.constantFrom<Logic>(null, true, false, { is_present: tested })
export const rows = fc.array(
  fc.tuple(fc.tuple(scoreCell, kindCell, oldCell), fc.integer({ min: 0, max: 2 })),
  { minLength: 1, maxLength: 7 },
)

export const analysed = (part: TablePart): TableAnalysis => {
  const analysis = analyseTable(part, schema)
  if (analysis === null || analysis === 'too wide') throw new Error('not analysed')
  return analysis
}

type Patchable = Record<string, unknown>
/** The part with a fix applied whose places count in the part. */
export const patched = <P extends DecisionPart>(part: P, fix: Fix): P => {
  // Random values share objects; in a document none does.
  const copy = JSON.parse(JSON.stringify(part)) as Json
  for (const { op, path, value } of fix.patch) {
    const keys = path.split('/').slice(1)
    const last = keys.pop() ?? ''
    const into = keys.reduce<Patchable>((inner, key) => inner[key] as Patchable, copy as Patchable)
    if (op === 'remove') (into as unknown as Json[]).splice(Number(last), 1)
    else if (last === '-') (into as unknown as Json[]).push(value as Json)
    else into[last] = value as Json
  }
  return copy as unknown as P
}

import { TerminalError } from '#core/errors.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import { same } from '#core/logic/compare.ts'
import { operators } from '#core/logic/operators.ts'
import { outcomes } from '#core/decision/severity.ts'

type TablePart = Extract<DecisionPart, { kind: 'table' }>
type HitPolicy = TablePart['hitPolicy']
export type Outputs = Readonly<Record<string, Json>>
interface Hit {
  readonly index: number
  readonly row: TablePart['rows'][number]
  readonly outputs: Outputs
}

/** Which of the rows that are hit count, and in which order (DMN 1.5, 8.2.8). */
const policies: Readonly<
  Record<HitPolicy, (part: TablePart, hits: readonly Hit[]) => readonly Hit[]>
> = {
  unique: (part, hits) => {
    if (hits.length > 1) throw violation('TABLE_NOT_UNIQUE', part, hits)
    return hits
  },
  first: (_, hits) => hits.slice(0, 1),
  any: (part, hits) => {
    const [first] = hits
    if (first && hits.some((hit) => !same(hit.outputs, first.outputs))) {
      throw violation('TABLE_ANY_DIFFERS', part, hits)
    }
    return hits.slice(0, 1)
  },
  priority: (part, hits) => ranked(part, hits).slice(0, 1),
  'rule order': (_, hits) => hits,
  'output order': ranked,
  collect: (_, hits) => hits,
}

/** @throws TerminalError TABLE_NOT_UNIQUE, TABLE_ANY_DIFFERS */
export const chosenRows = (part: TablePart, hits: readonly Hit[]): readonly Hit[] =>
  policies[part.hitPolicy](part, hits)

export const isSingleHit = ({ hitPolicy }: TablePart): boolean =>
  hitPolicy === 'unique' || hitPolicy === 'first' || hitPolicy === 'any' || hitPolicy === 'priority'

const violation = (
  code: 'TABLE_NOT_UNIQUE' | 'TABLE_ANY_DIFFERS',
  part: TablePart,
  hits: readonly Hit[],
) =>
  new TerminalError(code, {
    table: part.name,
    part: part.id,
    rows: hits.map(({ row }) => row.id).join(', '),
  })

/** By the columns' lists of values, from the left; equal ones, and values in no list, stay in the order of rows. */
export function ranked(part: TablePart, hits: readonly Hit[]): readonly Hit[] {
  const columns = part.outputs.map((column) => {
    const field =
      typeof column.expression === 'string' && column.expression !== ''
        ? column.expression
        : column.id
    // Outcomes have an order of their own: the most severe first.
    const values = column.values ?? (field === 'outcome' ? outcomes.toReversed() : [])
    return { field, rank: (value: Json) => rankIn(values, value) }
  })
  return hits.toSorted((a, b) => {
    for (const { field, rank } of columns) {
      const way = rank(a.outputs[field] ?? null) - rank(b.outputs[field] ?? null)
      if (way !== 0) return way
    }
    return a.index - b.index
  })
}

function rankIn(values: readonly Json[], value: Json): number {
  const found = values.findIndex((one) => same(one, value))
  return found < 0 ? values.length : found
}

/** Totals over one output of the rows that are hit; null where one of them is no number. Of no row the count is 0, all else null. */
export function aggregate(
  kind: NonNullable<TablePart['aggregate']>,
  values: readonly Json[],
): Json {
  if (kind === 'count') return values.length
  const { form } = operators[({ sum: 'sum_of', min: 'min_of', max: 'max_of' } as const)[kind]]
  return form.kind === 'list' ? form.call([values]) : null
}

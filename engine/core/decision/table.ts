import { giveOutcome, setField, type Draft } from '#core/decision/draft.ts'
import { aggregate, chosenRows, isSingleHit, type Outputs } from '#core/decision/hit-policy.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { narrowing } from '#core/decision/narrowing.ts'
import { bind, missingPaths, type PartProgram } from '#core/decision/program.ts'
import { isOutcome } from '#core/decision/severity.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import type { Env, Evaluate } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { startsAnew, type Tree } from '#core/logic/tree.ts'

export type TablePart = Extract<DecisionPart, { kind: 'table' }>
type Row = TablePart['rows'][number]

/** An output column writes to the field that its expression names; without a name, to its id. */
export const fieldOf = (column: TablePart['outputs'][number]): string =>
  typeof column.expression === 'string' && column.expression !== '' ? column.expression : column.id

/**
 * The value is an object of the outputs where the hit policy gives one row (null where none is hit), a list of such
 * objects where it gives several, an object of totals with an aggregate.
 * Output fields named `outcome`, `reason` (with `reason_text`), `condition` and `flag` act as the actions of that name.
 */
export function compileTable(part: TablePart, layout: Layout): PartProgram {
  const fields = part.outputs.map(fieldOf)
  const tests = part.rows.map((row) => rowTests(part, row))
  const outputs = part.rows.map((row) =>
    fields.map((_, column) => bind(parseLogic(row.then[column] ?? null), layout)),
  )
  const outputsOf = (row: readonly Evaluate[], frame: Frame, env: Env): Outputs => {
    const values: Record<string, Json> = {}
    // Names of fields were checked when the decision was compiled.
    for (let column = 0; column < row.length; column += 1)
      values[fields[column] as string] = (row[column] as Evaluate)(frame, env)
    return values
  }
  return {
    id: part.id,
    first: part.hitPolicy === 'first',
    narrow: narrowing(
      tests.map((conditions) => ({ conditions, whole: true })),
      { layout, first: part.hitPolicy === 'first' },
    ),
    units: part.rows.map((row, index) => ({
      id: row.id,
      test: bindRow(tests[index] as readonly Tree[], layout),
      hit: (draft) => draft.part.hits.push(index),
      missing: missingPaths(conjunction(tests[index] as readonly Tree[]), layout),
    })),
    conclude: (draft, frame, env) => {
      const hits = draft.part.hits.map((index) => ({
        index,
        row: part.rows[index] as Row,
        outputs: outputsOf(outputs[index] as readonly Evaluate[], frame, env),
      }))
      const chosen = chosenRows(part, hits)
      for (const { row, index, outputs: values } of chosen) {
        draft.fired.push({ part: part.id, rule: row.id, name: row.note ?? `Row ${index + 1}` })
        act(draft, part.id, row, values)
      }
      const value = tableValue(part, fields, chosen)
      if (isSingleHit(part) || part.aggregate) {
        for (const [field, total] of Object.entries(value ?? {}))
          setField(draft, field, total as Json)
      }
      return value
    },
  }
}

function tableValue(
  part: TablePart,
  fields: readonly string[],
  chosen: readonly { readonly outputs: Outputs }[],
): Json {
  if (isSingleHit(part)) return chosen[0]?.outputs ?? null
  const { aggregate: kind } = part
  if (part.hitPolicy !== 'collect' || !kind) return chosen.map(({ outputs }) => outputs)
  return Object.fromEntries(
    fields.map((field) => [
      field,
      aggregate(
        kind,
        chosen.map(({ outputs }) => outputs[field] ?? null),
      ),
    ]),
  )
}

/** The reserved output fields. */
function act(draft: Draft, part: string, row: Row, outputs: Outputs): void {
  const { outcome, reason, reason_text: text, condition, flag } = outputs
  if (isOutcome(outcome)) giveOutcome(draft, outcome)
  if (typeof reason === 'string') {
    const words = typeof text === 'string' ? text : (row.note ?? reason)
    draft.reasons.push({ code: reason, text: words, source: `${part}.${row.id}` })
  }
  if (typeof condition === 'string') draft.conditions.push(condition)
  if (typeof flag === 'string' && !draft.flags.includes(flag)) draft.flags.push(flag)
}

/** The row's conditions with the columns' expressions in the place of `?`. */
export function rowTests(part: TablePart, row: Row): readonly Tree[] {
  return part.inputs.flatMap((column, index) => {
    const cell = row.when[index] ?? null
    return cell === null ? [] : [cellTest(parseLogic(cell), parseLogic(column.expression))]
  })
}

/** A cell that is only a value asks for equality, a list for membership. */
export function cellTest(cell: Tree, tested: Tree): Tree {
  const { place } = cell
  if (cell.kind === 'value') return { kind: 'call', operator: 'eq', args: [tested, cell], place }
  if (cell.kind === 'list')
    return { kind: 'call', operator: 'in_list', args: [tested, cell], place }
  return substitute(cell, tested)
}

function substitute(tree: Tree, tested: Tree): Tree {
  if (tree.kind === 'value') return tree
  if (tree.kind === 'list')
    return { ...tree, items: tree.items.map((item) => substitute(item, tested)) }
  if (tree.kind === 'path') {
    if (tree.path[0] !== '?') return tree
    if (tree.path.length === 1) return tested
    return tested.kind === 'path'
      ? { ...tree, path: [...tested.path, ...tree.path.slice(1)] }
      : tree
  }
  return {
    ...tree,
    args: tree.args.map((arg, index) =>
      startsAnew(tree.operator, index) ? arg : substitute(arg, tested),
    ),
  }
}

const conjunction = (args: readonly Tree[]): Tree => ({
  kind: 'call',
  operator: 'all_of',
  args,
  place: '',
})

/** False at the first cell that is false; a cell that is unknown leaves the row unknown. */
function bindRow(cells: readonly Tree[], layout: Layout): Evaluate {
  return bind(conjunction(cells), layout)
}

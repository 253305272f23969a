import { giveOutcome, setField, type Draft } from '#core/decision/draft.ts'
import { aggregate, chosenRows, isSingleHit, type Outputs } from '#core/decision/hit-policy.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { narrowing } from '#core/decision/narrowing.ts'
import { bind, missingPaths, type PartProgram, type Unit } from '#core/decision/program.ts'
import { isOutcome } from '#core/decision/severity.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
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
  const first = part.hitPolicy === 'first'
  const units = part.rows.map((row, index): Unit => {
    const condition = conjunction(rowTests(part, row))
    return {
      id: row.id,
      condition,
      inForce: null,
      test: bind(condition, layout),
      hit: (draft) => draft.part.hits.push(index),
      missing: missingPaths(condition, layout),
    }
  })
  const outputs = part.rows.map((row) => rowOutputs(row, fields, layout))
  const acts = fields.some((field) => actingFields.has(field))
  const fire = (draft: Draft, row: Row, index: number, values: Outputs): void => {
    draft.fired.push({ part: part.id, rule: row.id, name: row.note ?? `Row ${index + 1}` })
    if (acts) act(draft, part.id, row, values)
  }
  const setAll = (draft: Draft, values: Outputs): void => {
    for (const field of fields) setField(draft, field, values[field] as Json)
  }
  const conclude: PartProgram['conclude'] = (draft, frame, env) => {
    const hits = draft.part.hits.map((index) => ({
      index,
      row: part.rows[index] as Row,
      outputs: (outputs[index] as RowOutputs)(frame, env),
    }))
    const chosen = chosenRows(part, hits)
    for (const { row, index, outputs: values } of chosen) fire(draft, row, index, values)
    const value = tableValue(part, fields, chosen)
    // One row's outputs, or totals.
    if (isObject(value)) setAll(draft, value as Outputs)
    return value
  }
  const concludeFirst: PartProgram['conclude'] = (draft, frame, env) => {
    const [index] = draft.part.hits
    if (index === undefined) return null
    const values = (outputs[index] as RowOutputs)(frame, env)
    fire(draft, part.rows[index] as Row, index, values)
    setAll(draft, values)
    return values
  }
  return {
    id: part.id,
    first,
    narrow: narrowing(units, { layout, first }),
    units,
    conclude: first ? concludeFirst : conclude,
  }
}

type RowOutputs = (frame: Frame, env: Env) => Outputs

/** What a row gives by field. Written values are one object for all evaluations. */
function rowOutputs(row: Row, fields: readonly string[], layout: Layout): RowOutputs {
  const trees = fields.map((_, column) => parseLogic(row.then[column] ?? null))
  // Names of fields were checked when the decision was compiled.
  if (trees.every((tree) => tree.kind === 'value')) {
    const values = Object.freeze(
      Object.fromEntries(trees.map(({ value }, column) => [fields[column] as string, value])),
    )
    return () => values
  }
  const columns = trees.map((tree) => bind(tree, layout))
  return (frame, env) => {
    const values: Record<string, Json> = {}
    for (let column = 0; column < columns.length; column += 1)
      values[fields[column] as string] = (columns[column] as Evaluate)(frame, env)
    return values
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

const actingFields: ReadonlySet<string> = new Set(['outcome', 'reason', 'condition', 'flag'])

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
    return cell === null ? [] : [columnTest(cell, column.expression)]
  })
}

type Written = Extract<Logic, object>
const columnTests = new WeakMap<Written, { readonly tested: Logic; readonly test: Tree }>()

/** Of a cell that stayed the same the test is the same, whatever was edited around it. */
function columnTest(cell: Logic, tested: Logic): Tree {
  const known = isWritten(cell) ? columnTests.get(cell) : undefined
  if (known?.tested === tested) return known.test
  const test = cellTest(parseLogic(cell), parseLogic(tested))
  if (isWritten(cell)) columnTests.set(cell, { tested, test })
  return test
}
const isWritten = (logic: Logic): logic is Written => typeof logic === 'object' && logic !== null

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

/** False at the first cell that is false; a cell that is unknown leaves the row unknown. */
const conjunction = (args: readonly Tree[]): Tree => ({
  kind: 'call',
  operator: 'all_of',
  args,
  place: '',
})

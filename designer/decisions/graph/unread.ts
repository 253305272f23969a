import { rootsOf } from '#core/decision/validate-references.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { changePart, type Part, type PartKind } from '../edit.ts'
import { removeColumn } from '../table/edit-table.ts'
import type { GraphEdge } from './decision-graph.ts'
import { t } from './messages.ts'

/** A part that reads another one no more, and what had to go for it, in words. */
interface Freed<P> {
  readonly part: P
  readonly taken: readonly string[]
}
type Reads = (logic: Logic) => boolean
type Free = { readonly [K in PartKind]: (part: Part<K>, reads: Reads) => Freed<Part<K>> }

/** The list without what reads, and the names of that. */
function parted<T>(
  list: readonly T[],
  reads: (each: T) => boolean,
  nameOf: (each: T) => string,
): { readonly kept: T[]; readonly taken: string[] } {
  return {
    kept: list.filter((each) => !reads(each)),
    taken: list.filter(reads).map(nameOf),
  }
}

/** By kind, what of a part reads the other one and can go as a whole. */
const frees: Free = {
  table: freeTable,
  scorecard: (part, reads) => {
    const { kept, taken } = parted(
      part.characteristics,
      ({ expression, bins }) => reads(expression) || bins.some(({ when }) => reads(when)),
      ({ id, name }) => t('takenCharacteristic', { name: name || id }),
    )
    return { part: { ...part, characteristics: kept }, taken }
  },
  rules: (part, reads) => {
    const { kept, taken } = parted(
      part.rules,
      ({ when, then }) =>
        reads(when) ||
        then.some((action) =>
          action.do === 'set'
            ? reads(action.value)
            : action.do === 'adjust'
              ? reads(action.by)
              : false,
        ),
      ({ name }) => t('takenRule', { name }),
    )
    return { part: { ...part, rules: kept }, taken }
  },
  switch: (part, reads) => {
    const { kept, taken } = parted(
      part.cases,
      ({ when }) => reads(when),
      ({ name }) => t('takenCase', { name }),
    )
    return { part: { ...part, cases: kept }, taken }
  },
  decision: (part, reads) => {
    const { kept, taken } = parted(
      Object.entries(part.inputs),
      ([, value]) => reads(value),
      ([name]) => t('takenInput', { name }),
    )
    return { part: { ...part, inputs: Object.fromEntries(kept) }, taken }
  },
  output: (part, reads) => {
    const { kept, taken } = parted(
      part.fields,
      ({ value }) => reads(value),
      ({ name }) => t('takenField', { name }),
    )
    return { part: { ...part, fields: kept }, taken }
  },
  expression: (part, reads) =>
    reads(part.value)
      ? { part: { ...part, value: null }, taken: [t('takenExpression')] }
      : { part, taken: [] },
}

/** A column that tests the value goes with its cells; a cell that reads it is emptied. */
function freeTable(part: Part<'table'>, reads: Reads): Freed<Part<'table'>> {
  const columns = part.inputs.flatMap(({ expression }, at) => (reads(expression) ? [at] : []))
  const narrow = columns.reduceRight((now, at) => removeColumn(now, 'inputs', at), part)
  const taken = columns.map((at) => {
    const column = part.inputs[at]
    return t('takenColumn', { name: column?.name || column?.id || '' })
  })
  let cells = 0
  const emptied = (list: readonly Logic[]): Logic[] =>
    list.map((cell) => {
      if (!reads(cell)) return cell
      cells += 1
      return null
    })
  const rows = narrow.rows.map((row) =>
    [...row.when, ...row.then].some(reads)
      ? { ...row, when: emptied(row.when), then: emptied(row.then) }
      : row,
  )
  return {
    part: { ...narrow, rows },
    taken: [...taken, ...(cells === 0 ? [] : [t('takenCells', { count: cells })])],
  }
}

export interface Unread {
  readonly decision: Decision
  /** What is taken out of the target. */
  readonly taken: readonly string[]
}

/** The decision in which the line's target reads its source no more; null where it reads nothing of it. */
export function unread(decision: Decision, { source, target }: GraphEdge): Unread | null {
  const part = decision.parts.find(({ id }) => id === target)
  if (part === undefined) return null
  // The kind selects the way of that kind; the compiler cannot see that the two belong together.
  const free = frees[part.kind] as (part: DecisionPart, reads: Reads) => Freed<DecisionPart>
  const { part: next, taken } = free(part, (logic) => rootsOf(logic).includes(source))
  return taken.length === 0
    ? null
    : { decision: changePart(decision, part, () => next as typeof part), taken }
}

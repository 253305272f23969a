import { report, reportLogic, reportTwice } from '#core/decision/report.ts'
import { fieldOf, type TablePart } from '#core/decision/table.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import { canonicalJson, isForbiddenKey, type Json } from '#core/json.ts'

type Row = TablePart['rows'][number]
type Patched = Fix['patch'][number]['value']

export function validateTable(part: TablePart, path: string): Finding[] {
  const { inputs, outputs, rows } = part
  return [
    ...reportTwice(ids(rows), (index) => `${path}/rows/${index}/id`),
    ...reportTwice(ids(inputs), (index) => `${path}/inputs/${index}/id`),
    ...reportTwice(outputs.map(fieldOf), (index) => `${path}/outputs/${index}/expression`),
    ...inputs.flatMap((column, index) =>
      reportLogic(column.expression, `${path}/inputs/${index}/expression`),
    ),
    ...outputs.flatMap((column, index) =>
      isForbiddenKey(fieldOf(column))
        ? [
            report('DECISION_FIELD_FORBIDDEN', `${path}/outputs/${index}/expression`, {
              params: { field: fieldOf(column) },
            }),
          ]
        : [],
    ),
    ...rows.flatMap((row, index) => validateRow(part, row, `${path}/rows/${index}`)),
    ...validateHitPolicy(part, path),
  ]
}

const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)

function validateRow(part: TablePart, row: Row, path: string): Finding[] {
  return [
    ...validateWidth(row, path, 'when', part.inputs.length),
    ...validateWidth(row, path, 'then', part.outputs.length),
    ...row.when.flatMap((cell, index) => reportLogic(cell, `${path}/when/${index}`)),
    ...row.then.flatMap((cell, index) => reportLogic(cell, `${path}/then/${index}`)),
    ...validateReason(part, row, path),
  ]
}

function validateWidth(row: Row, path: string, side: 'when' | 'then', expected: number): Finding[] {
  const cells = row[side]
  if (cells.length === expected) return []
  // zod's JSON type is mutable, ours is not.
  const value = Array.from({ length: expected }, (_, index) => cells[index] ?? null) as Patched
  return [
    report('TABLE_ROW_WIDTH', `${path}/${side}`, {
      params: { row: row.id, given: cells.length, expected },
      fix: {
        title:
          cells.length < expected ? 'Fill the row with empty cells' : 'Cut off the cells too many',
        patch: [{ op: 'replace', path: `${path}/${side}`, value }],
      },
    }),
  ]
}

/** A row that declines or refers needs a reason code in the same row. */
function validateReason(part: TablePart, row: Row, path: string): Finding[] {
  const cell = (field: string): Json =>
    row.then[part.outputs.findIndex((column) => fieldOf(column) === field)] ?? null
  const outcome = cell('outcome')
  if ((outcome !== 'decline' && outcome !== 'refer') || (cell('reason') ?? '') !== '') return []
  return [report('OUTCOME_WITHOUT_REASON', `${path}/then`, { params: { rule: row.id, outcome } })]
}

function validateHitPolicy(part: TablePart, path: string): Finding[] {
  const { hitPolicy, aggregate, outputs, rows } = part
  const findings: Finding[] = []
  if (aggregate && hitPolicy !== 'collect') {
    findings.push(
      report('TABLE_AGGREGATE', `${path}/aggregate`, {
        params: { table: part.name, hitPolicy },
        fix: {
          title: 'Collect',
          patch: [{ op: 'replace', path: `${path}/hitPolicy`, value: 'collect' }],
        },
      }),
    )
  }
  const ranks = hitPolicy === 'priority' || hitPolicy === 'output order'
  if (ranks && !outputs.some((column) => column.values || fieldOf(column) === 'outcome')) {
    const params = { table: part.name, hitPolicy }
    findings.push(report('TABLE_WITHOUT_ORDER', `${path}/outputs`, { params }))
  }
  const seen = new Map<string, Row>()
  rows.forEach((row, index) => {
    const key = canonicalJson(row.when)
    const earlier = seen.get(key) ?? (hitPolicy === 'first' ? seen.get(anything(part)) : undefined)
    if (!earlier) {
      seen.set(key, row)
      return
    }
    findings.push(...sameConditions(part, earlier, row, `${path}/rows/${index}`))
  })
  return findings
}

const anything = (part: TablePart): string => canonicalJson(part.inputs.map(() => null))

/** Two rows that are met together whatever the input: what that means depends on the hit policy. */
function sameConditions(part: TablePart, earlier: Row, row: Row, path: string): Finding[] {
  const params = { table: part.name, row: row.id, earlier: earlier.id }
  const remove = { title: `Remove row ${row.id}`, patch: [{ op: 'remove' as const, path }] }
  if (part.hitPolicy === 'first') {
    return [report('TABLE_ROW_UNREACHABLE', path, { severity: 'warning', params, fix: remove })]
  }
  const differs = canonicalJson(row.then) !== canonicalJson(earlier.then)
  if (part.hitPolicy === 'unique' || (part.hitPolicy === 'any' && differs)) {
    return [
      report('TABLE_ROWS_CLASH', path, {
        params: { ...params, hitPolicy: part.hitPolicy },
        fix: remove,
      }),
    ]
  }
  return []
}

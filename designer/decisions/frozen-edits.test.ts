import { expect, it } from 'vitest'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { applyFix } from '#core/graph/apply-fix.ts'
import type { Json } from '#core/json.ts'
import { addPart, changePart, movePart, removeParts } from './edit.ts'
import { addRule, changeRule, copyRule, moveRule, removeRule } from './edit-rules.ts'
import * as columns from './table/edit-table.ts'
import { clearCells, typeCells, type Sheet } from './table/sheet.ts'
import { rates } from './table/table-fixture.ts'
import { slotsOf } from './table/slots.ts'
import { fillArea } from './table/fill.ts'

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}
const tested = { var: '?' }
const table = frozen(
  rates([{ lt: [tested, 650] }, ['A', 'B'], 12], [{ gte: [tested, 650] }, null, { plus: [1, 2] }]),
)
const policy: Decision = frozen(
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {},
    layout: { rates: { x: 1, y: 1 } },
    parts: [
      table as unknown as Json,
      {
        kind: 'rules',
        id: 'checks',
        name: 'Checks',
        rules: [1, 2].map((priority) => ({
          id: `r${priority}`,
          name: 'Rule',
          when: { lt: [{ var: 'score' }, priority] },
          then: [{ do: 'outcome', outcome: 'decline' }],
          priority,
        })),
      },
    ],
  }),
)

it('[R755] edits make new objects and leave the document as it was, so that what is remembered of its logic stays true', () => {
  const rules = policy.parts[1]
  if (rules?.kind !== 'rules') throw new Error('no rules')
  const sheet: Sheet = { table, slots: slotsOf(table, 'Note'), shown: [0, 1] }
  const [first] = sheet.slots
  if (first === undefined) throw new Error('no columns')
  const area = { top: 0, left: 0, bottom: 1, right: 1 }
  const edits: (() => unknown)[] = [
    () => addPart(policy, 'table', 'New'),
    () => changePart(policy, rules, (part) => ({ ...part, name: 'Other' })),
    () => movePart(policy, 0, 1),
    () => removeParts(policy, new Set(['rates'])),
    () => addRule(rules, 'New'),
    () => changeRule(rules, 'r1', (rule) => ({ ...rule, when: null })),
    () => copyRule(rules, 'r1', 'Copy'),
    () => moveRule(rules, 'r1', 0),
    () => removeRule(rules, 'r1'),
    () => columns.addRows(table, 1, 2),
    () => columns.removeRows(table, [0]),
    () => columns.copyRows(table, [0]),
    () => columns.moveRows(table, [0], 2),
    () => columns.moveColumns(table, 'inputs', { columns: [0], before: 2 }),
    () => columns.addColumn(table, 'inputs'),
    () => columns.removeColumn(table, 'inputs', 0),
    () => columns.changeColumn(table, 'inputs', 0, { name: 'Other' }),
    () => typeCells(table, [{ row: 0, slot: first, text: '> 7' }]),
    () => clearCells(sheet, area),
    () => fillArea(sheet, { ...area, bottom: 0 }, area),
    () =>
      applyFix(policy, {
        title: 'Change',
        patch: [{ op: 'replace', path: '/parts/0/rows/0/when/0', value: { lt: [tested, 3] } }],
      }),
  ]
  // A frozen object throws where it is written to.
  for (const edit of edits) expect(edit(), String(edit)).not.toBe(policy)
})

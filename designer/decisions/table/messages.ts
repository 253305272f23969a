import { translator } from '../../ui/messages.ts'

/** Words of the table editor. */
const tableMessages = {
  hitPolicy: 'Hit policy',
  hit_unique: 'Unique: at most one row may fit',
  hit_first: 'First row that fits',
  hit_any: 'Any: rows that fit must agree',
  hit_priority: 'Priority: the most severe',
  'hit_rule order': 'All rows, in row order',
  'hit_output order': 'All rows, most severe first',
  hit_collect: 'Collect all rows',
  aggregate: 'Aggregate',
  agg_none: 'As a list',
  agg_sum: 'Sum',
  agg_min: 'Least',
  agg_max: 'Greatest',
  agg_count: 'Count',
  addRow: 'Add row',
  addInput: 'Add a condition column',
  addOutput: 'Add an output column',
  rowMenu: 'Actions for row {row}',
  rowAbove: 'Insert above',
  rowBelow: 'Insert below',
  rowDelete: 'Delete the row',
  rowHandle: 'Move row {row}: Alt+↑ and Alt+↓',
  note: 'Note',
  column: 'Column {name}',
  columnName: 'Title',
  columnTests: 'Tests',
  columnGives: 'Gives the field',
  columnGivesHint: 'outcome, reason, reason_text, condition and flag act as such.',
  columnDelete: 'Delete the column',
  columnEmpty: 'choose a field',
  cellLabel: '{column}, row {row}',
  cellLogic: 'A longer expression. Clear it to write a short one.',
  cellClear: 'Clear',
  cellUnreadable:
    '“{text}” is no condition. Write 700, > 700, [650..700), "SELF", "PART" or not("SELF").',
  cellEmptyPart: 'There is nothing between two commas or brackets. Write a value there.',
  outputUnreadable:
    '“{text}” is no value. Write a number, a "text", true, false or a field such as loan.amount.',
  tableHint:
    'Enter goes down, Tab sideways. A dash means any. Cells can be pasted from a spreadsheet.',
} as const

export const t = translator(tableMessages)

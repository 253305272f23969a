import { translator } from '../ui/messages.ts'

/** What the keys do in the parts of a decision; each with its key below. */
const words = {
  save: 'Save',
  undo: 'Undo',
  redo: 'Redo',
  write: 'Table: change the cell; typing replaces it',
  next: 'Table: down, and to the cell beside with Tab',
  newLine: 'Table: a new line in a cell',
  find: 'Table: find',
  replace: 'Table: find and replace',
  fillDown: 'Table: fill down',
  fillRight: 'Table: fill to the right',
  copy: 'Table: copy cells, as a spreadsheet takes them',
  paste: 'Table: paste cells of a spreadsheet',
  rows: 'Table: move rows; Alt+← and Alt+→ move columns',
  menu: 'Table: what can be done with the rows or the column',
  leave: 'Table: leave it, with Tab after',
  order: 'Rules, bins: move the one whose handle has the focus',
  bin: 'Scorecard: to the bin below, and a new one after the last',
  border: 'Scorecard: move the cut-off or the border that has the focus',
  shortcuts: 'Shortcuts',
} as const

export const t = translator(words)

/** Keys as actions write them. */
export const listKeys = {
  save: 'mod+s',
  undo: 'mod+z',
  redo: 'mod+shift+z',
  write: 'f2',
  next: 'enter',
  newLine: 'mod+enter',
  find: 'mod+f',
  replace: 'mod+h',
  fillDown: 'mod+d',
  fillRight: 'mod+r',
  copy: 'mod+c',
  paste: 'mod+v',
  rows: 'alt+arrowdown',
  menu: 'shift+f10',
  leave: 'escape',
  order: 'alt+arrowup',
  bin: 'enter',
  border: 'arrowright',
} as const satisfies Partial<Record<keyof typeof words, string>>

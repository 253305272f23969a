import { translator } from '../../ui/messages.ts'

/** Words of the drawn decision. */
const graphMessages = {
  graph: 'Graph of the decision',
  input: 'Input',
  inputFields: '{count} {count|field|fields}',
  result: 'Result',
  noOutcome: 'no outcome yet',
  rules: '{count} {count|rule|rules}, {met} met',
  rows: '{count} {count|row|rows}, {met} met',
  facts: '{count} {count|characteristic|characteristics}',
  otherwise: 'otherwise',
  partEditor: 'The chosen part',
  closePart: 'Close (Esc)',
  chooseHint: 'Draw a line to let a part read another. Tab adds a part, ? lists the keys.',
  add: 'Add a part',
  delete: 'Delete parts, or the line of a case',
  connect: 'Connect the part from the keyboard',
  rename: 'Rename the part',
  open: 'Edit the part',
  next: 'Go to a part that reads this one',
  previous: 'Go to a part that this one reads',
  below: 'Go to the part below',
  above: 'Go to the part above',
  arrange: 'Arrange (Shift+Alt+T)',
  shortcuts: 'Shortcuts',
  pasteNothing: 'The clipboard holds no parts of a decision.',
  lineIsRead: 'The line is there because the part reads the value. Change that in the part.',
  noPlace: 'The expression is written already. Write the value into it.',
  connectTitle: 'Connect {part}',
  connectWhat: 'What it gives',
  connectTarget: 'To which part',
  connectAction: 'Connect',
  nothingGiven: 'It gives nothing that could be read',
  onlyIf: 'runs only if: {case}',
} as const

export const t = translator(graphMessages)

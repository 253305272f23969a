import { translator } from '../../ui/messages.ts'

/** Words of the editors of switches, other decisions and outputs. */
const partMessages = {
  addCase: 'Add case',
  newCase: 'Case {number}',
  caseName: 'Name of the case',
  caseWhen: 'When',
  removeCase: 'Remove {name}',
  noCases: 'No case yet. The first case that is true is chosen.',
  otherwise: 'otherwise',
  chosen: 'chosen for the sample',
  asked: 'Decision that is asked',
  askedHint: 'Its published version is frozen with the flow.',
  noOther: 'There is no other decision yet.',
  joins: 'Its outcome and reasons count as this decision’s own',
  inputs: 'What it is given',
  addInput: 'Add field',
  fieldName: 'Field',
  removeField: 'Remove {name}',
  noFields: 'No field yet. The output holds what the decision gives to whoever asks it.',
  addField: 'Add field',
  value: 'Value',
  only: 'Runs',
  always: 'always',
  onlyCase: 'if {switch} is {case}',
} as const

export const t = translator(partMessages)

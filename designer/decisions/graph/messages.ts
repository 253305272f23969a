import { translator } from '../../ui/messages.ts'

/** Words of the drawn decision. */
const graphMessages = {
  graph: 'Graph of the decision',
  input: 'Input',
  inputFields: '{count} fields',
  result: 'Result',
  noOutcome: 'no outcome yet',
  rules: '{count} rules, {met} met',
  rows: '{count} rows, {met} met',
  facts: '{count} characteristics',
  otherwise: 'otherwise',
  partEditor: 'The chosen part',
  closePart: 'Close (Esc)',
  chooseHint: 'Choose a part to edit it here. Lines follow from what each part reads.',
} as const

export const t = translator(graphMessages)

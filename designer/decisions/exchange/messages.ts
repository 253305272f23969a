import { translator } from '../../ui/messages.ts'

/** Words of the dialog that imports decisions, and of the export menu. */
const exchangeMessages = {
  import: 'Import…',
  title: 'Import a decision',
  choose: 'Choose a file',
  hint: 'DMN (.dmn), Excel (.xlsx, a table for each sheet), CSV, or JsonLogic (.json). In sheets the first row names the columns; “→” marks the outputs.',
  reading: 'Reading',
  taken: '{name}: {count} {count|part|parts}',
  problems: 'What could not be read',
  more: 'and {count} more',
  create: 'Create',
  export: 'Export',
  noText: 'Left out or emptied',
} as const

export const t = translator(exchangeMessages)

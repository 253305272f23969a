import { translator } from '../../ui/messages.ts'

/** Words of the comparison of two versions. */
const compareMessages = {
  versionMenu: 'Version {version}: compare',
  versionOf: 'v{version}',
  compareWith: 'Compare with version {version}',
  title: 'What changed since version {version}',
  same: 'Nothing differs from version {version}.',
  document: 'The document',
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  moved: 'moved',
  rows: 'Row {place}',
  inputs: 'Condition column {name}',
  outputs: 'Output column {name}',
  other: '{name}',
  movedFromTo: 'from {before} to {after}',
  nothing: '–',
  goTo: 'Go to {name}',
  restore: 'Take back: {name}',
  restored: 'Taken back. Ctrl+Z brings it again.',
  fieldOf: '{name}, {field}',
  more: '{count} more changes',
} as const

export const t = translator(compareMessages)

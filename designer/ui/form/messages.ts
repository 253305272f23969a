import { translator } from '../messages.ts'

export const t = translator({
  addItem: 'Add',
  removeItem: 'Remove',
  moveUp: 'Move up',
  moveDown: 'Move down',
  nothing: 'Nothing to set.',
  optional: 'optional',
  durationHint: 'For example 250ms, 8s, 15m, 2h or 30d',
  durationWrong: 'Write a length of time as 250ms, 8s, 15m, 2h or 30d',
  chooseFile: 'Choose a file',
  uploading: 'Uploading',
  removeFile: 'Remove the file',
  refNone: 'There is none yet',
  choose: 'Choose',
  itemId: 'Name in expressions',
  textsHint: 'Enter after each',
})

import { translator } from '../ui/messages.ts'

export const t = translator({
  state: 'State',
  leftBy: 'Left by',
  attempts: 'Attempts',
  time: 'Time',
  input: 'Input',
  output: 'Output',
  notYet: 'Not there yet',
})

import { translator } from '../ui/messages.ts'

/** Words of the decisions list and the decision editor. */
export const decisionMessages = {
  decisions: 'Decisions',
  decision: 'Decision',
  cellUnreadable:
    '“{text}” is no condition. Write 700, > 700, [650..700), "SELF", "PART" or not("SELF").',
  cellEmptyPart: 'There is nothing between two commas or brackets. Write a value there.',
  outputUnreadable:
    '“{text}” is no value. Write a number, a "text", true, false or a field such as loan.amount.',
} as const

export const t = translator(decisionMessages)

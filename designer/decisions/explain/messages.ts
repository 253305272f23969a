import { translator } from '../../ui/messages.ts'

/** Words of what explains a decision: the steps of its machine, why it came out so, what would change it. */
const explainMessages = {
  stepOf: 'Step {step} of {all}',
  stepFirst: 'To the first step (Home)',
  stepBack: 'One step back (←)',
  stepOn: 'One step on (→)',
  stepLast: 'To the last step (End)',
  stepAt: 'Step',
  partValue: '{part} has its value',
  met: 'met',
  unmet: 'not met',
  unknown: 'unknown',
  concluded: 'done',
  failed: 'failed',
  outcomeSoFar: 'Outcome so far',
  noOutcome: 'none yet',
  missing: '{missing} is missing',
  noSteps: 'Nothing to step through: the decision has no parts.',
  rowNumber: 'row {row}',
} as const

export const t = translator(explainMessages)

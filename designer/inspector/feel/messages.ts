import { translator } from '../../ui/messages.ts'

/** Words beside a FEEL text. */
const feelMessages = {
  worth: 'With the sample:',
  foreignSign: 'FEEL writes “{feel}”, not “{written}”.',
  fixSign: 'Write {feel} for {written}',
  foreignQuotes: 'FEEL puts texts into straight double quotes.',
  fixQuotes: 'Write {text}',
  fixEnd: 'Add {text}',
  unknownName: 'Nothing here is called “{name}”. Choose a field, or put quotes around a text.',
  fixName: 'Change to {text}',
  fixMissing: 'Take {value} where {name} is missing',
  typeClash: '{what} is {given} where {wanted} is needed: the answer is never known.',
  notListed: '“{value}” is none of the values that can come here: {values}.',
  signature: 'What the function takes',
  mayBeMissing: 'may be missing here',
  oneOf: 'one of {values}',
} as const

export const t = translator(feelMessages)

import { translator } from '../../ui/messages.ts'

/** Words beside a FEEL text. */
const feelMessages = {
  worth: 'With the sample:',
} as const

export const t = translator(feelMessages)

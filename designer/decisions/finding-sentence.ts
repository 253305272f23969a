import type { Finding } from '#core/graph/finding.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'

export const findingSentence = ({ code, params }: Finding): string =>
  isMessageCode(code) ? sentence(code, params) : code

import { isMessageCode, sentence } from '#core/messages/catalogue.ts'
import type { Finding } from '#core/graph/finding.ts'

/** The finding's sentence; a code that this build does not know stays as it is. */
export const findingText = (finding: Finding): string =>
  isMessageCode(finding.code) ? sentence(finding.code, finding.params) : finding.code

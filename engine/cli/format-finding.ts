import type { Finding } from '#core/graph/finding.ts'
import { isMessageCode, sentence } from '#core/messages/catalogue.ts'

/** `error /nodes/2/type (bureau): sentence` */
export function formatFinding({ severity, code, params, place }: Finding): string {
  const at = place.node ?? place.edge
  const text = isMessageCode(code) ? sentence(code, params) : code
  return `${severity} ${place.path || '/'}${at === undefined ? '' : ` (${at})`}: ${text}`
}

import { caseFindings } from '#core/decision/analysis/case-findings.ts'
import { report } from '#core/decision/report.ts'
import { otherwise, type SwitchPart } from '#core/decision/switch.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { JsonSchema } from '#core/json.ts'

/** Cases of a switch that are never chosen, and thresholds that fall between them. */
export const switchFindings = (part: SwitchPart, path: string, schema: JsonSchema): Finding[] =>
  caseFindings(part.cases, { schema, otherwise, at: `${path}/cases` }).map(
    ({ code, path: place, severity, params, fix }) =>
      report(code, place, {
        severity,
        params: { ...params, node: part.name || part.id },
        ...(fix && { fix }),
      }),
  )

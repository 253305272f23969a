import { tableFindings } from '#core/decision/analysis/table-findings.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'

/**
 * What is missing, contradictory or dead in a decision, proved for every input there can be. It may take some time
 * on large tables, so whoever types asks a worker for it.
 */
export const analyseDecision = ({ parts, input }: Decision): Finding[] =>
  parts.flatMap((part, index) => analysePart(part, `/parts/${index}`, input))

const analysePart = (part: DecisionPart, path: string, schema: Decision['input']): Finding[] =>
  part.kind === 'table' ? tableFindings(part, path, schema) : []

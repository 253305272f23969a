import { rulesFindings } from '#core/decision/analysis/rules-findings.ts'
import { tableFindings } from '#core/decision/analysis/table-findings.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'

/**
 * What is missing, contradictory or dead in a decision, proved for every input there can be. It may take some time
 * on large tables, so whoever types asks a worker for it.
 */
export const analyseDecision = ({ parts, input }: Decision): Finding[] =>
  parts.flatMap((part, index) => analysePart(part, `/parts/${index}`, input))

type Analysts = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    path: string,
    schema: Decision['input'],
  ) => Finding[]
}
const analysts: Analysts = {
  rules: rulesFindings,
  table: tableFindings,
  expression: () => [],
  scorecard: () => [],
  switch: () => [],
  decision: () => [],
  output: () => [],
}

const analysePart = (part: DecisionPart, path: string, schema: Decision['input']): Finding[] =>
  // The kind selects the analyst of that kind; the compiler cannot see that the two belong together.
  (
    analysts[part.kind] as (
      part: DecisionPart,
      path: string,
      schema: Decision['input'],
    ) => Finding[]
  )(part, path, schema)

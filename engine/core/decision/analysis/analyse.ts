import type { NestedDecisions } from '#core/decision/compile.ts'
import { rulesFindings } from '#core/decision/analysis/rules-findings.ts'
import { scorecardFindings } from '#core/decision/analysis/scorecard-findings.ts'
import { switchFindings } from '#core/decision/analysis/switch-findings.ts'
import { tableFindings } from '#core/decision/analysis/table-findings.ts'
import { typeFindings } from '#core/decision/typing/type-findings.ts'
import { typesOf } from '#core/decision/typing/types-of.ts'
import { namesRead } from '#core/decision/validate-references.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { JsonSchema } from '#core/json.ts'

/**
 * What is missing, contradictory or dead in a decision, proved for every input there can be, and where types clash. It
 * may take some time on large tables, so whoever types asks a worker for it; parts that stayed the same are not
 * analysed again.
 */
export function analyseDecision(decision: Decision, nested?: NestedDecisions): Finding[] {
  const types = typesOf(decision, nested)
  return decision.parts.flatMap((part, index) => analysePart(part, `/parts/${index}`, types))
}

type Analysts = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    path: string,
    types: JsonSchema,
  ) => Finding[]
}
const analysts: Analysts = {
  rules: rulesFindings,
  table: tableFindings,
  expression: () => [],
  scorecard: scorecardFindings,
  switch: switchFindings,
  decision: () => [],
  output: () => [],
}

interface Known {
  readonly path: string
  /** The names that the part reads, and what their types were. */
  readonly names: readonly string[]
  readonly types: string
  readonly findings: Finding[]
}
const known = new WeakMap<DecisionPart, Known>()

/** A part's findings hang on the part, its place and the types of what it reads. */
function analysePart(part: DecisionPart, path: string, types: JsonSchema): Finding[] {
  const before = known.get(part)
  const names = before?.names ?? namesRead(part)
  const properties = types['properties'] as JsonSchema
  const read = JSON.stringify(names.map((name) => properties[name] ?? null))
  if (before?.path === path && before.types === read) return before.findings
  const findings = [
    ...typeFindings(part, path, types),
    // The kind selects the analyst of that kind; the compiler cannot see that the two belong together.
    ...(analysts[part.kind] as (part: DecisionPart, path: string, types: JsonSchema) => Finding[])(
      part,
      path,
      types,
    ),
  ]
  known.set(part, { path, names, types: read, findings })
  return findings
}

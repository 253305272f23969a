import { analyse, type Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { checkBodies } from '#core/graph/rules/bodies.ts'
import { checkCalls } from '#core/graph/rules/calls.ts'
import { checkBranches } from '#core/graph/rules/branches.ts'
import { checkConfigs } from '#core/graph/rules/config.ts'
import { checkConnections } from '#core/graph/rules/connections.ts'
import { checkLists } from '#core/graph/rules/lists.ts'
import { checkLocks } from '#core/graph/rules/locks.ts'
import { checkInputs } from '#core/graph/rules/inputs.ts'
import { checkParallel } from '#core/graph/rules/parallel.ts'
import { checkReasons } from '#core/graph/rules/reasons.ts'
import { checkSchemas } from '#core/graph/rules/schemas.ts'
import { checkWaits } from '#core/graph/rules/waits.ts'
import { checkStructure } from '#core/graph/rules/structure.ts'
import { checkUndo } from '#core/graph/rules/undo.ts'

type Rule = (analysis: Analysis) => Finding[]
const rules: readonly Rule[] = [
  checkStructure,
  checkConnections,
  checkBodies,
  checkConfigs,
  checkBranches,
  checkSchemas,
  checkWaits,
  checkLists,
  checkLocks,
  checkReasons,
  checkParallel,
  checkInputs,
  checkUndo,
  checkCalls,
]

/** Everything that keeps a flow from running, or may surprise. Errors keep it from being published; it can always be saved. */
export function validateFlow(flow: Flow, lookup: Lookup): Finding[] {
  const analysis = analyse(flow, lookup)
  return rules.flatMap((rule) => rule(analysis))
}

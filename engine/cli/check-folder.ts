import { validateDecision } from '#core/decision/validate.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import { parseDecision, parseFlow } from '#core/graph/parse.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Registry } from '#core/node/registry.ts'
import type { FlowFolder } from '#engine/cli/flow-folder.ts'

export interface Checked {
  /** Null where the document is not of the schema. */
  readonly flow: Flow | null
  readonly decisions: Readonly<Record<string, Decision>>
  readonly findings: readonly Finding[]
}

/** Parses and validates a flow with the decisions and the flows beside it. */
export function checkFolder({ flow, decisions, flows }: FlowFolder, registry: Registry): Checked {
  const parsedDecisions = decisions.map(parseDecision)
  const byId = Object.fromEntries(
    parsedDecisions.flatMap((each) => (each.ok ? [[each.document.id, each.document]] : [])),
  )
  const ofDecisions = parsedDecisions.flatMap((each) =>
    each.ok ? validateDecision(each.document) : each.findings,
  )
  const parsed = parseFlow(flow)
  if (!parsed.ok)
    return { flow: null, decisions: byId, findings: [...ofDecisions, ...parsed.findings] }
  const called = new Map(
    flows.map(parseFlow).flatMap((each) => (each.ok ? [[each.document.id, each.document]] : [])),
  )
  const findings = validateFlow(parsed.document, {
    descriptor: (type) => registry.descriptor(type),
    decision: (id) => byId[id],
    flow: (id) => called.get(id),
  })
  return { flow: parsed.document, decisions: byId, findings: [...ofDecisions, ...findings] }
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error')

import type { Analysis } from '#core/graph/analysis.ts'
import { calledBy, calledFlows } from '#core/graph/called-flows.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import { checkSchema } from '#core/graph/json-schema-check.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { pointer } from '#core/graph/pointer.ts'
import { hasPath } from '#core/graph/schema-paths.ts'
import { logicSchema } from '#core/graph/scope.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { isOperation } from '#core/logic/parse.ts'

/** Called flows exist, take what they are given, and lead back to no other flow that waits for them. */
export function checkCalls(analysis: Analysis): Finding[] {
  const { flow, lookup, topology } = analysis
  if (!lookup.flow) return []
  return flow.nodes.flatMap((node, index): Finding[] => {
    if (topology.kind(node.id) !== 'call' || node.disabled) return []
    const called = calledBy(node)
    if (called === undefined) return []
    const place = { path: pointer('nodes', index, 'config', 'flow'), node: node.id }
    const params = { node: node.id, flow: called }
    // A flow may call itself: the depth ends it.
    const ring = called === flow.id ? undefined : ringFrom(called, flow, lookup)
    if (ring)
      return [
        {
          code: 'CALL_CYCLE',
          severity: 'error',
          params: { ring: [flow.id, ...ring].join(' → ') },
          place,
        },
      ]
    const target = called === flow.id ? flow : lookup.flow?.(called)
    if (!target) return [{ code: 'FLOW_UNKNOWN', severity: 'error', params, place }]
    const detail = misfit(analysis, node, target)
    if (detail === undefined) return []
    return [
      {
        code: 'CALL_INPUT_MISFIT',
        severity: 'error',
        params: { ...params, detail },
        place: { path: pointer('nodes', index, 'inputs', 'input'), node: node.id },
      },
    ]
  })
}

/** The way by which a call comes back to the flow: called flow, what that calls, …, the flow itself. */
function ringFrom(called: string, flow: Flow, lookup: Lookup): string[] | undefined {
  const seen = new Set<string>()
  const work: string[][] = [[called]]
  for (let way = work.pop(); way; way = work.pop()) {
    const id = way.at(-1) ?? ''
    if (id === flow.id) return way
    if (seen.has(id)) continue
    seen.add(id)
    const next = lookup.flow?.(id)
    for (const each of next ? calledFlows(next, lookup) : []) work.push([...way, each])
  }
  return undefined
}

/** What is known of the input, against what the flow takes: a value as a whole, else the fields that it needs. */
function misfit(analysis: Analysis, node: FlowNode, called: Flow): string | undefined {
  const given = node.inputs['input'] ?? null
  if (!isOperation(given) && !Array.isArray(given)) {
    const [problem] = checkSchema(called.input, given)
    return problem && `${problem.path || 'the input'} ${problem.message}`
  }
  const schema: JsonSchema = logicSchema(analysis, node.id, given)
  const { required, type } = called.input
  if (type === 'object' && typeof schema['type'] === 'string' && schema['type'] !== 'object')
    return `it is of type ${schema['type']}`
  const missing = (Array.isArray(required) ? (required as unknown[]) : []).filter(
    (name) => typeof name === 'string' && isObject(schema) && !hasPath(schema, [name]),
  )
  return missing.length === 0 ? undefined : `it has no field ${missing.join(', ')}`
}

import { decisionOf } from '#core/decision/analysis/flow/exits.ts'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionInput } from '#core/decision/decision-input.ts'
import type { Analysis } from '#core/graph/analysis.ts'
import { branchConfig, elsePort, forkConfig } from '#core/graph/control.ts'
import type { FlowNode, Logic } from '#core/graph/flow.ts'
import { errorPort } from '#core/graph/ports.ts'
import type { Way } from '#core/graph/topology.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'

/** 1 January 2026, ms since the epoch: witnesses are held against this day. */
const day = 1_767_225_600_000

/** Whether a case takes the trail: its conditions, values and decisions are evaluated as a run would. */
export function takes(analysis: Analysis, trail: readonly Way[], facts: JsonObject): boolean {
  const sources = new Set(trail.map(({ source }) => source))
  const scope: Record<string, Json> = Object.fromEntries(
    Object.entries(facts).filter(([name]) => !sources.has(name)),
  )
  scope['input'] ??= {}
  try {
    return trail.every((way) => {
      const node = analysis.topology.nodes.get(way.source)
      if (!node || !goes(analysis, node, way, scope)) return false
      if (!analysis.topology.isBeside(way)) {
        const value = valueOf(analysis, node, way, { scope, facts })
        if (value === undefined) return false
        scope[node.id] = value
      }
      return true
    })
  } catch {
    // A decision that refuses the case leaves by its error.
    return false
  }
}

const evaluate = (logic: Logic, scope: JsonObject): Json => compileLogic(logic)(scope, { at: day })

function goes({ topology }: Analysis, node: FlowNode, way: Way, scope: JsonObject): boolean {
  if (node.disabled) return true
  if (topology.kind(node.id) === 'branch') {
    const { cases } = branchConfig.parse(node.config)
    const met = cases.find(({ when }) => evaluate(when, scope) === true)
    return (met?.id ?? elsePort) === way.sourcePort
  }
  if (topology.kind(node.id) !== 'fork') return true
  const branch = forkConfig.parse(node.config).branches.find(({ id }) => id === way.sourcePort)
  return branch?.when === undefined || evaluate(branch.when, scope) === true
}

function valueOf(
  analysis: Analysis,
  node: FlowNode,
  { sourcePort }: Way,
  { scope, facts }: { scope: JsonObject; facts: JsonObject },
): Json | undefined {
  const { topology, ports, lookup } = analysis
  if (topology.kind(node.id) === 'start') return scope['input']
  if (topology.kind(node.id) === 'branch') return { case: sourcePort, because: '' }
  const inputs = (): JsonObject =>
    Object.fromEntries(
      Object.entries(node.inputs).map(([name, logic]) => [name, evaluate(logic, scope)]),
    )
  if (sourcePort === errorPort) return facts[node.id] ?? { error: { code: '', message: '' } }
  if (node.disabled) return facts[node.id] ?? null
  if (ports(node.id).find(({ id }) => id === sourcePort)?.schema['x-inputs'] === true)
    return inputs()
  const decision = topology.kind(node.id) === 'pure' ? decisionOf(analysis, node) : undefined
  if (!decision) return facts[node.id] ?? null
  const given = decisionInput(inputs())
  const result = compileDecision(decision, (id) => lookup.decision(id))(given, day)
  return result as unknown as Json
}

import type { ExplanationQuery, StepExplanation } from '#core/api/explanation.ts'
import type { RunView } from '#core/api/views.ts'
import { decisionInput } from '#core/decision/decision-input.ts'
import { counterfactual } from '#core/decision/explain/counterfactual.ts'
import { explainDecision } from '#core/decision/explain/explain.ts'
import { TerminalError } from '#core/errors.ts'
import { canonicalJson, isObject, type Json, type JsonObject } from '#core/json.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import { referencesOf } from './references.ts'

/** More rules and rows would hold up the server. */
const mostUnits = 1_000
/** Of rules and rows, in all evaluations of one search: some tens of milliseconds. */
const mostTried = 200_000

/**
 * Why a step's decision came out so: computed anew from what the step was given, by the decision that its run keeps and
 * the time at which it was decided.
 * @throws NOT_FOUND, STEP_UNDECIDED, EXPLANATION_TOO_LARGE
 */
export function explainStep(
  { flow, decisions }: Pick<Release, 'flow' | 'decisions'>,
  { run, step: id, registry }: { run: RunView; step: string; registry: Registry },
  { to, mutable }: ExplanationQuery,
): StepExplanation {
  const step = run.steps.find((each) => each.step === id)
  if (!step) throw new TerminalError('NOT_FOUND', { what: 'step', id })
  const node = flow.nodes.find((each) => each.id === step.node)
  const schema = node && registry.descriptor(node.type, node.version)?.config
  const named = schema
    ? referencesOf(node, schema).find(({ ref }) => ref === 'decision')
    : undefined
  const nested = (name: string): Decision | undefined =>
    Object.hasOwn(decisions, name) ? decisions[name] : undefined
  const decision = named && nested(named.name)
  if (!decision || !isObject(step.input)) throw new TerminalError('STEP_UNDECIDED', { step: id })
  const units = unitsIn(decision, nested)
  if (units > mostUnits)
    throw new TerminalError('EXPLANATION_TOO_LARGE', { units, most: mostUnits })
  const at = step.startedAt
  const input = decisionInput(step.input as JsonObject)
  const why = explainDecision(decision, input, { at, nested })
  return {
    decision: { id: decision.id, name: decision.name },
    at,
    agrees: canonicalJson(why.result as unknown as Json) === canonicalJson(step.output),
    why,
    other: counterfactual(decision, input, {
      at,
      nested,
      budget: Math.min(5_000, Math.floor(mostTried / Math.max(units, 1))),
      ...(to ? { to: [to] } : {}),
      ...(mutable ? { mutable: mutable.split(',').map((path) => path.trim()) } : {}),
    }),
  } as StepExplanation
}

const unitsIn = ({ parts }: Decision, nested: (name: string) => Decision | undefined): number =>
  parts.reduce((sum, part) => {
    if (part.kind === 'table') return sum + part.rows.length
    if (part.kind === 'rules') return sum + part.rules.length
    const below = part.kind === 'decision' ? nested(part.decision) : undefined
    return sum + (below ? unitsIn(below, nested) : 1)
  }, 0)

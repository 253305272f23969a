import { exampleOf } from '#core/decision/analysis/example.ts'
import {
  core,
  regionWhere,
  withoutTwins,
  type FlowClaim,
} from '#core/decision/analysis/flow/claims.ts'
import { exitsOf, follower, followedLogic } from '#core/decision/analysis/flow/exits.ts'
import { takes } from '#core/decision/analysis/flow/replay.ts'
import { below, type Follow } from '#core/decision/analysis/flow/values.ts'
import {
  regionAt,
  schemaOf,
  walk,
  type State,
  type Walk,
} from '#core/decision/analysis/flow/walk.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import type { Region } from '#core/decision/analysis/flow/claims.ts'
import { isOutcome } from '#core/decision/severity.ts'
import type { Outcome } from '#core/decision/result.ts'
import { analyse, type Analysis } from '#core/graph/analysis.ts'
import { branchConfig } from '#core/graph/control.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import type { Way } from '#core/graph/topology.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Tree } from '#core/logic/tree.ts'

/** A case: the input, and by node what comes from outside. */
interface Case {
  readonly facts: JsonObject
  readonly example: string
}

/** Of a way: `proved` that no case takes it, `disproved` by a case that does, or undecided and why. */
export type EdgeVerdict =
  | { readonly verdict: 'proved'; readonly because: readonly FlowClaim[] }
  | { readonly verdict: 'disproved'; readonly witness: Case }
  | { readonly verdict: 'undecided'; readonly because: Undecided }
type Undecided = 'too many paths' | 'too wide' | 'computed' | 'not confirmed'

/** Two cases of a branch that hold at once and end in opposite ways; the first of them is taken. */
interface Meeting {
  readonly node: string
  readonly taken: string
  readonly passed: string
  readonly approves: 'taken' | 'passed'
  readonly witness: Case
}

interface Unreasoned {
  readonly end: string
  readonly outcome: Outcome
  readonly witness: Case
}

export interface FlowAnalysis {
  /** Whether every way could be followed. */
  readonly complete: boolean
  /** By id the edges whose source some case may reach. */
  readonly edges: ReadonlyMap<string, EdgeVerdict>
  readonly meetings: readonly Meeting[]
  readonly unreasoned: readonly Unreasoned[]
}

/** What is true of a flow for every case that there can be. `most`: how many ways to follow. */
export function analyseFlow(flow: Flow, lookup: Lookup, most?: number): FlowAnalysis {
  const analysis = analyse(flow, lookup)
  const walked = walk(analysis, most)
  return {
    complete: walked.complete,
    edges: edgeVerdicts(analysis, walked),
    meetings: meetingsOf(analysis, walked),
    unreasoned: unreasonedEnds(analysis, walked),
  }
}

function edgeVerdicts(analysis: Analysis, { taken, refused, complete }: Walk) {
  const verdicts = new Map<string, EdgeVerdict>()
  for (const [edge, state] of taken) verdicts.set(edge, confirmed(analysis, state))
  for (const [edge, refusals] of refused) {
    const [first] = refusals
    if (taken.has(edge) || !first) continue
    verdicts.set(
      edge,
      complete
        ? {
            verdict: 'proved',
            because: core(first.claims, schemaOf(analysis, first.state.values)),
          }
        : { verdict: 'undecided', because: 'too many paths' },
    )
  }
  return verdicts
}

/** A case that really comes to the state by its trail, or why none is known. */
function confirmed(
  analysis: Analysis,
  state: State,
): Extract<EdgeVerdict, { verdict: 'disproved' | 'undecided' }> {
  const found = caseIn(analysis, regionAt(analysis, state), state.trail)
  return typeof found === 'string'
    ? { verdict: 'undecided', because: found }
    : { verdict: 'disproved', witness: found }
}

/** More boxes than this are not tried. */
const mostTried = 20

function caseIn(
  analysis: Analysis,
  region: Region | null,
  trail: readonly Way[],
): Case | Undecided {
  if (region === null) return 'too wide'
  let because: Undecided = 'not confirmed'
  for (const box of region.boxes.slice(0, mostTried)) {
    const witness = witnessIn(region.dimensions, box)
    if (!witness.real) {
      because = 'computed'
      continue
    }
    if (takes(analysis, trail, witness.input)) return caseOf(analysis, witness.input)
  }
  return because
}

/** Said without the word `input`: the facts of the application come first. */
function caseOf({ topology }: Analysis, facts: JsonObject): Case {
  const { input, ...others } = facts
  const own = exampleOf((input ?? {}) as JsonObject)
  const named = Object.fromEntries(
    Object.entries(others).map(([id, value]) => [topology.nodes.get(id)?.name || id, value]),
  )
  const rest = exampleOf(named)
  return { facts, example: [own, rest].filter(Boolean).join(', ') }
}

function meetingsOf(analysis: Analysis, walked: Walk): Meeting[] {
  const found = new Map<string, Meeting>()
  const outcomesFrom = endingOutcomes(analysis, walked)
  for (const state of walked.states) {
    const node = analysis.topology.nodes.get(state.at)
    if (!node || node.disabled || analysis.topology.kind(node.id) !== 'branch') continue
    for (const meeting of meetingsAt(analysis, node, { state, outcomesFrom })) {
      const key = `${meeting.node} ${meeting.taken} ${meeting.passed}`
      if (!found.has(key)) found.set(key, meeting)
    }
  }
  return [...found.values()]
}

function meetingsAt(
  analysis: Analysis,
  node: FlowNode,
  { state, outcomesFrom }: { state: State; outcomesFrom: (state: State) => ReadonlySet<string> },
): Meeting[] {
  const { data } = branchConfig.safeParse(node.config)
  if (!data) return []
  const exits = exitsOf(analysis, node, state.values)
  const sideOf = (port: string): 'approve' | 'decline' | null => {
    const all = [...state.next]
      .filter(([{ way }]) => way.sourcePort === port)
      .flatMap(([, next]) => [...outcomesFrom(next)])
    if (all.length === 0) return null
    if (all.every((outcome) => outcome === 'decline')) return 'decline'
    return all.every((outcome) => outcome.startsWith('approve')) ? 'approve' : null
  }
  const own = (port: string): FlowClaim | undefined =>
    exits.find(({ way }) => way.sourcePort === port)?.claims.find(({ met }) => met)
  return data.cases.flatMap((first, index) =>
    data.cases.slice(index + 1).flatMap((second): Meeting[] => {
      const [a, b] = [sideOf(first.id), sideOf(second.id)]
      const exit = exits.find(({ way }) => way.sourcePort === first.id)
      const other = own(second.id)
      if (a === null || b === null || a === b || !exit || !other) return []
      const claims = withoutTwins([...state.claims, ...exit.claims, other])
      const region = regionWhere(claims, schemaOf(analysis, state.values))
      const witness = caseIn(analysis, region, [...state.trail, exit.way])
      if (typeof witness === 'string') return []
      const approves = a === 'approve' ? 'taken' : 'passed'
      return [{ node: node.id, taken: first.id, passed: second.id, approves, witness }]
    }),
  )
}

/** The outcomes with which the cases of a state may end; `?` where one is not known. */
function endingOutcomes(
  analysis: Analysis,
  { states }: Walk,
): (state: State) => ReadonlySet<string> {
  const known = new Map<State, ReadonlySet<string>>()
  const own = new Map(states.map((state) => [state, outcomeAt(analysis, state)]))
  return (from) => {
    const found = known.get(from)
    if (found) return found
    const outcomes = new Set<string>()
    const seen = new Set([from])
    for (const state of seen) {
      const outcome = own.get(state)
      if (outcome) outcomes.add(outcome)
      for (const next of state.next.values()) seen.add(next)
    }
    known.set(from, outcomes)
    return outcomes
  }
}

/** What an end of the flow gives back, field by field. */
function endField(analysis: Analysis, state: State): ((name: string) => Tree | null) | null {
  const { topology, bodies } = analysis
  const node = topology.nodes.get(state.at)
  if (!node || topology.kind(node.id) !== 'end' || bodies.ownerOf(node.id) !== null) return null
  const follow: Follow = follower(analysis, node.id, state.values)
  const output = node.inputs['output']
  const tree = output === undefined ? null : followedLogic(output, follow)
  return (name) => {
    if (!tree) return null
    const found = below(tree, [name])
    // What was taken over whole is followed from its field.
    return found?.kind === 'path' ? follow(found.path) : found
  }
}

function outcomeAt(analysis: Analysis, state: State): string | null {
  const field = endField(analysis, state)
  if (!field) return null
  const outcome = field('outcome')
  return outcome?.kind === 'value' && isOutcome(outcome.value) ? outcome.value : '?'
}

function unreasonedEnds(analysis: Analysis, { states }: Walk): Unreasoned[] {
  const found = new Map<string, Unreasoned>()
  for (const state of states) {
    const outcome = outcomeAt(analysis, state)
    if ((outcome !== 'decline' && outcome !== 'refer') || found.has(state.at)) continue
    const field = endField(analysis, state)
    const given = ['reasons', 'reason'].map((name) => field?.(name) ?? null)
    if (!given.every(isNothing)) continue
    const witness = caseIn(analysis, regionAt(analysis, state), state.trail)
    if (typeof witness !== 'string') found.set(state.at, { end: state.at, outcome, witness })
  }
  return [...found.values()]
}

const isNothing = (tree: Tree | null): boolean => {
  if (tree === null) return true
  if (tree.kind === 'list') return tree.items.length === 0
  if (tree.kind !== 'value') return false
  const value: Json = tree.value
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

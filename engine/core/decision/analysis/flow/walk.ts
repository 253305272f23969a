import {
  claimKey,
  regionWhere,
  relevant,
  withoutTwins,
  type FlowClaim,
  type Region,
} from '#core/decision/analysis/flow/claims.ts'
import { exitsOf, follower, type Exit } from '#core/decision/analysis/flow/exits.ts'
import { pathsIn, type Known, type Values } from '#core/decision/analysis/flow/values.ts'
import { keyOf } from '#core/decision/analysis/atom.ts'
import type { Analysis } from '#core/graph/analysis.ts'
import { itemPort } from '#core/graph/control.ts'
import { logicFields } from '#core/graph/logic-fields.ts'
import type { Way } from '#core/graph/topology.ts'
import { lazily } from '#core/graph/topology.ts'
import { waysOf } from '#core/graph/ways.ts'
import type { JsonSchema } from '#core/json.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { references } from '#core/logic/references.ts'

/** Cases that have come to a node the same way, as far as what follows can tell. */
export interface State {
  readonly at: string
  readonly values: Values
  /** What holds of them. */
  readonly claims: readonly FlowClaim[]
  /** Of that, what may matter from here on. */
  readonly live: readonly FlowClaim[]
  /** The edges that the first of them took. */
  readonly trail: readonly Way[]
  /** Where they go on; the same state may be reached from several. */
  readonly next: Map<Exit, State>
}

/** A way that the cases of a state cannot take. */
interface Refusal {
  readonly state: State
  readonly claims: readonly FlowClaim[]
}

export interface Walk {
  readonly states: readonly State[]
  readonly refused: ReadonlyMap<string, readonly Refusal[]>
  /** By edge the first that take it. */
  readonly taken: ReadonlyMap<string, State>
  /** False where there were too many ways to follow. */
  readonly complete: boolean
}

/** More states than this are not followed: well under a second. */
const mostStates = 1_500

/** Every way through a flow, as far as its conditions tell them apart; ways that are alike from a node on are one. */
export function walk(analysis: Analysis, most = mostStates): Walk {
  const { topology, cyclic } = analysis
  const readFrom = readsFrom(analysis)
  const seen = new Map<string, State>()
  const states: State[] = []
  const refused = new Map<string, Refusal[]>()
  const taken = new Map<string, State>()
  const arrive = (
    at: string,
    { values, claims, trail }: Pick<State, 'values' | 'claims' | 'trail'>,
  ): State => {
    const follow = follower(analysis, at, values)
    const reads = readFrom(at).map((path) => follow(path))
    const live = relevant(claims, reads.flatMap(pathsIn))
    const ports = [...values].flatMap(([id, { port, fields }]) =>
      fields.size === 0 && readFrom(at).some(([root]) => root === id) ? [`${id} ${port}`] : [],
    )
    const key = [
      at,
      ...live.map(claimKey).toSorted(),
      ...reads.map(keyOf),
      ...ports.toSorted(),
    ].join('\n')
    const known = seen.get(key)
    if (known) return known
    const state: State = { at, values, claims, live, trail, next: new Map() }
    seen.set(key, state)
    states.push(state)
    return state
  }
  if (!topology.start) return { states, refused, taken, complete: true }
  arrive(topology.start.id, { values: new Map(), claims: [], trail: [] })
  for (let index = 0; index < states.length; index += 1) {
    if (states.length > most) return { states, refused, taken, complete: false }
    const state = states[index] as State
    const node = topology.nodes.get(state.at)
    if (!node) continue
    for (const exit of exitsOf(analysis, node, state.values)) {
      const { way, known } = exit
      const live = withoutTwins([...state.live, ...exit.claims])
      const region =
        exit.claims.length === 0 ? undefined : regionWhere(live, schemaOf(analysis, state.values))
      if (region?.boxes.length === 0) {
        const list = refused.get(way.id) ?? []
        refused.set(way.id, [...list, { state, claims: live }])
        continue
      }
      // What is too wide to be taken apart is left out: more is allowed than can be.
      const added = region === null ? [] : exit.claims
      const after = left(
        { values: state.values, claims: withoutTwins([...state.claims, ...added]) },
        { way, known, again: cyclic.has(way.source), beside: topology.isBeside(way) },
      )
      const trail = [...state.trail, way]
      if (!taken.has(way.id))
        taken.set(way.id, { ...state, ...after, live: [], trail, at: way.target })
      state.next.set(exit, arrive(way.target, { ...after, trail }))
    }
  }
  return { states, refused, taken, complete: true }
}

/** What is known once a node has been left. Leaving it again forgets what was known of its former value. */
function left(
  { values, claims }: Pick<State, 'values' | 'claims'>,
  { way, known, again, beside }: { way: Way; known: Known; again: boolean; beside: boolean },
): Pick<State, 'values' | 'claims'> {
  const stale = new Set<string>()
  if (way.sourcePort === itemPort) {
    stale.add('item')
    stale.add('index')
  }
  if (again) stale.add(way.source)
  const after = new Map(values)
  let kept = claims
  if (stale.size > 0) {
    for (const [id, { fields, port }] of values)
      if (
        [...fields.values()].some((tree) => pathsIn(tree).some(([root = '']) => stale.has(root)))
      ) {
        stale.add(id)
        after.set(id, { fields: new Map(), others: 'free', schema: {}, port })
      }
    const isStale = ([root = '']: readonly string[]): boolean => stale.has(root.split(' ')[0] ?? '')
    kept = claims.filter(({ tree }) => !pathsIn(tree).some(isStale))
  }
  if (!beside) after.set(way.source, known)
  if (way.leaves)
    after.set(way.leaves.try, {
      fields: new Map(),
      others: 'free',
      schema: {},
      port: way.leaves.port,
    })
  return { values: after, claims: kept }
}

/** The schema of everything that claims are about. */
export const schemaOf = ({ flow }: Analysis, values: Values): JsonSchema => ({
  type: 'object',
  properties: {
    input: flow.input,
    ...Object.fromEntries([...values].map(([id, { schema }]) => [id, schema])),
  },
})

export const regionAt = (analysis: Analysis, { values, claims }: State): Region | null =>
  regionWhere(claims, schemaOf(analysis, values))

/** By node the paths that conditions and values read from there on. */
function readsFrom(analysis: Analysis): (id: string) => readonly (readonly string[])[] {
  const { flow, topology, regions, descriptor } = analysis
  const own = new Map(
    flow.nodes.map((node) => {
      const described = descriptor(node)
      const logics = [
        ...Object.values(node.inputs),
        ...(described ? logicFields(described.config, node.config).map(({ logic }) => logic) : []),
      ]
      const paths = logics.flatMap((logic) =>
        checkLogic(logic).length > 0 ? [] : references(logic),
      )
      // Of what an effect is given nothing is followed.
      const kind = topology.kind(node.id)
      const counts = kind === 'pure' || kind === 'branch' || kind === 'fork' || kind === 'end'
      return [node.id, counts ? paths : []]
    }),
  )
  const all = lazily(() => {
    const reads = new Map(
      [...own].map(([id, paths]) => [id, new Map(paths.map((p) => [p.join('\n'), p]))]),
    )
    for (let changed = true; changed;) {
      changed = false
      for (const node of flow.nodes.toReversed()) {
        const mine = reads.get(node.id)
        if (!mine) continue
        const before = mine.size
        for (const { target } of waysOf(node.id, { topology, regions }))
          for (const [key, path] of reads.get(target) ?? []) mine.set(key, path)
        if (mine.size > before) changed = true
      }
    }
    return new Map([...reads].map(([id, paths]) => [id, withOutcomes([...paths.values()])]))
  })
  return (id) => all().get(id) ?? []
}

/** Who reads a result whole reads its outcome and reasons. */
const withOutcomes = (paths: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  paths.flatMap((path) =>
    path.length === 1 ? [path, [...path, 'outcome'], [...path, 'reasons']] : [path],
  )

import { spreadState } from '#core/compile/fragment.ts'
import type {
  ActionReference,
  GuardReference,
  InvokeDefinition,
  StateDefinition,
  TransitionDefinition,
} from '#core/compile/definition.ts'
import { retryPort } from '#core/compile/definition.ts'
import type { FlowEdge, FlowNode } from '#core/graph/flow.ts'
import { errorPort } from '#core/graph/ports.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import type { Alarm } from '#core/compile/program.ts'
import { remindPort, type JoinConfig } from '#core/graph/control.ts'
import type { Way } from '#core/graph/topology.ts'

/** What the state of one node is made from. */
interface NodePlan {
  readonly node: FlowNode
  readonly kind: NodeKind
  readonly edges: readonly Way[]
  /** Where an edge leads: a state id, without `#`. */
  readonly target: (edge: FlowEdge) => string
  readonly cyclic: boolean
  /** Whether it is seen before the node waits if it can begin. */
  readonly gated: boolean
  /** Of a fork: its branches in order, each with the states inside. */
  readonly branches: readonly BranchPlan[]
  /** Of a fork inside of a fragment: the fork that begins that. */
  readonly spread: string | null
  /** Of a fork that begins a fragment. */
  readonly fragment: FragmentPlan | null
  readonly join: { readonly id: string; readonly config: JoinConfig } | null
  /** The state that ends the branch: where an end of the branch, a port without an edge and branches that never meet lead. */
  readonly ending: string | null
  /** Whether a port without an edge ends the branch. */
  readonly endsBranch: boolean
  readonly endsRun: boolean
  /** Of branches that never meet, inside of a try: its way out. */
  readonly over: Way | null
  readonly alarms: readonly Alarm[]
  /** The path beside a node that waits. */
  readonly reminder: BranchPlan | null
}
export interface FragmentPlan {
  /** One for each node. */
  readonly regions: Readonly<Record<string, StateDefinition>>
  /** What its exit waits for; null where it has none. */
  readonly exit: Extract<GuardReference, { type: 'ready' }>['params'] | null
}
export interface BranchPlan {
  readonly id: string
  readonly conditional: boolean
  /** Whether it may end before its join. */
  readonly mayEnd: boolean
  /** State id where the branch begins. */
  readonly first: string
  readonly states: Readonly<Record<string, StateDefinition>>
}

export const doneState = (fork: string, branch: string): string => `${fork}/${branch}!done`
/** The branch was skipped, or has ended before its join. */
export const endedState = (fork: string, branch: string): string => `${fork}/${branch}!skipped`
const incidentState = (node: string): string => `${node}!incident`

type StateCompiler = (plan: NodePlan) => Record<string, StateDefinition>

const to = (target: string): TransitionDefinition => ({ target: `#${target}`, reenter: true })

/** What is done on a way: leaving a try as well, where it leads out of one. */
const leaving = (node: FlowNode, way: Way): readonly ActionReference[] =>
  way.leaves ? [{ type: 'escape', params: { node: node.id, ...way.leaves } }] : []

const when = (actions: readonly ActionReference[]): Pick<TransitionDefinition, 'actions'> =>
  actions.length === 0 ? {} : { actions }

/** A pure node, a branch, a start, a join: computed at entry, followed at once. */
const computed: StateCompiler = (plan) => {
  const { node, edges, target, ending, endsBranch } = plan
  return {
    [node.id]: {
      id: node.id,
      entry: [{ type: 'compute', params: { node: node.id } }],
      always: [
        ...edges.map((edge) => ({
          guard: { type: 'left', params: { node: node.id, port: edge.sourcePort } } as const,
          ...to(target(edge)),
          ...when(leaving(node, edge)),
        })),
        ...(endsBranch && ending !== null
          ? [
              {
                guard: { type: 'left', params: { node: node.id, port: errorPort } } as const,
                ...to(incidentState(node.id)),
              },
              to(ending),
            ]
          : [to(incidentState(node.id))]),
      ],
    },
    ...incident(plan),
  }
}

/** Everything that waits: an invoke that completes with a port, and a timer for each alarm. */
const waiting: StateCompiler = (plan) => {
  const { node, kind, edges, target, alarms, reminder, ending, endsBranch } = plan
  const id = plan.gated ? `${node.id}!wait` : node.id
  const enter = plan.gated ? {} : { entry: [{ type: 'enter', params: { node: node.id } }] as const }
  const onDone = [
    ...completions(node, edges, target),
    again(node),
    endsBranch && ending !== null
      ? { ...to(ending), actions: [{ type: 'leave', params: { node: node.id } } as const] }
      : {
          ...to(incidentState(node.id)),
          actions: [{ type: 'fail', params: { node: node.id } } as const],
        },
  ]
  const timers = alarms.filter(({ port }) => !reminder || port !== remindPort)
  const here = {
    exit: [exit(node), ...timers.map(({ port }) => exit(node, port))],
    invoke: [
      {
        id: node.id,
        src: sourceOf(kind, node.type) ?? kind,
        input: { node: node.id, incident: false },
        onDone,
      },
      ...timers.map(({ port }) => ({ ...timer(node, port), onDone })),
    ],
  }
  const remind = reminder && alarms.find(({ port }) => port === remindPort)
  return {
    ...gate(plan, id),
    [id]: remind
      ? {
          id,
          type: 'parallel',
          ...enter,
          states: {
            '!here': { id: `${node.id}!here`, ...here },
            [remindPort]: besides(node, reminder, remind.every !== null),
          },
        }
      : { id, ...enter, ...here },
    ...incident(plan),
  }
}

const exit = (node: FlowNode, port?: string): ActionReference => ({
  type: 'exit',
  params: { node: node.id, ...(port === undefined ? {} : { port }) },
})

const timer = (node: FlowNode, port: string): Omit<InvokeDefinition, 'onDone'> => ({
  id: `${node.id}!${port}`,
  src: 'timer',
  input: { node: node.id, incident: false, port },
})

/** A reminder's path beside its node: its timer, what follows, and where it comes again, the timer once more. */
function besides(node: FlowNode, path: BranchPlan, again: boolean): StateDefinition {
  const id = `${node.id}/${path.id}`
  const next = `${id}!timer`
  const ended = endedState(node.id, path.id)
  return {
    id,
    initial: next,
    states: {
      [next]: {
        id: next,
        entry: [{ type: 'remind', params: { node: node.id } }],
        exit: [exit(node, path.id)],
        invoke: [
          {
            ...timer(node, path.id),
            onDone: [{ ...to(path.first), actions: [{ type: 'tick', params: {} }] }],
          },
        ],
      },
      ...path.states,
      [ended]: again ? { id: ended, always: [to(next)] } : { id: ended, type: 'final' },
    },
  }
}

/** The visit is counted before the node begins, so that nothing is asked for beyond the limit, or where it cannot be. */
function gate(plan: NodePlan, next: string): Record<string, StateDefinition> {
  const { node, edges, target } = plan
  if (!plan.gated) return {}
  const error = edges.find((edge) => edge.sourcePort === errorPort)
  return {
    [node.id]: {
      id: node.id,
      entry: [{ type: 'enter', params: { node: node.id } }],
      always: [
        {
          guard: { type: 'exhausted', params: { node: node.id } },
          ...to(error ? target(error) : incidentState(node.id)),
          ...when(error ? leaving(node, error) : []),
        },
        to(next),
      ],
    },
  }
}

type Incident = Pick<NodePlan, 'node' | 'edges' | 'target' | 'ending' | 'endsBranch'>

/** Waits for an operator, who names a port or has the node run anew. */
function incident({
  node,
  edges,
  target,
  ending,
  endsBranch,
}: Incident): Record<string, StateDefinition> {
  const id = incidentState(node.id)
  return {
    [id]: {
      id,
      exit: [exit(node)],
      invoke: [
        {
          id,
          src: 'incident',
          input: { node: node.id, incident: true },
          onDone: [
            ...completions(node, edges, target),
            again(node),
            endsBranch && ending !== null
              ? { ...to(ending), actions: [{ type: 'leave', params: { node: node.id } }] }
              : { ...to(id), actions: [{ type: 'tick', params: {} }] },
          ],
        },
      ],
    },
  }
}

/** The node is entered once more, as a new visit. */
const again = (node: FlowNode): TransitionDefinition => ({
  guard: { type: 'port', params: { port: retryPort } },
  ...to(node.id),
  actions: [{ type: 'tick', params: {} }],
})

const completions = (
  node: FlowNode,
  edges: readonly Way[],
  target: NodePlan['target'],
): TransitionDefinition[] =>
  edges.map((edge) => ({
    guard: { type: 'port', params: { port: edge.sourcePort } },
    ...to(target(edge)),
    actions: [{ type: 'leave', params: { node: node.id } }, ...leaving(node, edge)],
  }))

const fork: StateCompiler = (plan) => {
  const { node, fragment, spread, join, branches } = plan
  const id = plan.cyclic ? `${node.id}!branches` : node.id
  const entry: StateDefinition['entry'] = [{ type: 'compute', params: { node: node.id } }]
  return {
    ...gate(plan, id),
    [id]:
      spread === null
        ? {
            id,
            type: 'parallel',
            entry,
            states:
              fragment?.regions ??
              Object.fromEntries(branches.map((branch) => [branch.id, region(node.id, branch)])),
            ...(join ? joining(node.id, join, fragment) : { onDone: [apart(plan)] }),
          }
        : { id, entry, always: [to(spreadState(spread, node.id))] },
    ...(join || spread !== null || plan.ending !== null || plan.over ? {} : finished(node)),
    ...(plan.cyclic ? incident({ ...plan, edges: [] }) : {}),
  }
}

/** Where the branches never meet: once all have ended, so has the branch around, or the try, or the run. */
const apart = ({ node, ending, over, target }: NodePlan): TransitionDefinition =>
  ending !== null
    ? to(ending)
    : over
      ? { ...to(target(over)), ...when(leaving(node, over)) }
      : to(overState(node.id))

const overState = (fork: string): string => `${fork}!over`

const finished = (node: FlowNode): Record<string, StateDefinition> => ({
  [overState(node.id)]: {
    id: overState(node.id),
    type: 'final',
    entry: [{ type: 'finish', params: { node: node.id } }],
  },
})

function joining(
  forkId: string,
  join: NonNullable<NodePlan['join']>,
  fragment: FragmentPlan | null,
): Pick<StateDefinition, 'always' | 'onDone'> {
  const count = { all: null, any: 1, count: join.config.count ?? 1 }[join.config.mode]
  return {
    // Also where fewer branches began than the join counts: then all that began have arrived.
    onDone: [to(join.id)],
    ...(fragment?.exit
      ? { always: [{ guard: { type: 'ready', params: fragment.exit }, ...to(join.id) }] }
      : count === null
        ? {}
        : {
            always: [
              { guard: { type: 'arrived', params: { fork: forkId, count } }, ...to(join.id) },
            ],
          }),
  }
}

/** One branch: ends at once where its condition was not met. */
function region(forkId: string, branch: BranchPlan): StateDefinition {
  const id = `${forkId}/${branch.id}`
  const done = doneState(forkId, branch.id)
  const ended = endedState(forkId, branch.id)
  const { conditional, first, mayEnd } = branch
  // XState wants the initial state inside: a condition, or a first edge that leaves the fork, needs a state before it.
  const before = conditional || !(first === done || first in branch.states)
  return {
    id,
    initial: before ? `${id}!begin` : first,
    states: {
      ...(before
        ? {
            [`${id}!begin`]: {
              id: `${id}!begin`,
              always: [
                {
                  guard: { type: 'begun', params: { fork: forkId, branch: branch.id } },
                  ...to(first),
                },
                to(ended),
              ],
            },
          }
        : {}),
      ...(before || mayEnd ? { [ended]: { id: ended, type: 'final' } } : {}),
      ...branch.states,
      [done]: {
        id: done,
        type: 'final',
        entry: [{ type: 'arrive', params: { fork: forkId, branch: branch.id } }],
      },
    },
  }
}

/** Ends the run; or its try, by an edge; or its branch. */
const end: StateCompiler = (plan) => (plan.endsRun ? final(plan) : computed(plan))

const final: StateCompiler = ({ node }) => ({
  [node.id]: {
    id: node.id,
    type: 'final',
    entry: [{ type: 'compute', params: { node: node.id } }],
  },
})

/** What waits for others than an effect. */
export const waitingKinds: ReadonlySet<NodeKind> = new Set([
  'timer',
  'task',
  'message',
  'call',
  'each',
  'lock',
])

/** The actor that a node of the kind invokes; undefined where it does not wait. */
export const sourceOf = (kind: NodeKind, type: string): string | undefined =>
  kind === 'effect' ? type : waitingKinds.has(kind) ? kind : undefined

/** A new kind of node breaks the build here until it is handled. */
export const compilers: Readonly<Record<NodeKind, StateCompiler>> = {
  start: computed,
  pure: computed,
  branch: computed,
  join: computed,
  effect: waiting,
  timer: waiting,
  task: waiting,
  fork,
  message: waiting,
  call: waiting,
  each: waiting,
  lock: waiting,
  try: computed,
  end,
  continue: final,
}

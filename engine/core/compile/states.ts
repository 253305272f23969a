import { spreadState } from '#core/compile/fragment.ts'
import type {
  ActionReference,
  GuardReference,
  InvokeDefinition,
  StateDefinition,
  TransitionDefinition,
} from '#core/compile/definition.ts'
import { retryPort } from '#core/compile/definition.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { errorPort } from '#core/graph/ports.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import type { Alarm } from '#core/compile/program.ts'
import { afterJoin, remindPort, type JoinConfig } from '#core/graph/control.ts'
import type { Way } from '#core/graph/topology.ts'

/** What the state of one node is made from. */
interface NodePlan {
  readonly node: FlowNode
  readonly kind: NodeKind
  readonly edges: readonly Way[]
  /** How a way is taken: the state that it enters, and what is done on it. */
  readonly take: (way: Way) => Entering
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
  /** What follows the join beside the branches that it lets finish. */
  readonly after: StateDefinition['states'] | null
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
export type Entering = Required<Pick<TransitionDefinition, 'target' | 'reenter'>> &
  Pick<TransitionDefinition, 'actions'>

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

export const to = (target: string): Entering => ({ target: `#${target}`, reenter: true })

/** A pure node, a branch, a start, a join: computed at entry, followed at once. */
const computed: StateCompiler = (plan) => {
  const { node, edges, take, ending, endsBranch } = plan
  return {
    [node.id]: {
      id: node.id,
      entry: [{ type: 'compute', params: { node: node.id } }],
      always: [
        ...edges.map((edge) => ({
          guard: { type: 'left', params: { node: node.id, port: edge.sourcePort } } as const,
          ...take(edge),
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
  const { node, kind, edges, take, alarms, reminder, ending, endsBranch } = plan
  const id = plan.gated ? `${node.id}!wait` : node.id
  const enter = plan.gated ? {} : { entry: [{ type: 'enter', params: { node: node.id } }] as const }
  const onDone = [
    ...completions(node, edges, take),
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
  const { node, edges, take } = plan
  if (!plan.gated) return {}
  const error = edges.find((edge) => edge.sourcePort === errorPort)
  return {
    [node.id]: {
      id: node.id,
      entry: [{ type: 'enter', params: { node: node.id } }],
      always: [
        {
          guard: { type: 'exhausted', params: { node: node.id } },
          ...(error ? take(error) : to(incidentState(node.id))),
        },
        to(next),
      ],
    },
  }
}

type Incident = Pick<NodePlan, 'node' | 'edges' | 'take' | 'ending' | 'endsBranch'>

/** Waits for an operator, who names a port or has the node run anew. */
function incident({
  node,
  edges,
  take,
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
            ...completions(node, edges, take),
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
  take: NodePlan['take'],
): TransitionDefinition[] =>
  edges.map((edge) => {
    const { actions = [], ...entering } = take(edge)
    return {
      guard: { type: 'port', params: { port: edge.sourcePort } },
      ...entering,
      actions: [{ type: 'leave', params: { node: node.id } }, ...actions],
    }
  })

const fork: StateCompiler = (plan) => {
  const { node, fragment, spread, join, branches, after } = plan
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
            states: {
              ...(fragment?.regions ??
                Object.fromEntries(
                  branches.map((branch) => [branch.id, region(node.id, branch, after !== null)]),
                )),
              ...(join && after ? { [afterJoin]: beginning(plan, { join, after }) } : {}),
            },
            ...(!join ? { onDone: [apart(plan)] } : after ? {} : joining(node.id, join, fragment)),
          }
        : { id, entry, always: [to(spreadState(spread, node.id))] },
    ...(plan.cyclic ? incident({ ...plan, edges: [] }) : {}),
  }
}

/** Where the branches never meet: once all have ended, so has the branch around, or the try, or the run. */
const apart = ({ node, ending, over, take }: NodePlan): TransitionDefinition =>
  over ? take(over) : to(ending ?? overState(node.id))

export const overState = (fork: string): string => `${fork}!over`

/** Where branches that never meet end the run. */
export const finished = (fork: string): Record<string, StateDefinition> => ({
  [overState(fork)]: {
    id: overState(fork),
    type: 'final',
    entry: [{ type: 'finish', params: { node: fork } }],
  },
})

function joining(
  forkId: string,
  join: NonNullable<NodePlan['join']>,
  fragment: FragmentPlan | null,
): Pick<StateDefinition, 'always' | 'onDone'> {
  const enough = enoughFor(forkId, join, fragment)
  return {
    // Also where fewer branches began than the join counts: then all that began have arrived.
    onDone: [to(join.id)],
    ...(enough ? { always: [{ guard: enough, ...to(join.id) }] } : {}),
  }
}

/** When the join goes on before all branches have ended. */
function enoughFor(
  fork: string,
  { config }: NonNullable<NodePlan['join']>,
  fragment: FragmentPlan | null,
): GuardReference | undefined {
  if (fragment?.exit) return { type: 'ready', params: fragment.exit }
  const count = { all: null, any: 1, count: config.count ?? 1 }[config.mode]
  return count === null ? undefined : { type: 'arrived', params: { fork, count } }
}

/** What follows a join beside the branches that it lets finish: until it goes on, they are heeded. */
function beginning(
  { node, fragment }: NodePlan,
  { join, after }: { join: NonNullable<NodePlan['join']>; after: StateDefinition['states'] },
): StateDefinition {
  const fork = node.id
  const id = `${fork}/${afterJoin}`
  const pending = `${id}!pending`
  const enough = enoughFor(fork, join, fragment)
  return {
    id,
    initial: pending,
    states: {
      [pending]: {
        id: pending,
        exit: [{ type: 'goOn', params: { fork } }],
        always: [
          ...(enough ? [{ guard: enough, ...to(join.id) }] : []),
          { guard: { type: 'through', params: { fork } }, ...to(join.id) },
        ],
      },
      ...after,
    },
  }
}

/** One branch: ends at once where its condition was not met. */
function region(forkId: string, branch: BranchPlan, mayFinish: boolean): StateDefinition {
  const id = `${forkId}/${branch.id}`
  const done = doneState(forkId, branch.id)
  const ended = endedState(forkId, branch.id)
  const { conditional, first } = branch
  const mayEnd = branch.mayEnd || mayFinish
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
      ...(before || mayEnd ? { [ended]: endedBranch(forkId, branch.id, mayFinish) } : {}),
      ...branch.states,
      [done]: {
        id: done,
        type: 'final',
        entry: [{ type: 'arrive', params: { fork: forkId, branch: branch.id } }],
      },
    },
  }
}

/** Who goes on beside the branches, and leaves their fork only when all are through, counts these too. */
const endedBranch = (fork: string, branch: string, counts: boolean): StateDefinition => ({
  id: endedState(fork, branch),
  type: 'final',
  ...(counts ? { entry: [{ type: 'over', params: { fork, branch } }] } : {}),
})

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

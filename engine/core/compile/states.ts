import type { StateDefinition, TransitionDefinition } from '#core/compile/definition.ts'
import { retryPort } from '#core/compile/definition.ts'
import type { FlowEdge, FlowNode } from '#core/graph/flow.ts'
import { errorPort } from '#core/graph/ports.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import type { JoinConfig } from '#core/graph/control.ts'

/** What the state of one node is made from. */
interface NodePlan {
  readonly node: FlowNode
  readonly kind: NodeKind
  readonly edges: readonly FlowEdge[]
  /** Where an edge leads: a state id, without `#`. */
  readonly target: (edge: FlowEdge) => string
  readonly cyclic: boolean
  /** Of a fork: its branches in order, each with the states inside. */
  readonly branches: readonly BranchPlan[]
  readonly join: { readonly id: string; readonly config: JoinConfig } | null
}
export interface BranchPlan {
  readonly id: string
  readonly conditional: boolean
  /** State id where the branch begins. */
  readonly first: string
  readonly states: Readonly<Record<string, StateDefinition>>
}

export const doneState = (fork: string, branch: string): string => `${fork}/${branch}!done`
const incidentState = (node: string): string => `${node}!incident`

type StateCompiler = (plan: NodePlan) => Record<string, StateDefinition>

const to = (target: string): TransitionDefinition => ({ target: `#${target}`, reenter: true })

/** A pure node, a branch, a start, a join: computed at entry, followed at once. */
const computed: StateCompiler = ({ node, edges, target }) => ({
  [node.id]: {
    id: node.id,
    entry: [{ type: 'compute', params: { node: node.id } }],
    always: [
      ...edges.map((edge) => ({
        guard: { type: 'left', params: { node: node.id, port: edge.sourcePort } } as const,
        ...to(target(edge)),
      })),
      to(incidentState(node.id)),
    ],
  },
  ...incident(node, edges, target),
})

/** An effect, a timer, a task: an invoke that completes with a port. */
const waiting: StateCompiler = (plan) => {
  const { node, kind, edges, target } = plan
  const id = plan.cyclic ? `${node.id}!wait` : node.id
  return {
    ...gate(plan, id),
    [id]: {
      id,
      ...(plan.cyclic ? {} : { entry: [{ type: 'enter', params: { node: node.id } }] }),
      exit: [{ type: 'exit', params: { node: node.id } }],
      invoke: {
        id: node.id,
        src: sourceOf(kind, node.type) ?? kind,
        input: { node: node.id, incident: false },
        onDone: [
          ...completions(node, edges, target),
          again(node),
          {
            ...to(incidentState(node.id)),
            actions: [{ type: 'fail', params: { node: node.id } }],
          },
        ],
      },
    },
    ...incident(node, edges, target),
  }
}

/** On a cycle the visit is counted before the node begins, so that beyond the limit nothing is asked for. */
function gate(plan: NodePlan, next: string): Record<string, StateDefinition> {
  const { node, edges, target } = plan
  if (!plan.cyclic) return {}
  const error = edges.find((edge) => edge.sourcePort === errorPort)
  return {
    [node.id]: {
      id: node.id,
      entry: [{ type: 'enter', params: { node: node.id } }],
      always: [
        {
          guard: { type: 'exhausted', params: { node: node.id } },
          ...to(error ? target(error) : incidentState(node.id)),
        },
        to(next),
      ],
    },
  }
}

/** Waits for an operator, who names a port or has the node run anew. */
function incident(
  node: FlowNode,
  edges: readonly FlowEdge[],
  target: NodePlan['target'],
): Record<string, StateDefinition> {
  const id = incidentState(node.id)
  return {
    [id]: {
      id,
      exit: [{ type: 'exit', params: { node: node.id } }],
      invoke: {
        id,
        src: 'incident',
        input: { node: node.id, incident: true },
        onDone: [
          ...completions(node, edges, target),
          again(node),
          { ...to(id), actions: [{ type: 'tick', params: {} }] },
        ],
      },
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
  edges: readonly FlowEdge[],
  target: NodePlan['target'],
): TransitionDefinition[] =>
  edges.map((edge) => ({
    guard: { type: 'port', params: { port: edge.sourcePort } },
    ...to(target(edge)),
    actions: [{ type: 'leave', params: { node: node.id } }],
  }))

const fork: StateCompiler = (plan) => {
  const { node, join, branches } = plan
  const id = plan.cyclic ? `${node.id}!branches` : node.id
  return {
    ...gate(plan, id),
    [id]: {
      id,
      type: 'parallel',
      entry: [{ type: 'compute', params: { node: node.id } }],
      states: Object.fromEntries(branches.map((branch) => [branch.id, region(node.id, branch)])),
      ...(join ? joining(node.id, join) : {}),
    },
    ...(plan.cyclic ? incident(node, [], plan.target) : {}),
  }
}

function joining(
  forkId: string,
  join: NonNullable<NodePlan['join']>,
): Pick<StateDefinition, 'always' | 'onDone'> {
  const count = { all: null, any: 1, count: join.config.count ?? 1 }[join.config.mode]
  return {
    // Also where fewer branches began than the join counts: then all that began have arrived.
    onDone: [to(join.id)],
    ...(count === null
      ? {}
      : {
          always: [{ guard: { type: 'arrived', params: { fork: forkId, count } }, ...to(join.id) }],
        }),
  }
}

/** One branch: ends at once where its condition was not met. */
function region(forkId: string, branch: BranchPlan): StateDefinition {
  const id = `${forkId}/${branch.id}`
  const done = doneState(forkId, branch.id)
  const skipped = `${id}!skipped`
  const { conditional, first } = branch
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
                to(skipped),
              ],
            },
            [skipped]: { id: skipped, type: 'final' },
          }
        : {}),
      ...branch.states,
      [done]: {
        id: done,
        type: 'final',
        entry: [{ type: 'arrive', params: { fork: forkId, branch: branch.id } }],
      },
    },
  }
}

const final: StateCompiler = ({ node }) => ({
  [node.id]: {
    id: node.id,
    type: 'final',
    entry: [{ type: 'compute', params: { node: node.id } }],
  },
})

const waitingKinds: ReadonlySet<NodeKind> = new Set(['timer', 'task', 'message', 'call', 'each'])

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
  try: computed,
  end: final,
  continue: final,
}

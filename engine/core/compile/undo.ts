import type { MachineDefinition, StateDefinition } from '#core/compile/definition.ts'
import { compilers, to } from '#core/compile/states.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** Where a run goes that is cancelled or fails: back over what it has done. */
const undoState = '!undo'
const undoneState = '!undone'
const stoppingState = '!stopping'

/** A node that undoes others; every one of its ports means that it is done. */
interface Undoer {
  readonly node: FlowNode
  readonly kind: NodeKind
  readonly ports: readonly string[]
}

/**
 * The machine with a way back. A cancellation, and every End that fails, leads to `!undo`: it waits for the runs that
 * were stopped, then enters for what was done last the node that undoes it, until nothing is left.
 */
export function withUndo(
  machine: Omit<MachineDefinition, 'id'>,
  undoers: readonly Undoer[],
  failing: ReadonlySet<string>,
): Omit<MachineDefinition, 'id'> {
  if (undoers.length === 0) return machine
  const states = Object.fromEntries(
    Object.entries(machine.states).map(([key, state]) => [
      key,
      failing.has(key) && state.type === 'final' ? returning(key, state) : keepingStops(state),
    ]),
  )
  return {
    ...machine,
    on: {
      cancel: [
        {
          guard: { type: 'running', params: {} },
          ...to(undoState),
          actions: [{ type: 'cancel', params: {} }],
        },
      ],
    },
    states: {
      ...states,
      ...Object.assign({}, ...undoers.map(statesOf)),
      [undoState]: {
        id: undoState,
        always: [
          { guard: { type: 'stopping', params: {} }, ...to(stoppingState) },
          ...undoers.map(({ node }) => ({
            guard: { type: 'undoes', params: { node: node.id } } as const,
            ...to(node.id),
          })),
          to(undoneState),
        ],
      },
      [stoppingState]: {
        id: stoppingState,
        invoke: [
          {
            id: stoppingState,
            src: 'stopping',
            input: { node: '', incident: false, stopping: true },
            onDone: [{ ...to(undoState), actions: [{ type: 'stopped', params: {} }] }],
          },
        ],
      },
      [undoneState]: { id: undoneState, type: 'final' },
    },
  }
}

const statesOf = ({ node, kind, ports }: Undoer): Record<string, StateDefinition> =>
  compilers[kind]({
    node,
    kind,
    edges: ports.map((port) => ({
      id: `${node.id}/${port}`,
      source: node.id,
      sourcePort: port,
      target: undoState,
    })),
    take: ({ target }) => to(target),
    cyclic: false,
    gated: false,
    spread: null,
    fragment: null,
    branches: [],
    join: null,
    after: null,
    ending: null,
    endsBranch: false,
    endsRun: false,
    over: null,
    alarms: [],
    reminder: null,
  })

/** An End that fails is no end while something is to be undone. */
function returning(node: string, { id, entry = [] }: StateDefinition): StateDefinition {
  const failed = { type: 'left', params: { node, port: 'failed' } } as const
  return { id, entry, always: [{ guard: failed, ...to(undoState) }, to(undoneState)] }
}

const asksForRuns: ReadonlySet<string> = new Set(['call', 'each', 'lock'])

/** What asks for other runs notes when it is stopped: those are waited for before anything is undone. */
function keepingStops(state: StateDefinition): StateDefinition {
  const { invoke = [], exit = [], states } = state
  const asking = invoke.filter(({ src }) => asksForRuns.has(src))
  const cuts = asking.map(({ input: { node } }) => ({ type: 'cut', params: { node } }) as const)
  return {
    ...state,
    ...(cuts.length > 0 ? { exit: [...cuts, ...exit] } : {}),
    ...(states
      ? {
          states: Object.fromEntries(
            Object.entries(states).map(([key, inner]) => [key, keepingStops(inner)]),
          ),
        }
      : {}),
  }
}

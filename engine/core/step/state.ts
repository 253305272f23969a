import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { emptyMemory, recall, remember } from '#core/compile/memory.ts'
import type { CompiledProgram, RunContext, Visits } from '#core/compile/program.ts'
import { TerminalError } from '#core/errors.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Effect, EffectId, RunStatus, State } from '#core/step/types.ts'

/** An effect that has been asked for and not answered. Our own table: XState's children play no part. */
export interface OpenEffect {
  readonly id: EffectId
  readonly node: string
  readonly epoch: number
  readonly kind: Exclude<Effect['kind'], 'stop'>
  /** Of a timer besides the node's own effect: the port that it leaves or reminds by, whatever the answer says. */
  readonly port?: string
  /** The machine's name for it. */
  readonly invoke: string
}

/** What is behind the opaque `State`. Never changed, only replaced. */
export interface RunState {
  readonly program: CompiledProgram
  readonly snapshot: AnyMachineSnapshot
  readonly open: ReadonlyMap<EffectId, OpenEffect>
  readonly status: RunStatus
  readonly output: Json
}

export const hide = (state: RunState): State => state as unknown as State
export const reveal = (state: State): RunState => state as unknown as RunState
const contextOf = (state: RunState): RunContext => state.snapshot.context as RunContext

/** The form on disk: values by node id, so that a person can read it. */
interface SavedState {
  readonly format: 1
  readonly release: string
  readonly value: Json
  readonly context: Omit<RunContext, 'memory'> & {
    readonly nodes: Readonly<Record<string, Visits>>
  }
  readonly open: readonly OpenEffect[]
  readonly status: RunStatus
  readonly output: Json
}

export function saveState(state: RunState): Json {
  const { program } = state
  const { memory, ...context } = contextOf(state)
  const saved: SavedState = {
    format: 1,
    release: program.hash,
    value: state.snapshot.value as Json,
    context: {
      ...context,
      nodes: Object.fromEntries(
        program.slots.flatMap(({ id, slot }) => {
          const visits = recall(memory, slot)
          return visits ? [[id, visits]] : []
        }),
      ),
    },
    open: [...state.open.values()],
    status: state.status,
    output: state.output,
  }
  return saved as unknown as JsonObject
}

/** @throws TerminalError STATE_OF_ANOTHER_RELEASE */
export function readState(
  machine: AnyStateMachine,
  program: CompiledProgram,
  given: Json,
): RunState {
  // Only `saveState` writes what comes here; the release's hash and the format guard against anything else.
  const saved = given as unknown as SavedState
  if (saved.format !== 1 || saved.release !== program.hash)
    throw new TerminalError('STATE_OF_ANOTHER_RELEASE')
  const { nodes, ...context } = saved.context
  let memory = emptyMemory(program.slots.length)
  for (const { id, slot } of program.slots) {
    const visits = Object.hasOwn(nodes, id) ? nodes[id] : undefined
    if (visits) memory = remember(memory, slot, visits)
  }
  return {
    program,
    snapshot: machine.resolveState({
      value: saved.value as never,
      context: { ...context, memory },
    }),
    open: new Map(saved.open.map((effect) => [effect.id, effect])),
    status: saved.status,
    output: saved.output,
  }
}

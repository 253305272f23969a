import { createMachine, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { stateAt, statePaths } from '#core/compile/state-paths.ts'
import { recall, remember } from '#core/compile/memory.ts'
import type { CompiledProgram, RunContext } from '#core/compile/program.ts'
import { frozenJson } from '#core/node/frozen-json.ts'
import type { Json } from '#core/json.ts'
import type { Input } from '#core/step/types.ts'

type Rewind = Extract<Input, { type: 'rewind' }>

/** The run as it is, on a machine of its own that knows one event more: to go back. */
export interface Rewound {
  readonly machine: AnyStateMachine
  readonly snapshot: AnyMachineSnapshot
}
export const rewindEvent = 'rewind'

/** Undefined where the run cannot go back to the node. */
export function rewound(
  program: CompiledProgram,
  machine: AnyStateMachine,
  given: { readonly snapshot: AnyMachineSnapshot; readonly input: Rewind },
): Rewound | undefined {
  const { snapshot, input } = given
  const slot = program.nodes.get(input.node)?.slot
  const path = statePaths(program.definition).get(input.node)
  const region = path?.slice(0, -1)
  if (slot === undefined || !region || !isActive(snapshot.value as Json, region)) return undefined
  const edited = withValues(program, snapshot.context as RunContext, input)
  if (!edited || recall(edited.memory, slot) === null) return undefined
  const context = notArrived(program, edited, region)
  const back = createMachine(
    withTransition(machine.config as Config, region, `#${input.node}`) as never,
    machine.implementations as never,
  )
  return { machine: back, snapshot: back.resolveState({ value: snapshot.value, context }) }
}

/** Whether the state at the keys is part of the value, which is a key or an object of keys. */
function isActive(value: Json, path: readonly string[]): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === key && rest.length === 0
  const inner = (value as Readonly<Record<string, Json>>)[key]
  return inner !== undefined && isActive(inner, rest)
}

function withValues(
  program: CompiledProgram,
  context: RunContext,
  { at, values }: Rewind,
): RunContext | undefined {
  let { input, memory } = context
  for (const [name, value] of Object.entries(values)) {
    if (name === 'input') {
      input = frozenJson(value)
      continue
    }
    const slot = program.nodes.get(name)?.slot
    const visits = slot === undefined ? null : recall(memory, slot)
    if (slot === undefined || visits?.value === undefined) return undefined
    memory = remember(memory, slot, { ...visits, value: frozenJson(value) })
  }
  return { ...context, at, input, memory }
}

/** A branch that goes back has not reached its join. */
function notArrived(
  program: CompiledProgram,
  context: RunContext,
  region: readonly string[],
): RunContext {
  const ends = Object.values(stateAt(program.definition, region)?.states ?? {})
  const arrivals = ends.flatMap(({ entry }) => entry ?? [])
  return arrivals.reduce((before, action) => {
    if (action.type !== 'arrive') return before
    const { fork, branch } = action.params
    const slot = program.nodes.get(fork)?.slot
    const visits = slot === undefined ? null : recall(before.memory, slot)
    if (slot === undefined || !visits?.arrived) return before
    const arrived = visits.arrived.filter((each) => each !== branch)
    return { ...before, memory: remember(before.memory, slot, { ...visits, arrived }) }
  }, context)
}

interface Config {
  readonly on?: object
  readonly states?: Readonly<Record<string, Config>>
}

/** Only what leads to the region is copied. Without `reenter` the region itself is kept, and all inside is left. */
function withTransition(config: Config, path: readonly string[], target: string): Config {
  const [key, ...rest] = path
  if (key === undefined) return { ...config, on: { ...config.on, [rewindEvent]: target } }
  const inner = config.states?.[key]
  if (!inner) return config
  return { ...config, states: { ...config.states, [key]: withTransition(inner, rest, target) } }
}

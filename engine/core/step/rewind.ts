import { createMachine, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type {
  ActionReference,
  MachineDefinition,
  StateDefinition,
} from '#core/compile/definition.ts'
import { stateAt, statePaths } from '#core/compile/state-paths.ts'
import { recall, remember } from '#core/compile/memory.ts'
import type { CompiledProgram, RunContext } from '#core/compile/program.ts'
import { afterJoin } from '#core/graph/control.ts'
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
  // An end has been reached: what was done is being undone.
  if ((snapshot.context as RunContext).end !== null) return undefined
  const edited = withValues(program, snapshot.context as RunContext, input)
  if (!edited || recall(edited.memory, slot) === null) return undefined
  const cut = cutBy(program.definition, region, input.node)
  const context = undone(program, edited, cut)
  const config = cut.reduce(withTransition, machine.config as Config)
  const back = createMachine(config as never, machine.implementations as never)
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

/** What goes back has not reached its join. */
function undone(program: CompiledProgram, context: RunContext, cut: readonly Cut[]): RunContext {
  const states = cut.flatMap(({ region }) =>
    Object.values(stateAt(program.definition, region)?.states ?? {}),
  )
  return states
    .flatMap(({ entry }) => entry ?? [])
    .reduce((before, action) => {
      const ended = endedBy(action)
      const slot = ended && program.nodes.get(ended.fork)?.slot
      const visits = slot === undefined ? null : recall(before.memory, slot)
      if (slot === undefined || !ended || !visits) return before
      const next = {
        ...visits,
        ...(visits.arrived && { arrived: visits.arrived.filter((each) => each !== ended.branch) }),
        ...(visits.over && { over: visits.over.filter((each) => each !== ended.branch) }),
        ...(visits.determined && {
          determined: visits.determined.filter(({ node }) => node !== ended.branch),
        }),
      }
      return { ...before, memory: remember(before.memory, slot, next) }
    }, context)
}

/** The branch that a final state's action marks as ended, or the node of a fragment. */
function endedBy(action: ActionReference): { fork: string; branch: string } | undefined {
  if (action.type === 'arrive' || action.type === 'over') return action.params
  if (action.type === 'determine' || action.type === 'spread')
    return { fork: action.params.fork, branch: action.params.node }
  return undefined
}

/** A region that goes back, and the state where it goes on. */
interface Cut {
  readonly region: readonly string[]
  readonly target: string
}

/** The node's own region; in a fragment also the regions of all that follows it there, which wait once more. */
function cutBy(definition: MachineDefinition, region: readonly string[], node: string): Cut[] {
  const cut = [{ region, target: node }]
  const beside = region.slice(0, -1)
  const regions = Object.entries(stateAt(definition, beside)?.states ?? {})
  const gone = new Set([node])
  for (let before = 0; before < gone.size;) {
    before = gone.size
    for (const [key, { states = {} }] of regions) {
      const begin = Object.values(states).find(({ always }) => awaitedBy(always).length > 0)
      // What follows the join has begun, or waits for all of them anyway.
      if (!begin || gone.has(key) || key === afterJoin) continue
      if (!awaitedBy(begin.always).some((each) => gone.has(each.node))) continue
      gone.add(key)
      cut.push({ region: [...beside, key], target: begin.id })
    }
  }
  return cut
}

const awaitedBy = (always: StateDefinition['always'] = []) =>
  always.flatMap(({ guard }) => (guard?.type === 'ready' ? guard.params.into : []))

interface Config {
  readonly on?: object
  readonly states?: Readonly<Record<string, Config>>
}

/** Only what leads to the region is copied. Without `reenter` the region itself is kept, and all inside is left. */
function withTransition(config: Config, { region, target }: Cut): Config {
  const [key, ...rest] = region
  if (key === undefined) return { ...config, on: { ...config.on, [rewindEvent]: `#${target}` } }
  const inner = config.states?.[key]
  if (!inner) return config
  const within = withTransition(inner, { region: rest, target })
  return { ...config, states: { ...config.states, [key]: within } }
}

import {
  assign,
  createActor,
  createMachine,
  fromPromise,
  type AnyEventObject,
  type AnyStateMachine,
} from 'xstate'
import type { MachineDefinition, StateDefinition } from '#core/compile/definition.ts'

interface Params {
  readonly node: string
  readonly port: string
}
interface Context {
  readonly port: string
  readonly values: Readonly<Record<string, unknown>>
}
interface Output {
  readonly port: string
  readonly value: unknown
}
interface Given {
  readonly context: Context
  readonly event: AnyEventObject
}

/** How a bare machine is stepped. */
export type Form = 'events' | 'invoke'

/**
 * A flow's machine with the engine taken out: the same states, transitions, guards and actions, but a guard compares
 * two texts and an action keeps one value. `ports` says by which port each node is left.
 */
export function bareMachine(
  definition: MachineDefinition,
  ports: ReadonlyMap<string, string>,
  form: Form,
): AnyStateMachine {
  const keep = assign(({ context, event }: Given, { node }: Params) => ({
    values: { ...context.values, [node]: (event['output'] as Output | undefined)?.value ?? null },
  }))
  return createMachine(
    { ...configOf(definition, form), context: { port: '', values: {} } } as never,
    {
      actions: {
        compute: assign((_: Given, { node }: Params) => ({ port: ports.get(node) ?? '' })),
        enter: () => {},
        open: () => {},
        exit: () => {},
        leave: keep,
        fail: keep,
        tick: () => {},
      },
      actors: Object.fromEntries(sourcesOf(definition).map((src) => [src, fromPromise(never)])),
      guards: {
        left: ({ context }: Given, { port }: Params) => context.port === port,
        port: ({ event }: Given, { port }: Params) =>
          (event['output'] as Output | undefined)?.port === port,
      },
    } as never,
  )
}

const never = (): Promise<never> => new Promise(() => {})

function sourcesOf(definition: MachineDefinition | StateDefinition): string[] {
  const own = 'invoke' in definition ? (definition.invoke ?? []).map(({ src }) => src) : []
  return [...own, ...Object.values(definition.states ?? {}).flatMap(sourcesOf)]
}

function configOf(
  definition: MachineDefinition | StateDefinition,
  form: Form,
): Record<string, unknown> {
  const { states, ...rest } = definition
  const state = 'invoke' in rest && rest.invoke && form === 'events' ? plain(rest) : rest
  return states
    ? {
        ...state,
        states: Object.fromEntries(
          Object.entries(states).map(([key, inner]) => [key, configOf(inner, form)]),
        ),
      }
    : state
}

function plain({ invoke, entry, ...rest }: Omit<StateDefinition, 'states'>) {
  if (!invoke) return rest
  return {
    ...rest,
    entry: [...(entry ?? []), ...invoke.map(() => ({ type: 'open' }))],
    on: Object.fromEntries(invoke.map(({ id, onDone }) => [`answer:${id}`, onDone])),
  }
}

/** The cheapest way that XState has to step a machine: one inert actor for all transitions. */
export function inertScope(): Parameters<AnyStateMachine['transition']>[2] {
  const self = createActor(createMachine({}))
  const nothing = () => {}
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    defer: nothing,
    logger: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: nothing,
  } as unknown as Parameters<AnyStateMachine['transition']>[2]
}

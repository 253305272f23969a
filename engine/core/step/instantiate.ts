import {
  assign,
  createMachine,
  fromPromise,
  type AnyActorLogic,
  type AnyEventObject,
  type AnyStateMachine,
} from 'xstate'
import { sourceOf } from '#core/compile/states.ts'
import {
  actions,
  beginning,
  guards,
  type Beginning,
  type Completion,
  type Escape,
} from '#core/compile/behaviour.ts'
import { effectOf } from '#core/compile/effect-of.ts'
import type {
  ActionReference,
  GuardReference,
  MachineDefinition,
  StateDefinition,
} from '#core/compile/definition.ts'
import type { CompiledProgram, RunContext } from '#core/compile/program.ts'
import type { Json, JsonObject } from '#core/json.ts'

/** Told of what the machine computes while it steps; changes nothing. */
export interface Observer {
  computed(node: string, context: RunContext, inputs: JsonObject): void
  entered(node: string, context: RunContext): void
  escaped(left: Escape, context: RunContext): void
}

/**
 * `invoke` is ordinary XState: actors do what waits, `createActor` runs it. `events` is the same machine for stepping:
 * what waits becomes the action `open`, and its completion the event `answer:<invoke id>`, which spares XState an actor.
 */
export type MachineForm = 'invoke' | 'events'

export const answerEvent = (invoke: string): string => `answer:${invoke}`

/** The executable machine of a program. */
export function instantiate(
  program: CompiledProgram,
  form: MachineForm,
  changes = changesOf(program),
): AnyStateMachine {
  const config = {
    ...configOf(program.definition, program, form),
    context: ({ input }: { input: Beginning }) => beginning(program, input),
    output: ({ context }: { context: RunContext }) => context.end?.output ?? null,
  }
  // The config is data made by the compiler; XState's inference has nothing to add to it.
  return createMachine(config as never, implementations(program, changes) as never)
}

interface Args {
  readonly context: RunContext
  readonly event: AnyEventObject
}

/** What an action makes of the whole context. */
export type Change = (context: RunContext, params: never, completion: Completion) => RunContext

/** As an XState action. */
const replacing = (next: Change): unknown =>
  assign(({ context, event }: Args, params: never) => next(context, params, completionOf(event)))

type Params<T> = Extract<ActionReference, { type: T }>['params']
interface OfNode {
  readonly node: string
}

/** The actions by which a machine of the program changes its context, by name. */
export function changesOf(
  program: CompiledProgram,
  observer?: Observer,
): Readonly<Record<string, Change>> {
  return {
    enter(context, { node }: OfNode) {
      const next = actions.enter(program, context, node)
      observer?.entered(node, next)
      return next
    },
    compute(context, { node }: OfNode) {
      const { context: next, inputs } = actions.compute(program, context, node)
      observer?.computed(node, next, inputs)
      return next
    },
    leave: (context, { node }: OfNode, completion) =>
      actions.leave(program, context, node, completion),
    fail: (context, { node }: OfNode, completion) =>
      actions.fail(program, context, node, completion),
    remind: (context, { node }: OfNode) => actions.remind(program, context, node),
    escape(context, left: Escape) {
      const next = actions.escape(program, context, left)
      observer?.escaped(left, next)
      return next
    },
    finish: (context, { node }: OfNode) => actions.finish(program, context, node),
    tick: (context, _, completion) => actions.tick(context, completion),
    arrive: (context, { fork, branch }: Params<'arrive'>) =>
      actions.arrive(program, context, fork, branch),
    over: (context, { fork, branch }: Params<'over'>) =>
      actions.over(program, context, fork, branch),
    goOn: (context, { fork }: Params<'goOn'>) => actions.goOn(program, context, fork),
    cut: (context, { node }: OfNode) => actions.cut(program, context, node),
    stopped: (context, _, completion) => actions.stopped(context, completion),
    cancel: (context, _, completion) => actions.cancel(context, completion),
    determine: (context, params: Params<'determine'>) =>
      actions.determine(program, context, params),
    spread: (context, params: Params<'spread'>) => actions.spread(program, context, params),
  }
}

function implementations(
  program: CompiledProgram,
  changes: Readonly<Record<string, Change>>,
): object {
  const names = Object.keys(guards) as GuardReference['type'][]
  return {
    actions: {
      ...Object.fromEntries(
        Object.entries(changes).map(([name, change]) => [name, replacing(change)]),
      ),
      exit: () => {},
      open: () => {},
    },
    guards: Object.fromEntries(
      names.map((name) => [
        name,
        ({ context, event }: Args, params: never) =>
          guards[name](program, context, params, completionOf(event)),
      ]),
    ),
    actors: Object.fromEntries(sourcesOf(program).map((src) => [src, unprovided(src)])),
  }
}

/** Only completions bear an output; other events reach no action that reads one. */
const completionOf = (event: AnyEventObject): Completion =>
  (event['output'] as Completion | undefined) ?? { port: '', value: null, at: 0 }

/** Every `src` that the machine invokes. */
export const sourcesOf = (program: CompiledProgram): string[] => [
  ...new Set(
    program.slots.flatMap(({ kind, type, alarms }) => [
      ...[sourceOf(kind, type) ?? []].flat(),
      ...(alarms.size > 0 ? ['timer'] : []),
    ]),
  ),
  'incident',
  ...(program.definition.on ? ['stopping'] : []),
]

const unprovided = (src: string): AnyActorLogic =>
  fromPromise(() => Promise.reject(new Error(`no actor is provided for "${src}"`)))

/** The definition with its data markers turned into what XState takes. */
function configOf(
  definition: MachineDefinition | StateDefinition,
  program: CompiledProgram,
  form: MachineForm,
): Record<string, unknown> {
  const { states, ...rest } = definition
  const state = 'invoke' in rest ? waitingState(rest, program, form) : rest
  if (!states) return state
  return {
    ...state,
    states: Object.fromEntries(
      Object.entries(states).map(([key, inner]) => [key, configOf(inner, program, form)]),
    ),
  }
}

function waitingState(
  state: Omit<StateDefinition, 'states'>,
  program: CompiledProgram,
  form: MachineForm,
): Record<string, unknown> {
  const { invoke, entry, ...rest } = state
  if (!invoke) return { ...rest, entry }
  if (form === 'invoke')
    return {
      ...state,
      invoke: invoke.map((each) => ({
        ...each,
        input: ({ context }: Args) => effectOf(program, context, each.input) as unknown as Json,
      })),
    }
  const opens = invoke.map(({ id, input }) => ({ type: 'open', params: { invoke: id, ...input } }))
  return {
    ...rest,
    entry: [...(entry ?? []), ...opens],
    on: Object.fromEntries(invoke.map(({ id, onDone }) => [answerEvent(id), onDone])),
  }
}

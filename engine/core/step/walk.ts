import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { guards, type Completion } from '#core/compile/behaviour.ts'
import type {
  ActionReference,
  InvokeDefinition,
  StateDefinition,
  TransitionDefinition,
} from '#core/compile/definition.ts'
import type { CompiledProgram, RunContext } from '#core/compile/program.ts'
import type { Change } from '#core/step/instantiate.ts'

/** What a state does besides changing the context. */
export type Performer = (context: RunContext, params: never) => void

export interface WalkParts {
  readonly program: CompiledProgram
  readonly machine: AnyStateMachine
  readonly changes: Readonly<Record<string, Change>>
  readonly performers: Readonly<Record<string, Performer>>
}

/**
 * The part of a macrostep that lies on plain states: outside of every fork, without states inside. There a transition
 * is an exit, an entry and the guards of what follows, and XState's search for what else may be concerned finds nothing.
 */
export interface Walk {
  begin(context: RunContext): Walked | undefined
  /** Undefined where the answer is not on the way: XState makes the whole step. */
  answer(from: AnyMachineSnapshot, invoke: string, completion: Completion): Walked | undefined
}

export interface Walked {
  readonly snapshot: AnyMachineSnapshot
  /** Whether the way goes on where XState has to go. */
  readonly goesOn: boolean
}

interface Doing {
  readonly does: (context: RunContext, completion: Completion) => RunContext
}

interface Way extends Doing {
  readonly met: (context: RunContext, completion: Completion) => boolean
  readonly target: string
}

interface Place {
  /** But for the context. */
  readonly snapshot: AnyMachineSnapshot
  readonly enter: Doing['does']
  readonly leave: Doing['does']
  readonly always: readonly Way[]
  readonly answers: ReadonlyMap<string, readonly Way[]>
}

const nothing: Completion = { port: '', value: null, at: 0 }
const same = (context: RunContext): RunContext => context

export function createWalk({ program, machine, changes, performers }: WalkParts): Walk {
  const { initial, states } = program.definition
  const places = new Map<string, Place>()

  const doing = (actions: readonly { type: string; params: object }[] = []): Doing['does'] => {
    const each = actions.map(({ type, params }): Doing['does'] => {
      const change = changes[type]
      if (change) return (context, completion) => change(context, params as never, completion)
      const perform = performers[type]
      return (context) => {
        perform?.(context, params as never)
        return context
      }
    })
    const [first = same, second] = each
    if (!second) return first
    return (context, completion) => each.reduce((now, does) => does(now, completion), context)
  }
  const way = ({ guard, target, actions }: TransitionDefinition): Way => ({
    met: guard
      ? (context, completion) =>
          guards[guard.type](program, context, guard.params as never, completion)
      : () => true,
    target: target.slice(1),
    does: doing(actions),
  })
  const opening = ({ id, input }: InvokeDefinition): ActionReference =>
    ({ type: 'open', params: { invoke: id, ...input } }) as never
  const made = (key: string, state: StateDefinition): Place => ({
    snapshot: machine.resolveState({ value: key, context: {} }),
    enter: doing([...(state.entry ?? []), ...(state.invoke ?? []).map(opening)]),
    leave: doing(state.exit),
    always: (state.always ?? []).map(way),
    answers: new Map((state.invoke ?? []).map(({ id, onDone }) => [id, onDone.map(way)])),
  })
  const placeAt = (key: string): Place | undefined => {
    const known = places.get(key)
    if (known) return known
    const state = Object.hasOwn(states, key) ? states[key] : undefined
    if (!state || state.states) return undefined
    const place = made(key, state)
    places.set(key, place)
    return place
  }
  /** From a place that was just entered, as far as plain states go. */
  const onward = (from: Place, entered: RunContext): Walked => {
    let [place, context] = [from, entered]
    for (;;) {
      const next = place.always.find(({ met }) => met(context, nothing))
      const target = next && placeAt(next.target)
      if (!next || !target)
        return { snapshot: { ...place.snapshot, context }, goesOn: next !== undefined }
      context = target.enter(next.does(place.leave(context, nothing), nothing), nothing)
      place = target
    }
  }
  return {
    begin(context) {
      const place = placeAt(initial)
      return place && onward(place, place.enter(context, nothing))
    },
    answer({ value, context }, invoke, completion) {
      const place = typeof value === 'string' ? placeAt(value) : undefined
      const way = place?.answers
        .get(invoke)
        ?.find(({ met }) => met(context as RunContext, completion))
      const target = way && placeAt(way.target)
      if (!place || !target) return undefined
      const left = way.does(place.leave(context as RunContext, completion), completion)
      return onward(target, target.enter(left, completion))
    },
  }
}

import { createActor, createMachine, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { anew, beginning, isRouted } from '#core/compile/behaviour.ts'
import { effectId, effectOf } from '#core/compile/effect-of.ts'
import { nodeOf, visitsOf } from '#core/compile/visits.ts'
import { retryPort, type AskReference } from '#core/compile/definition.ts'
import type { CompiledProgram, RunContext } from '#core/compile/program.ts'
import { remindPort } from '#core/graph/control.ts'
import { errorPort, timeoutPort } from '#core/graph/ports.ts'
import type { Json } from '#core/json.ts'
import { answerEvent, changesOf, instantiate, type Observer } from '#core/step/instantiate.ts'
import { rewindEvent, rewound } from '#core/step/rewind.ts'
import { hide, type OpenEffect, type RunState } from '#core/step/state.ts'
import { moved } from '#core/step/migrate.ts'
import type {
  Effect,
  Input,
  MigrateOptions,
  MigratedEffect,
  Migration,
  RunStatus,
  Step,
  Trace,
} from '#core/step/types.ts'
import { createWalk, type Performer, type Walked } from '#core/step/walk.ts'

export interface Stepper {
  readonly machine: AnyStateMachine
  step(state: RunState | null, input: Input): Step
  /** Takes over a run of another program. */
  migrate(from: CompiledProgram, state: RunState, options: MigrateOptions): Migration
}

type Answer = Extract<Input, { type: 'done' | 'failed' }>

/** What one step has gathered so far. */
interface Gathered {
  readonly open: Map<string, OpenEffect>
  effects: Effect[]
  readonly trace: Trace[]
}

/** Steps one program. Synchronous, so one scope and one place to gather serve every step. */
export function createStepper(program: CompiledProgram): Stepper {
  let gathered: Gathered = { open: new Map(), effects: [], trace: [] }

  const observer: Observer = {
    entered(node, context) {
      const { epoch, port, value } = visitsOf(context, nodeOf(program, node))
      // Below its limit a node that waits is traced when its effect opens, with its input.
      if (port !== errorPort) return
      gathered.trace.push({ node, epoch, event: 'entered', input: {} })
      if (routes(node, errorPort))
        gathered.trace.push({ node, epoch, event: 'left', port, value: value ?? null })
    },
    computed(node, context, input) {
      const { epoch, port, value, failure } = visitsOf(context, nodeOf(program, node))
      gathered.trace.push({ node, epoch, event: 'entered', input })
      if (!failure && port !== undefined)
        gathered.trace.push({ node, epoch, event: 'left', port, value: value ?? null })
    },
    escaped({ try: node, port }, context) {
      const { epoch, value } = visitsOf(context, nodeOf(program, node))
      gathered.trace.push({ node, epoch, event: 'left', port, value: value ?? null })
    },
  }
  const changes = changesOf(program, observer)
  const machine = instantiate(program, 'events', changes)
  const routes = (node: string, port: string): boolean => isRouted(nodeOf(program, node), port)

  const performers: Readonly<Record<string, Performer>> = {
    open(context, params: AskReference & { readonly invoke: string }) {
      const effect = effectOf(program, context, params)
      if (effect.kind === 'stop') return
      const { id, node, epoch, kind } = effect
      const { invoke, port } = params
      const besides = port === undefined ? {} : { port }
      gathered.open.set(id, { id, node, epoch, kind, invoke, ...besides })
      gathered.effects.push(effect)
      if (!params.incident && port === undefined && kind !== 'stopping')
        gathered.trace.push({ node, epoch, event: 'entered', input: inputOf(effect) })
      if (kind === 'incident')
        gathered.trace.push({ node, epoch, event: 'incident', error: effect.error })
    },
    exit(context, { node: id, port }: Pick<AskReference, 'node' | 'port'>) {
      const node = nodeOf(program, id)
      const open = gathered.open.get(effectId(context, node, port))
      // The effect just answered is no longer open, so only what is cut off is stopped.
      if (!open) return
      gathered.open.delete(open.id)
      stop(open)
    },
  }

  function stop({ id, node, epoch, port }: OpenEffect): void {
    const asked = gathered.effects.length
    gathered.effects = gathered.effects.filter((effect) => effect.id !== id)
    if (gathered.effects.length === asked)
      gathered.effects.push({ id: `${id}:stop`, node, epoch, kind: 'stop', target: id })
    if (port === undefined) gathered.trace.push({ node, epoch, event: 'stopped' })
  }

  // One inert actor serves all transitions: XState's own `transition` builds one each time, at many times the cost.
  const self = createActor(createMachine({}))
  const scope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    defer: () => {},
    logger: () => {},
    stopChild: () => {},
    emit: () => {},
    actionExecutor: (action: { type: string; info: { context: unknown }; params: unknown }) =>
      performers[action.type]?.(action.info.context as RunContext, action.params as never),
  } as unknown as Parameters<AnyStateMachine['transition']>[2]

  function begin(open: ReadonlyMap<string, OpenEffect>): Gathered {
    gathered = { open: new Map(open), effects: [], trace: [] }
    return gathered
  }

  function finish(snapshot: AnyMachineSnapshot): Step {
    if (snapshot.status === 'error') throw snapshot.error
    const { end } = snapshot.context as RunContext
    const status: RunStatus =
      snapshot.status !== 'done' ? 'active' : (end?.as ?? (end?.failed ? 'failed' : 'done'))
    return {
      ...wrap({
        program,
        snapshot,
        open: gathered.open,
        status,
        output: status === 'active' ? null : (end?.output ?? null),
      }),
      effects: gathered.effects,
      trace: gathered.trace,
      ...(status === 'active' && end ? { undoing: true } : {}),
    }
  }

  const walk = createWalk({ program, machine, changes, performers })
  /** What XState goes on with, it takes without an event. */
  const whole = ({ snapshot, goesOn }: Walked): AnyMachineSnapshot =>
    goesOn
      ? (machine.transition(snapshot, { type: 'walked' }, scope) as AnyMachineSnapshot)
      : snapshot

  function start(input: Extract<Input, { type: 'start' }>): Step {
    begin(new Map())
    const walked = walk.begin(beginning(program, input))
    return finish(walked ? whole(walked) : machine.getInitialSnapshot(scope, input))
  }

  function answer(state: RunState, input: Answer): Step {
    const effect = state.open.get(input.effect)
    const completion = effect && completionOf(effect, input)
    if (!effect || !completion) return unchanged(state)
    const { open, trace } = begin(state.open)
    open.delete(effect.id)
    const { port, value } = completion
    const { node, epoch } = effect
    if (
      effect.kind !== 'stopping' &&
      effect.port !== remindPort &&
      (routes(node, port) || port === retryPort)
    )
      trace.push({ node, epoch, event: 'left', port, value })
    const walked = walk.answer(state.snapshot, effect.invoke, completion)
    if (walked) return finish(whole(walked))
    const event = { type: answerEvent(effect.invoke), output: completion }
    return finish(machine.transition(state.snapshot, event, scope) as AnyMachineSnapshot)
  }

  /** What the machine is told, or nothing where the answer cannot move it. */
  function completionOf(
    { node, kind, port: own }: OpenEffect,
    input: Answer,
  ): { port: string; value: Json; at: number } | undefined {
    const { at } = input
    if (input.type === 'failed') {
      if (own !== undefined || kind === 'stopping') return undefined
      const value = { error: { ...input.error } as Json }
      const ports = input.error.code === 'EFFECT_TIMEOUT' ? [timeoutPort, errorPort] : [errorPort]
      const port = ports.find((each) => nodeOf(program, node).routes.has(each))
      return port === undefined ? undefined : { port, value, at }
    }
    const { value } = input
    const port = own ?? input.port
    if (kind === 'incident' && !routes(node, port))
      return port === retryPort ? { port, value: null, at } : undefined
    return { port, value, at }
  }

  function rewind(state: RunState, input: Extract<Input, { type: 'rewind' }>): Step {
    if (isUndoing(state)) return unchanged(state)
    const back = rewound(program, machine, { snapshot: state.snapshot, input })
    if (!back) return unchanged(state)
    begin(state.open)
    const next = back.machine.transition(back.snapshot, { type: rewindEvent }, scope)
    if (next.status === 'error') throw next.error
    return finish(machine.resolveState({ value: next.value, context: next.context }))
  }

  function cancel(state: RunState, { at, reason }: Extract<Input, { type: 'cancel' }>): Step {
    if (isUndoing(state)) return unchanged(state)
    begin(state.open)
    if (program.definition.on) {
      const event = { type: 'cancel', output: { port: 'cancel', value: reason, at } }
      return finish(machine.transition(state.snapshot, event, scope) as AnyMachineSnapshot)
    }
    for (const effect of state.open.values()) stop(effect)
    return {
      ...wrap({ ...state, open: new Map(), status: 'cancelled' }),
      effects: gathered.effects,
      trace: gathered.trace,
    }
  }

  function migrate(from: CompiledProgram, state: RunState, options: MigrateOptions): Migration {
    const move = moved(from, program, { state, options })
    if ('length' in move) return { ok: false, findings: move }
    const { value, effects } = move
    begin(new Map(effects.filter(({ stays }) => stays).map(({ open }) => [open.id, open])))
    let context: RunContext = { ...move.context, at: options.at }
    const renewed = new Set<string>()
    const taken = effects.map(({ open, node, invoke, stays }): MigratedEffect => {
      if (stays) return { node, from: open.id, to: open.id }
      stop(open)
      // One new visit for all that the node waits for.
      if (!renewed.has(node)) context = anew(program, context, node)
      renewed.add(node)
      const port = open.port === undefined ? {} : { port: open.port }
      const asked = { node, incident: open.kind === 'incident', ...port }
      performers['open']?.(context, { invoke, ...asked } as never)
      return { node, from: open.id, to: effectId(context, nodeOf(program, node), open.port) }
    })
    const snapshot = machine.resolveState({ value: value as never, context })
    // What the new flow goes on with at once: a join that now waits for less, for example.
    const settled = machine.transition(snapshot, { type: 'migrated' }, scope) as AnyMachineSnapshot
    return { ok: true, step: finish(settled), effects: taken }
  }

  return {
    machine,
    migrate,
    step(state, input) {
      if (input.type === 'start') return state ? unchanged(state) : start(input)
      if (!state) throw new Error('a run begins with the input "start"')
      if (state.status !== 'active') return unchanged(state)
      if (input.type === 'cancel') return cancel(state, input)
      return input.type === 'rewind' ? rewind(state, input) : answer(state, input)
    },
  }
}

/** What the trace shows of what a node asks for; a list is counted, since the effect bears it. */
function inputOf(effect: Effect): Json {
  if (effect.kind === 'activity' || effect.kind === 'task') return effect.input
  if (effect.kind === 'call') return { input: effect.input }
  if (effect.kind === 'each') return { items: effect.items.length }
  if (effect.kind === 'lock') return { lock: effect.name, key: effect.key }
  return effect.kind === 'timer' ? { dueAt: effect.dueAt } : {}
}

/** Cancelled or failed, and on its way back: nothing turns it. */
const isUndoing = ({ snapshot }: RunState): boolean => (snapshot.context as RunContext).end !== null

const wrap = (state: RunState): Step => ({
  state: hide(state),
  effects: [],
  trace: [],
  status: state.status,
  output: state.output,
  accepted: true,
})

const unchanged = (state: RunState): Step => ({ ...wrap(state), accepted: false })

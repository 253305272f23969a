import type { ActionReference, GuardReference } from '#core/compile/definition.ts'
import type {
  CompiledNode,
  CompiledProgram,
  Determined,
  RunContext,
  Visits,
} from '#core/compile/program.ts'
import { begunBy, isDead, isReady, isThrough } from '#core/compile/fragment.ts'
import { emptyMemory } from '#core/compile/memory.ts'
import { asked } from '#core/compile/effect-of.ts'
import { failureOf, isFailure, thrownFailure } from '#core/compile/failure.ts'
import { nodeOf, remembering, visitsOf } from '#core/compile/visits.ts'
import { remindPort } from '#core/graph/control.ts'
import { errorPort, timeoutPort } from '#core/graph/ports.ts'
import { isEnd } from '#core/graph/ends.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import type { PortValue } from '#core/node/perform.ts'
import { frozenJson } from '#core/node/frozen-json.ts'
import type { Failure, RunInfo } from '#core/step/types.ts'

/** How everything that waits completes. */
export interface Completion extends PortValue {
  readonly at: number
}

/** What the machine's input is at the start of a run. */
export interface Beginning {
  readonly run: RunInfo
  readonly input: Json
  readonly at: number
}

export const beginning = (program: CompiledProgram, given: Beginning): RunContext => ({
  run: given.run,
  input: frozenJson(given.input),
  at: given.at,
  memory: emptyMemory(program.slots.length),
  end: null,
})

/** A new epoch of what the node already waits for. */
export function anew(program: CompiledProgram, context: RunContext, id: string): RunContext {
  const node = nodeOf(program, id)
  const visits = visitsOf(context, node)
  return remembering(context, node, { ...visits, epoch: visits.epoch + 1 })
}

const isExhausted = (node: CompiledNode, epoch: number): boolean =>
  node.maxVisits !== null && epoch > node.maxVisits

/** A new visit keeps the value of the last one in scope until it leaves with its own. */
function visit(node: CompiledNode, context: RunContext): Visits {
  const before = visitsOf(context, node)
  const visits = {
    epoch: before.epoch + 1,
    ...(before.value === undefined ? {} : { value: before.value }),
    ...(node.alarms.has(remindPort) ? { since: context.at } : {}),
  }
  if (!isExhausted(node, visits.epoch)) return visits
  const failure = failureOf('TOO_MANY_VISITS', { node: node.id, limit: node.maxVisits ?? 0 })
  return failed(node, visits, failure)
}

/** By the error port where it has an edge; else the failure waits in the incident. */
const failed = (node: CompiledNode, visits: Visits, failure: Failure): Visits =>
  node.routes.has(errorPort)
    ? { ...visits, port: errorPort, value: frozenJson({ error: failure }) }
    : { ...visits, port: errorPort, failure }

export interface Computed {
  readonly context: RunContext
  readonly inputs: JsonObject
}

/** This visit of the call or each is not one of those that were left without an answer; earlier ones may be. */
function answered(context: RunContext, node: CompiledNode): RunContext {
  if (context.cut === undefined) return context
  const { epoch } = visitsOf(context, node)
  const cut = context.cut.filter((left) => left.node !== node.id || left.epoch !== epoch)
  return cut.length === context.cut.length ? context : { ...context, cut }
}

/** What the node has done can be undone; or what it was to undo is. */
function noted(context: RunContext, node: CompiledNode, left: PortValue): RunContext {
  const { done = [] } = context
  if (node.undoes) return { ...context, done: done.slice(0, -1) }
  const failed = left.port === errorPort || left.port === timeoutPort
  // Who escalates has not done it either.
  if (node.undo === null || failed || node.alarms.has(left.port)) return context
  const { epoch } = visitsOf(context, node)
  return { ...context, done: [...done, { node: node.id, epoch, value: left.value }] }
}

/** Adds a branch to those of a fork that have come so far. */
const noting =
  (list: 'arrived' | 'over') =>
  (program: CompiledProgram, context: RunContext, fork: string, branch: string): RunContext => {
    const node = nodeOf(program, fork)
    const visits = visitsOf(context, node)
    return remembering(context, node, { ...visits, [list]: [...(visits[list] ?? []), branch] })
  }

/** The functions behind the names in a machine's definition. All are pure, and none throws. */
export const actions = {
  enter: (program: CompiledProgram, context: RunContext, id: string): RunContext => {
    const node = nodeOf(program, id)
    const visits = visit(node, context)
    const entered = remembering(context, node, visits)
    if (visits.port === errorPort || !node.checks) return entered
    try {
      asked(node, entered)
      return entered
    } catch (error) {
      return remembering(context, node, failed(node, visits, thrownFailure(node, error)))
    }
  },

  compute: (program: CompiledProgram, context: RunContext, id: string): Computed => {
    const node = nodeOf(program, id)
    const before = visitsOf(context, node)
    // The gate before a fork on a cycle has counted already.
    const counted = node.kind === 'fork' && node.maxVisits !== null
    const visits = counted ? before : visit(node, context)
    if (visits.port === errorPort)
      return { context: remembering(context, node, visits), inputs: {} }
    let inputs: JsonObject = {}
    try {
      inputs = node.inputs(context)
      const left = node.compute?.(context, inputs)
      if (!left) throw new Error(`"${id}" waits and has nothing to compute`)
      const value = frozenJson(left.value)
      const known = node.kind === 'fork' || isEnd(node.kind) || isRouted(node, left.port)
      const next: Visits = known
        ? { epoch: visits.epoch, port: left.port, value }
        : { ...visits, ...unrouted(node, left.port) }
      const end = node.endsRun ? endOf(node, { port: left.port, value }) : context.end
      return { context: remembering({ ...context, end }, node, next), inputs }
    } catch (error) {
      const failure = thrownFailure(node, error)
      return { context: remembering(context, node, failed(node, visits, failure)), inputs }
    }
  },

  leave: (
    program: CompiledProgram,
    context: RunContext,
    id: string,
    completion: Completion,
  ): RunContext => {
    const node = nodeOf(program, id)
    const { epoch } = visitsOf(context, node)
    const value = frozenJson(completion.value)
    // Left by an alarm, a call or each was not answered: the runs that it had asked for are being stopped.
    const before = node.alarms.has(completion.port) ? context : answered(context, node)
    const next = remembering({ ...before, at: completion.at }, node, { epoch, value })
    return noted(next, node, { port: completion.port, value })
  },

  fail: (
    program: CompiledProgram,
    context: RunContext,
    id: string,
    completion: Completion,
  ): RunContext => {
    const node = nodeOf(program, id)
    const visits = visitsOf(context, node)
    const given = isObject(completion.value) ? completion.value['error'] : undefined
    const next = isFailure(given)
      ? { ...visits, failure: given }
      : { ...visits, ...unrouted(node, completion.port) }
    return remembering({ ...answered(context, node), at: completion.at }, node, next)
  },

  cut: (program: CompiledProgram, context: RunContext, id: string): RunContext => {
    const { epoch } = visitsOf(context, nodeOf(program, id))
    return { ...context, cut: [...(context.cut ?? []), { node: id, epoch }] }
  },

  stopped: (context: RunContext, completion: Completion): RunContext => ({
    ...context,
    at: completion.at,
    cut: (context.cut ?? []).slice(0, -1),
  }),

  cancel: (context: RunContext, completion: Completion): RunContext => ({
    ...context,
    at: completion.at,
    end: { node: '', failed: false, as: 'cancelled', output: null },
  }),

  tick: (context: RunContext, completion: Completion): RunContext => ({
    ...context,
    at: completion.at,
  }),

  remind: (program: CompiledProgram, context: RunContext, id: string): RunContext => {
    const node = nodeOf(program, id)
    const visits = visitsOf(context, node)
    return remembering(context, node, { ...visits, reminded: (visits.reminded ?? 0) + 1 })
  },

  /** The try's value is what its End gave, or the failure with the node that failed. */
  escape: (
    program: CompiledProgram,
    context: RunContext,
    { node: id, try: outer, port }: Escape,
  ): RunContext => {
    const node = nodeOf(program, id)
    const { value = null } = visitsOf(context, node)
    const left = nodeOf(program, outer)
    const { epoch } = visitsOf(context, left)
    const given = { out: node.kind === 'end' ? value : null, error: failureIn(node, value) }[port]
    return remembering(context, left, { epoch, value: frozenJson(given) })
  },

  finish: (_: CompiledProgram, context: RunContext, id: string): RunContext => ({
    ...context,
    end: { node: id, failed: false, output: null },
  }),

  arrive: noting('arrived'),
  over: noting('over'),

  goOn: (program: CompiledProgram, context: RunContext, fork: string): RunContext => {
    const node = nodeOf(program, fork)
    return remembering(context, node, { ...visitsOf(context, node), wentOn: true })
  },

  determine: (
    program: CompiledProgram,
    context: RunContext,
    { fork, node: id, port }: Extract<ActionReference, { type: 'determine' }>['params'],
  ): RunContext =>
    determined(program, context, { fork, node: id, ports: port === null ? [] : [port] }),

  spread: (
    program: CompiledProgram,
    context: RunContext,
    { fork, node: id }: Extract<ActionReference, { type: 'spread' }>['params'],
  ): RunContext => {
    const ports = begunBy(visitsOf(context, nodeOf(program, id)))
    return determined(program, context, { fork, node: id, ports })
  },
} satisfies Partial<Record<ActionReference['type'], unknown>>

function determined(
  program: CompiledProgram,
  context: RunContext,
  { fork, ...entry }: Determined & { readonly fork: string },
): RunContext {
  const node = nodeOf(program, fork)
  const visits = visitsOf(context, node)
  const known = visits.determined ?? []
  return remembering(context, node, { ...visits, determined: [...known, entry] })
}

const endOf = (node: CompiledNode, { port, value }: PortValue): RunContext['end'] => ({
  node: node.id,
  failed: port === 'failed',
  ...(node.kind === 'continue' ? { as: 'continued' } : {}),
  output: value,
})

export interface Escape {
  readonly node: string
  readonly try: string
  readonly port: 'out' | 'error'
}

/** What a try leaves by `error` with: an End of status failed has failed by itself. */
function failureIn(node: CompiledNode, value: Json): Json {
  const error =
    node.kind === 'end'
      ? { ...failureOf('ENDED_FAILED', { node: node.id }), output: value }
      : isObject(value)
        ? (value['error'] ?? null)
        : null
  return { error, node: node.id } as Json
}

/** What transitions ask before they are taken. */
export const guards: {
  readonly [K in GuardReference['type']]: (
    program: CompiledProgram,
    context: RunContext,
    params: Extract<GuardReference, { type: K }>['params'],
    completion: Completion,
  ) => boolean
} = {
  port: (_, __, { port }, completion) => completion.port === port,
  left: (program, context, { node, port }) =>
    visitsOf(context, nodeOf(program, node)).port === port,
  begun: (program, context, { fork, branch }) =>
    begunBy(visitsOf(context, nodeOf(program, fork))).includes(branch),
  ready: isReady,
  dead: isDead,
  arrived: (program, context, { fork, count }) =>
    (visitsOf(context, nodeOf(program, fork)).arrived?.length ?? 0) >= count,
  through: isThrough,
  unheeded: (program, context, { fork }) =>
    visitsOf(context, nodeOf(program, fork)).wentOn === true,
  exhausted: (program, context, { node }) =>
    visitsOf(context, nodeOf(program, node)).port === errorPort,
  running: (_, { end }) => end === null,
  stopping: (_, { cut = [] }) => cut.length > 0,
  undoes: (program, { done = [] }, { node }) => {
    const last = done.at(-1)
    return last !== undefined && program.nodes.get(last.node)?.undo === node
  },
}

/** Whether a node may be left by the port without an incident. */
export const isRouted = (node: CompiledNode, port: string): boolean =>
  node.routes.has(port) || (node.endsBranch && port !== errorPort)

const unrouted = (node: CompiledNode, port: string): Pick<Visits, 'failure'> => ({
  failure: failureOf('PORT_WITHOUT_EDGE', { node: node.id, port }),
})

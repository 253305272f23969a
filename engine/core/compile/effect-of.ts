import type { z } from 'zod'
import { failureOf, thrownFailure } from '#core/compile/failure.ts'
import type { AskReference } from '#core/compile/definition.ts'
import type { Alarm, CompiledNode, CompiledProgram, RunContext } from '#core/compile/program.ts'
import { nodeOf, remembering, visitsOf } from '#core/compile/visits.ts'
import { TerminalError } from '#core/errors.ts'
import {
  callConfig,
  eachConfig,
  lockConfig,
  messageConfig,
  remindPort,
} from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import { errorPort, timeoutPort } from '#core/graph/ports.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Effect, Enough } from '#core/step/types.ts'

/** With `port`, of the timer that leaves by it; a reminder that comes again has a new id each time. */
export function effectId(context: RunContext, node: CompiledNode, port?: string): string {
  const { epoch, reminded = 0 } = visitsOf(context, node)
  const id = `${context.run.id}:${node.id}:${epoch}`
  if (port === undefined) return id
  return port === remindPort && reminded > 1 ? `${id}!${port}:${reminded}` : `${id}!${port}`
}

/** What a waiting state asks for. */
export function effectOf(
  program: CompiledProgram,
  context: RunContext,
  { node: id, incident, port, stopping }: AskReference,
): Effect {
  if (stopping) return endOfRuns(context)
  const node = nodeOf(program, id)
  const { epoch, failure } = visitsOf(context, node)
  const base = { id: effectId(context, node, port), node: id, epoch }
  const alarm = port === undefined ? undefined : node.alarms.get(port)
  if (alarm) return { ...base, kind: 'timer', port: alarm.port, dueAt: dueAt(alarm, context, node) }
  if (incident)
    return {
      ...base,
      kind: 'incident',
      error: failure ?? failureOf('NODE_FAILED', { node: id, detail: '' }),
    }
  try {
    return { ...base, ...asked(node, node.undoes ? asItWas(program, context) : context) }
  } catch (error) {
    return { ...base, kind: 'incident', error: thrownFailure(node, error) }
  }
}

/** That none of the runs is active any more which the call or each had asked for. */
function endOfRuns({ run, cut = [] }: RunContext): Effect {
  const { node = '', epoch = 0 } = cut.at(-1) ?? {}
  const target = `${run.id}:${node}:${epoch}`
  return { id: `${target}!stopping`, node, epoch, kind: 'stopping', target }
}

/** With the value that the undone visit left with, which a later one may have replaced. */
function asItWas(program: CompiledProgram, context: RunContext): RunContext {
  const last = context.done?.at(-1)
  const undone = last && program.nodes.get(last.node)
  if (!undone) return context
  return remembering(context, undone, { ...visitsOf(context, undone), value: last.value })
}

type Asked = Effect extends infer E
  ? E extends Effect
    ? Omit<E, 'id' | 'node' | 'epoch'>
    : never
  : never
type Waiting = 'effect' | 'timer' | 'task' | 'message' | 'each' | 'call' | 'lock'

/** May throw: a list that is none, a message or a lock without its key, a moment that is none. */
export const asked = (node: CompiledNode, context: RunContext): Asked =>
  waits[node.kind as Waiting](node, context)

/** The first reminder, or the next one that is still to come: those that a long path has missed are left out. */
function dueAt({ after, every }: Alarm, context: RunContext, node: CompiledNode): number {
  const { since = context.at, reminded = 1 } = visitsOf(context, node)
  const first = since + after
  if (every === null || reminded === 1) return first
  const passed = Math.floor((context.at - first) / every) + 1
  return first + Math.max(reminded - 1, passed) * every
}

const waits: Readonly<Record<Waiting, (node: CompiledNode, context: RunContext) => Asked>> = {
  effect: (node, context) => ({
    kind: 'activity',
    type: node.type,
    input: node.inputs(context),
    hasErrorEdge: node.routes.has(errorPort),
    ...(node.routes.has(timeoutPort) ? { hasTimeoutEdge: true as const } : {}),
  }),
  timer: (node, context) => ({ kind: 'timer', dueAt: node.due?.(context) ?? context.at }),
  task: (node, context) => ({ kind: 'task', input: node.inputs(context) }),
  message: (node, context) => ({
    kind: 'message',
    name: messageConfig.parse(node.config).message,
    key: keyOf(node, node.inputs(context), 'MESSAGE_WITHOUT_KEY'),
  }),
  each(node, context) {
    const inputs = node.inputs(context)
    const { items } = inputs
    if (!Array.isArray(items)) throw new TerminalError('ITEMS_NOT_A_LIST', { node: node.id })
    const { enough, adds } = eachConfig.parse(node.config)
    return {
      kind: 'each',
      items: items as Json[],
      outer: node.outer?.(context) ?? {},
      ...(enough && isAsked(enough) ? { enough: enoughOf(node, enough, context) } : {}),
      ...(adds
        ? { adds: { name: adds.message, key: keyOf(node, inputs, 'MESSAGE_WITHOUT_KEY') } }
        : {}),
    }
  },
  lock: (node, context) => ({
    kind: 'lock',
    name: lockConfig.parse(node.config).lock,
    key: node.checks ? keyOf(node, node.inputs(context), 'LOCK_WITHOUT_KEY') : null,
    outer: node.outer?.(context) ?? {},
  }),
  call(node, context) {
    const { flow, depth } = callConfig.parse(node.config)
    if (flow === context.run.flow && (context.run.depth ?? 0) >= depth)
      throw new TerminalError('CALL_TOO_DEEP', { node: node.id, limit: depth })
    return { kind: 'call', flow, input: node.inputs(context)['input'] ?? null }
  },
}

function keyOf(
  node: CompiledNode,
  { key }: JsonObject,
  fault: 'MESSAGE_WITHOUT_KEY' | 'LOCK_WITHOUT_KEY',
): string {
  if (typeof key !== 'string' && typeof key !== 'number')
    throw new TerminalError(fault, { node: node.id })
  return String(key)
}

type EnoughConfig = NonNullable<z.output<typeof eachConfig>['enough']>
const isAsked = ({ count, when, after }: EnoughConfig): boolean =>
  count !== undefined || when !== undefined || after !== undefined

const enoughOf = (
  node: CompiledNode,
  { count, when, after, rest }: EnoughConfig,
  context: RunContext,
): Enough => ({
  ...(count === undefined ? {} : { count }),
  ...(when === undefined ? {} : { when: { logic: when, scope: node.seen?.(context) ?? {} } }),
  ...(after === undefined ? {} : { dueAt: context.at + durationMs(after) }),
  rest,
})

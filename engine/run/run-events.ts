import type { EventView } from '#core/api/views.ts'
import type { JournalRow } from '#core/store.ts'
import type { Effect, Input, RunInfo, Trace } from '#core/step/types.ts'
import {
  isEffectEntry,
  isMigrateEntry,
  isStepEntry,
  type RunEntry,
  type StepEntry,
} from './run-entry.ts'

/** An event before it has its number. */
export type RunEvent = Pick<EventView, 'type' | 'data'> & {
  readonly step: string | null
  /** The run that it is about, where that is another one than the journal row's. */
  readonly of?: { readonly run: string; readonly flow: string }
}

const stepOf = (of: Visit): string => `${of.node}:${of.epoch}`
/** `run:node:epoch` or `run:node:epoch!port` → `node:epoch`; a run's id may have colons of its own. */
export const stepOfEffect = (effect: string): string =>
  /[a-z][a-z0-9_]*:\d+(?=(?:!\w+)?$)/.exec(effect)?.[0] ?? effect

const endings = {
  done: 'run.completed',
  failed: 'run.failed',
  cancelled: 'run.cancelled',
  continued: 'run.continued',
} as const

/** What subscribers are told of an entry. States and small facts only, never a value. */
export function eventsOf(entry: RunEntry): RunEvent[] {
  if (isStepEntry(entry)) return stepEvents(entry)
  if (isMigrateEntry(entry)) return stepEvents({ ...entry, status: 'active' })
  if (!isEffectEntry(entry)) return []
  const step = stepOfEffect(entry.effect)
  // How far a list is, is told in a stream of its own.
  if (entry.type === 'added') return []
  if (entry.type === 'retry') return [{ type: 'step.started', step, data: {} }]
  if (entry.type === 'progress')
    return [{ type: 'step.progress', step, data: { ...entry.progress } }]
  const { code } = entry.error
  return entry.type === 'attempt'
    ? [{ type: 'step.retrying', step, data: { code, nextAt: entry.nextAt } }]
    : [{ type: 'step.incident', step, data: { code } }]
}

type Stepped = Pick<StepEntry, 'effects' | 'trace' | 'status'> & { readonly input?: Input }

function stepEvents(entry: Stepped): RunEvent[] {
  const events: RunEvent[] = []
  if (entry.input?.type === 'start')
    events.push({ type: 'run.started', step: null, data: parentOf(entry.input.run) })
  for (const [index, line] of entry.trace.entries()) {
    const step = stepOf(line)
    if (line.event === 'left') {
      const type = line.port === 'error' ? 'step.failed' : 'step.completed'
      events.push({ type, step, data: { port: line.port } })
    } else if (line.event === 'stopped') events.push({ type: 'step.stopped', step, data: {} })
    else if (line.event === 'incident')
      events.push({ type: 'step.incident', step, data: { code: line.error.code } })
    // A node that is left in the same step never shows as running.
    else if (!isLeftBehind(entry.trace, index)) {
      const asked = entry.effects.findLast(
        (effect) => effect.kind !== 'stop' && isSame(effect, line),
      )
      events.push(...enteredEvents(step, asked))
    }
  }
  if (entry.status !== 'active') events.push({ type: endings[entry.status], step: null, data: {} })
  return events
}

interface Visit {
  readonly node: string
  readonly epoch: number
}
const isSame = (one: Visit, other: Visit): boolean =>
  one.node === other.node && one.epoch === other.epoch
/** Whether the node of the line is left further on. Mostly the next line tells, or there is none. */
function isLeftBehind(trace: readonly Trace[], index: number): boolean {
  const visit = trace[index] as Trace
  for (let next = index + 1; next < trace.length; next += 1) {
    const line = trace[next] as Trace
    if (line.event === 'left' && isSame(line, visit)) return true
  }
  return false
}

const parentOf = ({ parent }: RunInfo): EventView['data'] =>
  parent
    ? { parent: parent.run, step: stepOfEffect(parent.effect), index: parent.index ?? null }
    : {}

function enteredEvents(step: string, effect: Effect | undefined): RunEvent[] {
  if (effect?.kind === 'timer')
    return [{ type: 'step.waiting', step, data: { dueAt: effect.dueAt } }]
  if (effect?.kind !== 'task') return [{ type: 'step.started', step, data: {} }]
  return [
    { type: 'step.waiting', step, data: {} },
    { type: 'task.created', step, data: { task: effect.id } },
  ]
}

/** The two that a flow makes most of stand for themselves: a step begun, a step completed by a port. */
type Packed =
  | readonly [step: string]
  | readonly [step: string, port: string]
  | readonly [type: string, step: string | null, data: EventView['data'], of?: RunEvent['of']]

export const packEvents = (flow: string, events: readonly RunEvent[]): string =>
  JSON.stringify([flow, events.map(packEvent)])

function packEvent({ type, step, data, of }: RunEvent): Packed {
  if (of) return [type, step, data, of]
  if (step !== null && type === 'step.started') return [step]
  const port = data['port']
  if (step !== null && type === 'step.completed' && typeof port === 'string') return [step, port]
  return [type, step, data]
}

function unpackEvent(packed: Packed): RunEvent {
  if (packed.length === 1) return { type: 'step.started', step: packed[0], data: {} }
  if (packed.length === 2)
    return { type: 'step.completed', step: packed[0], data: { port: packed[1] } }
  const [type, step, data, of] = packed
  return { type: type as RunEvent['type'], step, data, ...(of ? { of } : {}) }
}

/** The events of a journal row, numbered. */
export function unpackEvents(
  row: Pick<JournalRow, 'stream' | 'at' | 'events' | 'lastEvent'>,
): EventView[] {
  if (row.events === null || row.lastEvent === null) return []
  const [flow, packed] = JSON.parse(row.events) as [string, Packed[]]
  return numberEvents(packed.map(unpackEvent), { ...row, flow, lastEvent: row.lastEvent })
}

export function numberEvents(
  events: readonly RunEvent[],
  row: Pick<JournalRow, 'stream' | 'at'> & { readonly flow: string; readonly lastEvent: number },
): EventView[] {
  const first = row.lastEvent - events.length + 1
  return events.map(({ type, step, data, of }, index) => ({
    seq: first + index,
    at: row.at,
    run: of?.run ?? row.stream,
    flow: of?.flow ?? row.flow,
    type,
    step,
    node: step === null ? null : step.slice(0, step.lastIndexOf(':')),
    data,
  }))
}

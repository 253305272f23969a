import type { Json } from '#core/json.ts'
import type { Progress } from '#core/node/define-node.ts'
import type { Effect, EffectId, Failure, Input, RunStatus, Step, Trace } from '#core/step/types.ts'

/**
 * One line in a run's journal. Folding them in order gives the run as it stands: the core's state from
 * the inputs, attempts and incidents from the rest.
 */
export type RunEntry =
  | StepEntry
  /** An attempt failed and another follows. */
  | {
      readonly type: 'attempt'
      readonly at: number
      readonly effect: EffectId
      readonly error: Failure
      readonly nextAt: number
      /** The last that the attempt said of itself. */
      readonly progress?: Progress
    }
  /** An attempt failed and a person must decide. */
  | {
      readonly type: 'incident'
      readonly at: number
      readonly effect: EffectId
      readonly error: Failure
      readonly progress?: Progress
      /** False where no attempt was made, because the wait for it took too long. */
      readonly attempted?: false
    }
  /** An attempt under way said how far it is. */
  | {
      readonly type: 'progress'
      readonly at: number
      readonly effect: EffectId
      readonly progress: Progress
    }
  /** A person asked for a new attempt under the same key. */
  | { readonly type: 'retry'; readonly at: number; readonly effect: EffectId }
  /** A person holds the run, and lets it go on. */
  | { readonly type: 'suspend' | 'resume'; readonly at: number }

/** An input to the core with everything that followed from it. */
export interface StepEntry {
  readonly type: Input['type']
  readonly at: number
  readonly input: Input
  /** Whether an attempt gave the answer; a timer, a person and a fallback count none. */
  readonly attempted: boolean
  readonly effects: readonly Effect[]
  readonly trace: readonly Trace[]
  readonly status: RunStatus
  readonly output: Json
}

/** What an entry tells of one open effect. */
export type EffectEntry = Extract<RunEntry, { readonly effect: EffectId }>
export const isEffectEntry = (entry: RunEntry): entry is EffectEntry => 'effect' in entry

export const isStepEntry = (entry: RunEntry): entry is StepEntry => 'input' in entry

export const stepEntry = (input: Input, step: Step, attempted: boolean): StepEntry => ({
  type: input.type,
  at: input.at,
  input,
  attempted,
  effects: step.effects,
  trace: step.trace,
  status: step.status,
  output: step.output,
})

/** A trace line whose value stands already in the same entry: `of` says where. */
type Stored = Trace | { readonly of: 'answer' | 'effect' | 'start' }

const effectOf = (entry: Pick<StepEntry, 'effects'>, trace: Trace) =>
  entry.effects.find(
    (effect) => effect.node === trace.node && effect.epoch === trace.epoch && 'input' in effect,
  ) as (Effect & { readonly input: Json }) | undefined

/** The entry as it is written: a value that stands in it twice is written once. */
export function packEntry(entry: RunEntry): unknown {
  if (!isStepEntry(entry)) return entry
  const { input } = entry
  const trace = entry.trace.map((line): Stored => {
    if (line.event === 'left' && input.type === 'done' && line.value === input.value)
      return { ...line, value: null, of: 'answer' }
    if (line.event === 'left' && input.type === 'start' && line.value === input.input)
      return { ...line, value: null, of: 'start' }
    if (line.event !== 'entered') return line
    if (input.type === 'start' && line.input === input.input)
      return { ...line, input: null, of: 'start' }
    return effectOf(entry, line)?.input === line.input
      ? { ...line, input: null, of: 'effect' }
      : line
  })
  return { ...entry, trace }
}

export function unpackEntry(stored: Json): RunEntry {
  // Sealed by this process or an earlier one: authentic, so its shape is ours.
  const entry = stored as unknown as RunEntry
  if (!isStepEntry(entry)) return entry
  const { input } = entry
  const trace = entry.trace.map((line): Trace => {
    if (!('of' in line)) return line
    const { of, ...rest } = line as Trace & { of: 'answer' | 'effect' | 'start' }
    const value =
      of === 'answer'
        ? (input as Input & { type: 'done' }).value
        : of === 'start'
          ? (input as Input & { type: 'start' }).input
          : (effectOf(entry, rest)?.input ?? null)
    return (rest.event === 'left' ? { ...rest, value } : { ...rest, input: value }) as Trace
  })
  return { ...entry, trace }
}

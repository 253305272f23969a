import type { Json } from '#core/json.ts'
import type { Progress } from '#core/node/define-node.ts'
import type { Effect, EffectId, Failure, Input, RunStatus, Step, Trace } from '#core/step/types.ts'
import { isPackedStep, packStep, unpackStep, type PackedStep } from './packed-step.ts'

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
  /** A message added items to a list under way. */
  | {
      readonly type: 'added'
      readonly at: number
      readonly effect: EffectId
      readonly items: readonly Json[]
    }
  /** A person asked for a new attempt under the same key. */
  | { readonly type: 'retry'; readonly at: number; readonly effect: EffectId }
  | MigrateEntry
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
  /** Where an answer was given again: when it was got. */
  readonly cachedAt?: number
}

interface Version {
  /** Hash. */
  readonly release: string
  /** 0 for the draft */
  readonly version: number
}

/** The run goes on in another version of its flow, or back in the one before. */
export interface MigrateEntry {
  readonly type: 'migrate' | 'unmigrate'
  readonly at: number
  readonly from: Version
  readonly to: Version
  /** Old node id → new node id, where they differ. */
  readonly nodes: Readonly<Record<string, string>>
  readonly effects: readonly Effect[]
  readonly trace: readonly Trace[]
}

export const isMigrateEntry = (entry: RunEntry): entry is MigrateEntry => 'nodes' in entry

/** What an entry tells of one open effect. */
export type EffectEntry = Extract<RunEntry, { readonly effect: EffectId }>
export const isEffectEntry = (entry: RunEntry): entry is EffectEntry => 'effect' in entry

export const isStepEntry = (entry: RunEntry): entry is StepEntry => 'input' in entry

export const stepEntry = (
  input: Input,
  step: Step,
  { attempted = false, cachedAt }: Partial<Pick<StepEntry, 'attempted' | 'cachedAt'>> = {},
): StepEntry => ({
  type: input.type,
  at: input.at,
  input,
  attempted,
  effects: step.effects,
  trace: step.trace,
  status: step.status,
  output: step.output,
  ...(cachedAt === undefined ? {} : { cachedAt }),
})

/** The entry as it is written. */
export const packEntry = (run: string, entry: RunEntry): unknown =>
  isStepEntry(entry) ? packStep(run, entry) : entry

export function unpackEntry(run: string, stored: Json): RunEntry {
  // Sealed by this process or an earlier one: authentic, so its shape is ours.
  const entry = stored as unknown as RunEntry | PackedStep
  if (isPackedStep(entry)) return unpackStep(run, entry)
  return isStepEntry(entry) ? unpackVersion1(entry) : entry
}

const effectOf = (entry: Pick<StepEntry, 'effects'>, trace: Trace) =>
  entry.effects.find(
    (effect) => effect.node === trace.node && effect.epoch === trace.epoch && 'input' in effect,
  ) as (Effect & { readonly input: Json }) | undefined

/** As version 0.1 wrote a step: a trace line whose value stands in the same entry says where. */
function unpackVersion1(entry: StepEntry): StepEntry {
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

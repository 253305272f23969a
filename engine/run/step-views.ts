import type { StepView } from '#core/api/views.ts'
import { isObject, type Json } from '#core/json.ts'
import type { Effect, Failure, Trace } from '#core/step/types.ts'
import {
  isEffectEntry,
  isMigrateEntry,
  isStepEntry,
  type EffectEntry,
  type RunEntry,
  type StepEntry,
} from './run-entry.ts'
import { stepOfEffect } from './run-events.ts'

type Steps = Map<string, StepView>

/** Every visit to a node, in order of entering, told from the run's journal. */
export function stepViews(entries: Iterable<RunEntry>): StepView[] {
  const steps: Steps = new Map()
  for (const entry of entries) {
    if (isStepEntry(entry)) takeStep(steps, entry)
    else if (isMigrateEntry(entry)) takeTrace(steps, entry)
    else if (isEffectEntry(entry)) {
      const step = steps.get(stepOfEffect(entry.effect))
      if (step) Object.assign(step, changes[entry.type](step, entry as never))
    }
  }
  return [...steps.values()]
}

const changes: {
  [T in EffectEntry['type']]: (
    step: StepView,
    entry: Extract<EffectEntry, { type: T }>,
  ) => Partial<StepView>
} = {
  attempt: (step, { error }) => ({
    status: 'retrying',
    attempts: step.attempts + 1,
    error: shown(error),
  }),
  incident: (step, { error, attempted }) => ({
    status: 'incident',
    attempts: step.attempts + (attempted === false ? 0 : 1),
    error: shown(error),
  }),
  progress: (_, { progress }) => ({ progress: { ...progress } }),
  added: ({ input }, { items }) =>
    isObject(input) && typeof input['items'] === 'number'
      ? { input: { ...input, items: input['items'] + items.length } as StepView['input'] }
      : {},
  retry: () => ({ status: 'running', error: null }),
}

const shown = ({ code, message, params }: Failure): StepView['error'] => ({
  code,
  message,
  ...(params ? { params: { ...params } } : {}),
})

/** The value of the port `error` is `{ error }`. */
const errorIn = (port: string, value: Json): StepView['error'] => {
  const error = port === 'error' && isObject(value) ? value['error'] : null
  return isObject(error) && typeof error['code'] === 'string' ? shown(error as never) : null
}

function takeStep(steps: Steps, entry: StepEntry): void {
  const { input } = entry
  const answered = 'effect' in input ? steps.get(stepOfEffect(input.effect)) : undefined
  if (answered && (entry.attempted || input.type === 'failed')) answered.attempts += 1
  if (answered && entry.cachedAt !== undefined) answered.cachedAt = entry.cachedAt
  takeTrace(steps, entry)
  if (entry.status === 'active') return
  for (const step of steps.values())
    if (step.endedAt === null) Object.assign(step, { status: 'stopped', endedAt: entry.at })
}

function takeTrace(
  steps: Steps,
  { at, trace, effects }: Pick<StepEntry, 'at' | 'trace' | 'effects'>,
) {
  for (const line of trace) takeLine(steps, line, at)
  for (const effect of effects) takeEffect(steps, effect)
}

function takeLine(steps: Steps, line: Trace, at: number): void {
  const id = `${line.node}:${line.epoch}`
  const step = steps.get(id) ?? entered(line, at)
  steps.set(id, step)
  switch (line.event) {
    case 'entered':
      // One that was stopped by a migration goes on when the migration is taken back.
      if (step.endedAt !== null) Object.assign(step, { status: 'running', endedAt: null })
      step.input = line.input as StepView['input']
      return
    case 'left':
      step.status = line.port === 'error' ? 'failed' : 'completed'
      step.port = line.port
      step.attempts = Math.max(step.attempts, 1)
      step.output = line.value as StepView['output']
      step.error = errorIn(line.port, line.value)
      step.endedAt = at
      return
    case 'stopped':
      step.status = 'stopped'
      step.endedAt = at
      return
    case 'incident':
      step.status = 'incident'
      step.error = shown(line.error)
  }
}

const entered = ({ node, epoch }: Trace, at: number): StepView => ({
  step: `${node}:${epoch}`,
  node,
  status: 'running',
  port: null,
  attempts: 0,
  startedAt: at,
  endedAt: null,
  input: null,
  output: null,
  error: null,
})

function takeEffect(steps: Steps, effect: Effect): void {
  const step = steps.get(`${effect.node}:${effect.epoch}`)
  if (step?.endedAt !== null) return
  if (effect.kind === 'timer' || effect.kind === 'task') step.status = 'waiting'
}

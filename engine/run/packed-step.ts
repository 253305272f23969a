import type { Json } from '#core/json.ts'
import type { Effect, Input, RunInfo, RunStatus, Trace } from '#core/step/types.ts'
import type { StepEntry } from './run-entry.ts'

/**
 * A step as it is written since version 0.2: lists instead of names, ids without the run's, a value that stands twice
 * once. Everything that history and replay hold against it is there.
 */
export type PackedStep = readonly [
  form: typeof form,
  input: PackedInput,
  attempted: 0 | 1,
  effects: readonly PackedEffect[],
  trace: readonly PackedTrace[],
  /** Left out while the run is active. */
  status?: RunStatus,
  output?: Slot,
  /** What later versions add. */
  more?: object,
]
const form = 2

/** A value: written here, or the number of the one that is written earlier in the entry. */
type Slot = null | number | readonly [Json]

type PackedInput =
  | readonly ['start', at: number, run: Omit<RunInfo, 'id'>, input: Slot]
  | readonly ['done', at: number, effect: string, port: string, value: Slot]
  | Input
type PackedEffect =
  | readonly [node: string, epoch: number, type: string, input: Slot, hasErrorEdge: 0 | 1]
  | (object & { readonly input?: Slot })
type PackedTrace =
  /** A node that waits. */
  | readonly [node: string, epoch: number, input: Slot]
  /** Answered. */
  | readonly [node: string, epoch: number, port: string, value: Slot]
  /** Computed at once. */
  | readonly [node: string, epoch: number, input: Slot, port: string, value: Slot]
  | Trace

type Activity = Extract<Effect, { kind: 'activity' }>
const derivedId = (run: string, { node, epoch }: { node: string; epoch: number }): string =>
  `${run}:${node}:${epoch}`

export const isPackedStep = (stored: unknown): stored is PackedStep =>
  Array.isArray(stored) && stored[0] === form

export function packStep(run: string, entry: StepEntry): PackedStep {
  const { input, attempted, effects, trace, status, output } = entry
  const slot = slots()
  const packed = [
    form,
    packInput(run, input, slot),
    attempted ? 1 : 0,
    effects.map((effect) => packEffect(run, effect, slot)),
    packTrace(trace, slot),
  ] as const
  if (Object.keys(entry).length > held.size) return [...packed, status, slot(output), moreOf(entry)]
  return status === 'active' && output === null ? packed : [...packed, status, slot(output)]
}
/** What the form itself holds. */
const held: ReadonlySet<string> = new Set(
  'type at input attempted effects trace status output'.split(' '),
)
const moreOf = (entry: StepEntry): object =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => !held.has(name)))

function slots(): (value: Json) => Slot {
  const known = new Map<Json, number>()
  return (value) => {
    if (value === null) return null
    const found = known.get(value)
    if (found !== undefined) return found
    known.set(value, known.size)
    return [value]
  }
}
type ToSlot = ReturnType<typeof slots>

const effectSuffix = (run: string, effect: string): string => effect.slice(run.length + 1)

function packInput(run: string, input: Input, slot: ToSlot): PackedInput {
  if (input.type === 'start' && input.run.id === run) {
    const { id: _, ...info } = input.run
    return ['start', input.at, info, slot(input.input)]
  }
  if (input.type === 'done' && input.effect.startsWith(`${run}:`))
    return ['done', input.at, effectSuffix(run, input.effect), input.port, slot(input.value)]
  return input
}

function packEffect(run: string, effect: Effect, slot: ToSlot): PackedEffect {
  const short = effect.id === derivedId(run, effect)
  if (short && effect.kind === 'activity' && Object.keys(effect).length === 7) {
    const { node, epoch, type, input, hasErrorEdge } = effect
    return [node, epoch, type, slot(input), hasErrorEdge ? 1 : 0]
  }
  const { id: _, ...rest } = effect
  const named: object = short ? rest : effect
  return 'input' in effect ? { ...named, input: slot(effect.input) } : named
}

function packTrace(trace: readonly Trace[], slot: ToSlot): PackedTrace[] {
  const packed: PackedTrace[] = []
  for (let index = 0; index < trace.length; index += 1) {
    const line = trace[index] as Trace
    const { node, epoch } = line
    if (line.event === 'entered') {
      const next = trace[index + 1]
      if (next?.event === 'left' && next.node === node && next.epoch === epoch) {
        packed.push([node, epoch, slot(line.input), next.port, slot(next.value)])
        index += 1
      } else packed.push([node, epoch, slot(line.input)])
    } else if (line.event === 'left') packed.push([node, epoch, line.port, slot(line.value)])
    else packed.push(line)
  }
  return packed
}

export function unpackStep(run: string, stored: PackedStep): StepEntry {
  const [, packedInput, attempted, packedEffects, packedTrace, status, output, more] = stored
  const value = values()
  const input = unpackInput(run, packedInput, value)
  const effects = packedEffects.map((effect) => unpackEffect(run, effect, value))
  const trace = packedTrace.flatMap((line) => unpackTrace(line, value))
  return {
    type: input.type,
    at: input.at,
    input,
    attempted: attempted === 1,
    effects,
    trace,
    status: status ?? 'active',
    output: output === undefined ? null : value(output),
    ...more,
  }
}

function values(): (slot: Slot) => Json {
  const known: Json[] = []
  return (slot) => {
    if (slot === null) return null
    if (typeof slot === 'number') return known[slot] as Json
    known.push(slot[0])
    return slot[0]
  }
}
type ToValue = ReturnType<typeof values>

function unpackInput(run: string, packed: PackedInput, value: ToValue): Input {
  if (!isList(packed)) return packed
  if (packed[0] === 'start') {
    const [type, at, info, input] = packed
    return { type, at, run: { id: run, ...info }, input: value(input) }
  }
  const [type, at, effect, port, left] = packed
  return { type, at, effect: `${run}:${effect}`, port, value: value(left) }
}

function unpackEffect(run: string, packed: PackedEffect, value: ToValue): Effect {
  if (isList(packed)) {
    const [node, epoch, type, input, hasErrorEdge] = packed
    const id = derivedId(run, { node, epoch })
    const given = value(input) as Activity['input']
    return {
      id,
      node,
      epoch,
      kind: 'activity',
      type,
      input: given,
      hasErrorEdge: hasErrorEdge === 1,
    }
  }
  // Sealed by `packEffect`: an effect but for a derived id and its input.
  const effect = packed as Effect & { readonly input?: Slot }
  const id = effect.id ?? derivedId(run, effect)
  return (
    effect.input === undefined ? { ...effect, id } : { ...effect, id, input: value(effect.input) }
  ) as Effect
}

function unpackTrace(packed: PackedTrace, value: ToValue): Trace[] {
  if (!isList(packed)) return [packed]
  const [node, epoch] = packed
  if (packed.length === 3) return [{ node, epoch, event: 'entered', input: value(packed[2]) }]
  if (packed.length === 4)
    return [{ node, epoch, event: 'left', port: packed[2], value: value(packed[3]) }]
  const input = value(packed[2])
  return [
    { node, epoch, event: 'entered', input },
    { node, epoch, event: 'left', port: packed[3], value: value(packed[4]) },
  ]
}

const isList = <T>(value: T): value is Extract<T, readonly unknown[]> => Array.isArray(value)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import type { Effect, Input, RunInfo, RunStatus, Trace } from '#core/step/types.ts'
import { isPackedStep, packStep, unpackStep } from './packed-step.ts'
import { unpackEntry, type StepEntry } from './run-entry.ts'

const run = 'r1:each:1/0'
const info: RunInfo = { id: run, flow: 'loan', version: '1', caseKey: null, startedAt: 5 }

/** A few values, the same ones again and again, as a step passes them on. */
const shared: readonly Json[] = [
  null,
  0,
  1,
  'out',
  {},
  { a: [1] },
  [],
  [[0]],
  { value: { b: null } },
]
const value = fc.oneof(
  fc.constantFrom(...shared),
  fc.jsonValue().map((any) => any as Json),
)
const node = fc.constantFrom('start', 'kyc', 'a_b')
const epoch = fc.integer({ min: 1, max: 3 })
const at = fc.nat()
const place = { node, epoch }
const ofRun = fc.tuple(node, epoch).map(([name, number]) => `${run}:${name}:${number}`)

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ type: fc.constant('start'), at, run: fc.constant(info), input: value }),
  fc.record({ type: fc.constant('done'), at, effect: ofRun, port: fc.string(), value }),
  fc.record({ type: fc.constant('done'), at, effect: fc.string(), port: fc.string(), value }),
  fc.record({ type: fc.constant('cancel'), at, reason: fc.string() }),
) as fc.Arbitrary<Input>

const effect = fc
  .oneof(
    fc.record({
      ...place,
      kind: fc.constant('activity'),
      type: fc.string(),
      input: value,
      hasErrorEdge: fc.boolean(),
    }),
    fc.record({ ...place, kind: fc.constant('task'), input: value }),
    fc.record({ ...place, kind: fc.constant('timer'), dueAt: at, port: fc.string() }),
    fc.record({
      ...place,
      kind: fc.constant('each'),
      items: fc.array(value),
      outer: fc.constant({}),
    }),
    fc.record({ ...place, kind: fc.constant('stop'), target: fc.string() }),
  )
  .chain((given) =>
    fc
      .constantFrom(
        `${run}:${given.node}:${given.epoch}`,
        `${run}:${given.node}:${given.epoch}!remind`,
      )
      .map((id) => ({ id, ...given }) as Effect),
  )

const trace = fc.oneof(
  fc.record({ ...place, event: fc.constant('entered'), input: value }),
  fc.record({ ...place, event: fc.constant('left'), port: fc.string(), value }),
  fc.record({ ...place, event: fc.constant('stopped') }),
  fc.record({
    ...place,
    event: fc.constant('incident'),
    error: fc.constant({ code: 'X', message: 'x' }),
  }),
) as fc.Arbitrary<Trace>

const entry: fc.Arbitrary<StepEntry> = fc
  .record({
    input,
    attempted: fc.boolean(),
    effects: fc.array(effect, { maxLength: 4 }),
    trace: fc.array(trace, { maxLength: 8 }),
    status: fc.constantFrom<RunStatus>('active', 'done', 'failed', 'cancelled', 'continued'),
    output: value,
  })
  .map((given) => ({ type: given.input.type, at: given.input.at, ...given }))

const stored = (packed: unknown): Json => JSON.parse(JSON.stringify(packed)) as Json

describe('a step as it is written', () => {
  it('[R310] comes back as it was, whatever stands in it twice', () => {
    fc.assert(
      fc.property(entry, (given) => {
        const packed = packStep(run, given)
        expect(isPackedStep(packed)).toBe(true)
        expect(unpackEntry(run, stored(packed))).toEqual(stored(given))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps what a later version adds to it', () => {
    const later = { ...first, sealedBy: 'x' } as StepEntry
    const packed = stored(packStep(run, later)) as never
    expect(unpackStep(run, packed)).toEqual(later)
  })

  it('writes an answer that is passed on once', () => {
    const large = { text: 'x'.repeat(1000) }
    const answered: StepEntry = {
      ...first,
      type: 'done',
      input: { type: 'done', at: 5, effect: `${run}:kyc:1`, port: 'out', value: large },
      trace: [{ node: 'kyc', epoch: 1, event: 'left', port: 'out', value: large }],
      status: 'done',
      output: large,
    }
    expect(JSON.stringify(packStep(run, answered)).length).toBeLessThan(1100)
  })
})

const first: StepEntry = {
  type: 'start',
  at: 5,
  input: { type: 'start', at: 5, run: info, input: {} },
  attempted: false,
  effects: [],
  trace: [],
  status: 'active',
  output: null,
}

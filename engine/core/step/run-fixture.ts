import { compile } from '#core/compile/compile.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import type { Registry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import type { Effect, Failure, Input, RunInfo, State, Step } from '#core/step/types.ts'

export const runInfo: RunInfo = {
  id: 'r',
  flow: 'drawn',
  version: '1',
  caseKey: null,
  startedAt: 0,
}

export interface HandRun {
  readonly first: Step
  /** Ids of what is open, without the run's. */
  readonly open: () => string[]
  done(effect: string, value?: Json, port?: string): Step
  failed(effect: string, error?: Failure): Step
  cancel(): Step
}

/** For tests: a run driven by hand, its effects named without the run's id. `body` is an each whose body it runs. */
export function runByHand(
  flow: Flow,
  registry: Registry,
  { input = null, body }: { readonly input?: Json; readonly body?: string } = {},
): HandRun {
  const program = compile({ flow, decisions: {}, nodes: {}, models: {} }, registry, { body })
  const core = createCore()
  let at = 0
  let state: State | null = null
  const open = new Map<string, Effect>()
  const step = (given: (at: number) => Input): Step => {
    const next = core.step(program, state, given(at++))
    // Every state survives the way to disk and back.
    state = core.deserialize(
      program,
      JSON.parse(JSON.stringify(core.serialize(next.state))) as Json,
    )
    for (const effect of next.effects)
      if (effect.kind === 'stop') open.delete(effect.target)
      else open.set(effect.id, effect)
    return next
  }
  const named = (effect: string): string => `${runInfo.id}:${effect}`
  return {
    first: step((now) => ({ type: 'start', at: now, run: runInfo, input })),
    open: () => [...open.keys()].map((id) => id.slice(runInfo.id.length + 1)),
    done(effect, value = null, port = 'out') {
      open.delete(named(effect))
      return step((now) => ({ type: 'done', at: now, effect: named(effect), port, value }))
    },
    failed(effect, error = { code: 'PEER_DOWN', message: 'down' }) {
      open.delete(named(effect))
      return step((now) => ({ type: 'failed', at: now, effect: named(effect), error }))
    },
    cancel: () => step((now) => ({ type: 'cancel', at: now, reason: 'withdrawn' })),
  }
}

import { compile } from '#core/compile/compile.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import type { Effect, Input, MigrateOptions, Program, State, Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { testNodes } from '../property/test-nodes.ts'

export const registry = createRegistry([...builtInNodes, ...testNodes])
export const programOf = (flow: Flow): Program =>
  compile({ flow, decisions: {}, nodes: {}, models: {} }, registry)

/** A run on the real core, its effects answered by hand; effects are named `node:epoch`. */
export class ByHand {
  readonly core = createCore()
  program: Program
  step: Step
  readonly open = new Map<string, Effect>()
  /** Every node that was entered, in order. */
  readonly entered: string[] = []
  /** Kind and id of every effect that was ever asked for; an incident bears the id of the visit that failed. */
  readonly asked: string[] = []
  #at = 0

  constructor(flow: Flow, input: Json = null) {
    this.program = programOf(flow)
    const run = { id: 'r', flow: flow.id, version: '1', caseKey: null, startedAt: 0 }
    this.step = this.#take(this.core.step(this.program, null, { type: 'start', at: 0, run, input }))
  }

  get state(): State {
    return this.step.state
  }
  /** What the run waits for: `node:epoch`, sorted. */
  get waits(): string[] {
    return [...this.open.keys()].map((id) => id.slice(2)).sort()
  }

  done(effect: string, port = 'ok', value: Json = { n: 1, text: effect }): this {
    return this.give({ type: 'done', at: (this.#at += 1), effect: `r:${effect}`, port, value })
  }
  failed(effect: string): this {
    const error = { code: 'PEER_DOWN', message: 'The peer is down.' }
    return this.give({ type: 'failed', at: (this.#at += 1), effect: `r:${effect}`, error })
  }
  back(node: string, values: Readonly<Record<string, Json>> = {}): this {
    return this.give({ type: 'rewind', at: (this.#at += 1), node, values })
  }
  give(input: Input): this {
    const next = this.core.step(this.program, this.state, input)
    if (next.accepted && (input.type === 'done' || input.type === 'failed'))
      this.open.delete(input.effect)
    this.step = this.#take(next)
    return this
  }
  migrate(flow: Flow, options: Partial<MigrateOptions> = {}) {
    const to = programOf(flow)
    const at = (this.#at += 1)
    const migration = this.core.migrate(this.program, this.state, to, { at, ...options })
    if (migration.ok) {
      this.program = to
      this.step = this.#take(migration.step)
    }
    return migration
  }

  #take(step: Step): Step {
    for (const effect of step.effects)
      if (effect.kind === 'stop') this.open.delete(effect.target)
      else {
        this.open.set(effect.id, effect)
        this.asked.push(`${effect.kind} ${effect.id}`)
      }
    for (const trace of step.trace) if (trace.event === 'entered') this.entered.push(trace.node)
    return step
  }
}

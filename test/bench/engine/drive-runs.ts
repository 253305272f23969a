import type { Json } from '#core/json.ts'
import type { Engine } from '#engine/run/engine.ts'
import { by } from './open-engine.ts'

export interface Load {
  readonly flow: string
  readonly runs: number
  /** Runs that are under way at once: when one ends the next begins. */
  readonly inFlight: number
  readonly input: (n: number) => Json
}

export interface Driven {
  /** ms */
  readonly took: number
  /** Processor time of this process, µs per run. */
  readonly cpuPerRun: number
}

/** Starts runs and waits until all have completed. */
export function driveRuns(engine: Engine, { flow, runs, inFlight, input }: Load): Promise<Driven> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const cpu = process.cpuUsage()
    let started = 0
    let ended = 0
    const start = (): void => {
      started += 1
      engine.startRun({ ...by, flow, input: input(started) }).catch(reject)
    }
    const stop = engine.subscribe((_, events) => {
      for (const { type } of events) {
        if (type === 'step.incident') reject(new Error('a run of the benchmark met an incident'))
        if (type !== 'run.completed') continue
        ended += 1
        if (started < runs) start()
        if (ended < runs) continue
        stop()
        const { user, system } = process.cpuUsage(cpu)
        resolve({ took: performance.now() - began, cpuPerRun: (user + system) / runs })
      }
    })
    while (started < Math.min(inFlight, runs)) start()
  })
}

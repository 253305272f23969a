import type { Alarm } from '#core/compile/program.ts'
import {
  callConfig,
  eachConfig,
  lockConfig,
  messageConfig,
  remindPort,
  taskConfig,
  timerConfig,
} from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import { timeoutPort } from '#core/graph/ports.ts'
import type { Json } from '#core/json.ts'
import type { NodeKind } from '#core/node/define-node.ts'

interface Waits {
  readonly remind?: { readonly after: string; readonly every?: string | undefined } | undefined
  readonly escalate?: { readonly after: string } | undefined
  readonly timeout?: string | undefined
}

const configs: Readonly<Partial<Record<NodeKind, (config: Json) => Waits>>> = {
  task: (config) => taskConfig.parse(config),
  message: (config) => messageConfig.parse(config),
  timer: (config) => timerConfig.parse(config),
  call: (config) => callConfig.parse(config),
  each: (config) => eachConfig.parse(config),
  lock: (config) => lockConfig.parse(config),
}

/** The timers that begin with a node's visit, by the port that each leaves or reminds by. */
export function alarmsOf(kind: NodeKind, config: Json): ReadonlyMap<string, Alarm> {
  const { remind, escalate, timeout } = configs[kind]?.(config) ?? {}
  const alarm = (port: string, after: string | undefined, every?: string): Alarm[] =>
    after === undefined
      ? []
      : [{ port, after: durationMs(after), every: every === undefined ? null : durationMs(every) }]
  const alarms = [
    ...alarm(remindPort, remind?.after, remind?.every),
    ...alarm('escalate', escalate?.after),
    ...alarm(timeoutPort, timeout),
  ]
  return new Map(alarms.map((each) => [each.port, each]))
}

import { callConfig } from '#core/graph/control.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'

/** The flow that a call runs; undefined while none is chosen. */
export function calledBy(node: FlowNode): string | undefined {
  const config = callConfig.safeParse(node.config)
  return config.success ? config.data.flow : undefined
}

/** The flows that a flow's calls run, those of disabled nodes too. */
export const calledFlows = (flow: Flow, { descriptor }: Pick<Lookup, 'descriptor'>): string[] =>
  flow.nodes.flatMap((node) => {
    if (descriptor(node.type)?.kind !== 'call') return []
    return calledBy(node) ?? []
  })

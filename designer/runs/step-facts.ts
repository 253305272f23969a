import type { StepView } from '#core/api/views.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import { portsOf } from '#core/graph/ports.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'

/** What the pages need to know of a run's steps beyond the run: names and ports from the flow that it keeps. */
export interface StepFacts {
  readonly nameOf: (node: string) => string
  readonly nodeOf: (node: string) => FlowNode | undefined
  readonly descriptorOf: (node: string) => NodeDescriptor | undefined
  /** The ports that a step of this node can be left by. */
  readonly portsOf: (node: string) => readonly PortDescriptor[]
}

export function stepFacts(flow: Flow | undefined, types: readonly NodeDescriptor[]): StepFacts {
  const nodes = new Map(flow?.nodes.map((node) => [node.id, node]))
  const descriptorOf = (id: string): NodeDescriptor | undefined => {
    const node = nodes.get(id)
    const named = types.filter((type) => type.type === node?.type)
    return named.find((type) => type.version === node?.version) ?? named[0]
  }
  return {
    nodeOf: (id) => nodes.get(id),
    nameOf: (id) => nodes.get(id)?.name ?? id,
    descriptorOf,
    portsOf: (id) => {
      const node = nodes.get(id)
      const descriptor = descriptorOf(id)
      return node === undefined || descriptor === undefined ? [] : portsOf(node, descriptor)
    },
  }
}

/** The visit of the node that a step is, from 1. */
export const epochOf = (step: string): number => Number(step.split(':').at(-1))

const open: readonly StepView['status'][] = ['running', 'waiting', 'retrying', 'incident']
export const isOpen = (step: StepView): boolean => open.includes(step.status)

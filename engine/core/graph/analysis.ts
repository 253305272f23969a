import { nodesOnCycles } from '#core/graph/cycles.ts'
import { dataFlow, type DataFlow } from '#core/graph/data-flow.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { portsOf } from '#core/graph/ports.ts'
import { regionsOf, type Regions } from '#core/graph/regions.ts'
import { topologyOf, type Topology } from '#core/graph/topology.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'

/** Everything that rules ask of a flow, worked out once. */
export interface Analysis {
  readonly flow: Flow
  readonly lookup: Lookup
  readonly topology: Topology
  readonly regions: Regions
  readonly cyclic: ReadonlySet<string>
  readonly descriptor: (node: FlowNode) => NodeDescriptor | undefined
  /** Empty for an unknown type. */
  readonly ports: (id: string) => readonly PortDescriptor[]
  readonly dataFlow: DataFlow
}

export function analyse(flow: Flow, lookup: Lookup): Analysis {
  const descriptors = new Map<string, NodeDescriptor | undefined>()
  const descriptor = ({ type }: FlowNode): NodeDescriptor | undefined => {
    if (!descriptors.has(type)) descriptors.set(type, lookup.descriptor(type))
    return descriptors.get(type)
  }
  const topology = topologyOf(flow, (node) => descriptor(node)?.kind)
  const regions = regionsOf(topology)
  const ports = new Map<string, readonly PortDescriptor[]>(
    flow.nodes.map((node) => {
      const described = descriptor(node)
      return [node.id, described ? portsOf(node, described) : []]
    }),
  )
  return {
    flow,
    lookup,
    topology,
    regions,
    cyclic: nodesOnCycles(topology),
    descriptor,
    ports: (id) => ports.get(id) ?? [],
    dataFlow: dataFlow(topology, regions),
  }
}

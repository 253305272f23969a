import { bodiesOf, type Bodies } from '#core/graph/bodies.ts'
import { nodesOnCycles } from '#core/graph/cycles.ts'
import { dataFlow, type DataFlow } from '#core/graph/data-flow.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { portsOf } from '#core/graph/ports.ts'
import { regionsOf, type Regions } from '#core/graph/regions.ts'
import { topologyOf, type Topology } from '#core/graph/topology.ts'
import { undoersOf } from '#core/graph/undoers.ts'
import type { JsonSchema } from '#core/json.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'

/** Everything that rules ask of a flow, worked out once. */
export interface Analysis {
  readonly flow: Flow
  readonly lookup: Lookup
  readonly topology: Topology
  readonly bodies: Bodies
  /** Of the flow and of every body in it. */
  readonly regions: Regions
  readonly cyclic: ReadonlySet<string>
  /** Nodes that undo others, each with those that name it. */
  readonly undoers: ReadonlyMap<string, readonly FlowNode[]>
  readonly descriptor: (node: FlowNode) => NodeDescriptor | undefined
  /** Empty for an unknown type. */
  readonly ports: (id: string) => readonly PortDescriptor[]
  readonly dataFlow: DataFlow
  /** Schemas that were worked out, and those that are being worked out, so that what depends on itself ends. */
  readonly schemas: { readonly known: Map<string, JsonSchema>; readonly sought: Set<string> }
}

export function analyse(flow: Flow, lookup: Lookup): Analysis {
  const descriptors = new Map<string, NodeDescriptor | undefined>()
  const descriptor = ({ type }: FlowNode): NodeDescriptor | undefined => {
    if (!descriptors.has(type)) descriptors.set(type, lookup.descriptor(type))
    return descriptors.get(type)
  }
  const topology = topologyOf(flow, (node) => descriptor(node)?.kind)
  const bodies = bodiesOf(topology)
  const parts = new Map<string | null, { regions: Regions; dataFlow: DataFlow }>()
  for (const owner of [null, ...bodies.owners]) {
    const part = bodies.topologyOf(owner)
    const regions = regionsOf(part)
    parts.set(owner, { regions, dataFlow: dataFlow(part, regions) })
  }
  const ports = new Map<string, readonly PortDescriptor[]>(
    flow.nodes.map((node) => {
      const described = descriptor(node)
      return [node.id, described ? portsOf(node, described) : []]
    }),
  )
  /** The node itself, or the each around it that lies in the same body as `source`. */
  const beside = (node: string, source: string): string | undefined =>
    bodies.around(node).find((id) => bodies.ownerOf(id) === bodies.ownerOf(source))
  const flowIn = (source: string): DataFlow | undefined =>
    parts.get(bodies.ownerOf(source))?.dataFlow
  return {
    flow,
    lookup,
    topology,
    bodies,
    regions: mergeRegions([...parts.values()].map(({ regions }) => regions)),
    cyclic: nodesOnCycles(topology),
    undoers: undoersOf(topology),
    descriptor,
    ports: (id) => ports.get(id) ?? [],
    dataFlow: {
      certain(node, source) {
        const at = beside(node, source)
        return at !== undefined && flowIn(source)?.certain(at, source) === true
      },
      possible(node, source) {
        const at = beside(node, source)
        return (at !== undefined && flowIn(source)?.possible(at, source)) || []
      },
    },
    schemas: { known: new Map(), sought: new Set() },
  }
}

/** Bodies share no node, so nothing is said twice. */
function mergeRegions(parts: readonly Regions[]): Regions {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const merged = <V>(of: (part: Regions) => ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
    new Map(parts.flatMap((part) => [...of(part)]))
  return {
    of: merged((part) => part.of),
    joinOf: merged((part) => part.joinOf),
    forkOf: merged((part) => part.forkOf),
    fragments: merged((part) => part.fragments),
    region: (fork, branch) => {
      for (const part of parts) {
        const region = part.region(fork, branch)
        if (region) return region
      }
      return undefined
    },
    ending: (node) => parts.find(({ of }) => of.has(node))?.ending(node) ?? null,
    mayEnd: (region) => parts.some((part) => part.mayEnd(region)),
    problems: parts.flatMap(({ problems }) => problems),
  }
}

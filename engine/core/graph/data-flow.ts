import { isInner, type Fragment } from '#core/graph/fragments.ts'
import type { FlowEdge } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import type { Regions } from '#core/graph/regions.ts'
import { memoised, type Topology, type Way } from '#core/graph/topology.ts'
import { wayApart, waysOf } from '#core/graph/ways.ts'
import { isObject } from '#core/json.ts'

/** What has surely happened, and what may have, when a node is entered. */
export interface DataFlow {
  /** Whether `source` was left on every path to `node`. */
  certain(node: string, source: string): boolean
  /** The ports by which `source` may last have been left on the way to `node`. */
  possible(node: string, source: string): readonly string[]
}

/**
 * Two passes over the graph to a fixed point, on sets of bits: what all paths share (with a join that waits for all,
 * what any of its branches brings), and what some path brings. Leaving a node again replaces its port.
 */
export function dataFlow(topology: Topology, regions: Regions): DataFlow {
  const drawn = { topology, regions }
  const ways = memoised((id: string): readonly Way[] => {
    const apart = wayApart(id, drawn)
    return apart ? [...waysOf(id, drawn), apart] : waysOf(id, drawn)
  })
  const order = reversePostOrder(topology, ways)
  const waysInto = new Map<string, Way[]>()
  for (const id of order)
    for (const way of ways(id)) waysInto.set(way.target, [...(waysInto.get(way.target) ?? []), way])
  const nodeBit = new Map(order.map((id, index) => [id, 1n << BigInt(index)]))
  const portBit = new Map<string, bigint>()
  const portMask = new Map<string, bigint>()
  const addPort = (id: string, port: string): void => {
    const key = `${id} ${port}`
    if (portBit.has(key)) return
    const bit = 1n << BigInt(portBit.size)
    portBit.set(key, bit)
    portMask.set(id, (portMask.get(id) ?? 0n) | bit)
  }
  for (const id of order)
    for (const { sourcePort, leaves } of ways(id)) {
      addPort(id, sourcePort)
      if (leaves) addPort(leaves.try, leaves.port)
    }

  const everything = (1n << BigInt(order.length)) - 1n
  const must = new Map<string, bigint>(order.map((id) => [id, everything]))
  const may = new Map<string, bigint>(order.map((id) => [id, 0n]))
  /** What is left on the way: its node, unless that goes on waiting, and with it a try. */
  const leftOn = (way: Way): readonly (readonly [string, string])[] =>
    topology.isBeside(way)
      ? []
      : way.leaves
        ? [
            [way.source, way.sourcePort],
            [way.leaves.try, way.leaves.port],
          ]
        : [[way.source, way.sourcePort]]
  const mustAfter = (way: Way): bigint =>
    leftOn(way).reduce(
      (sum, [id]) => sum | (nodeBit.get(id) ?? 0n),
      must.get(way.source) ?? everything,
    )
  const mayAfter = (way: Way): bigint =>
    leftOn(way).reduce(
      (sum, [id, port]) => (sum & ~(portMask.get(id) ?? 0n)) | (portBit.get(`${id} ${port}`) ?? 0n),
      may.get(way.source) ?? 0n,
    )

  for (let changed = true; changed;) {
    changed = false
    for (const id of order) {
      const edges = waysInto.get(id) ?? []
      const surely = id === topology.start?.id ? 0n : meet(id, edges, mustAfter, drawn)
      const maybe = edges.reduce((sum, edge) => sum | mayAfter(edge), 0n)
      if (surely === must.get(id) && maybe === may.get(id)) continue
      must.set(id, surely)
      may.set(id, maybe)
      changed = true
    }
  }
  return {
    certain: (node, source) => ((must.get(node) ?? 0n) & (nodeBit.get(source) ?? 0n)) !== 0n,
    possible(node, source) {
      const brought = may.get(node) ?? 0n
      const ports = new Set(topology.out(source).map((edge) => edge.sourcePort))
      return [...ports].filter(
        (port) => (brought & (portBit.get(`${source} ${port}`) ?? 0n)) !== 0n,
      )
    },
  }
}

/** What every way into a node brings. */
function meet(
  id: string,
  edges: readonly Way[],
  after: (edge: Way) => bigint,
  { topology, regions }: { topology: Topology; regions: Regions },
): bigint {
  const all = (some: readonly Way[]): bigint =>
    some.map(after).reduce((shared, bits) => shared & bits)
  if (edges.length === 0) return 0n
  if (topology.kind(id) !== 'join') return all(edges)
  const mode = readPointer(topology.nodes.get(id)?.config, '/mode') ?? 'all'
  const fork = regions.forkOf.get(id) ?? regions.of.get(id)?.fork
  if (fork === undefined || mode !== 'all') return all(edges)
  const fragment = regions.fragments.get(fork)
  if (fragment) {
    const odds = oddsIn(topology, fragment)
    const sure = bySource(topology, edges).filter((ways) => sumOf(ways, odds) > almostOne)
    if (sure.length === 0) return all(edges)
    return sure.map((ways) => all(ways)).reduce((sum, bits) => sum | bits)
  }
  const branches = new Map<string, Way[]>()
  for (const edge of edges) {
    const branch = branchOf(edge, fork, regions)
    branches.set(branch, [...(branches.get(branch) ?? []), edge])
  }
  const sure = [...branches].filter(
    ([branch]) => !mayBeMissing(branch, fork, { topology, regions }),
  )
  if (sure.length === 0) return all(edges)
  return sure.map(([, ends]) => all(ends)).reduce((sum, bits) => sum | bits)
}

/** Sums of fractions such as three thirds fall short of 1 by less. */
const almostOne = 1 - 1e-9

/**
 * How likely an edge of a fragment is taken if every port were as likely as the others, at least: 1 is always.
 * Ports that leave the fragment do not count, since behind them nothing of it goes on.
 */
function oddsIn(topology: Topology, fragment: Fragment): (edge: FlowEdge) => number {
  const odds = new Map<string, number>([[fragment.fork, 1]])
  const ofEdge = (edge: FlowEdge): number => {
    const { source, sourcePort } = edge
    const own = odds.get(source) ?? 0
    if (topology.kind(source) === 'fork')
      return isConditional(topology, source, sourcePort) ? own / 2 : own
    return own / topology.out(source).filter((each) => isInner(fragment, each)).length
  }
  for (const id of fragment.nodes) {
    const into = topology.into(id).filter(({ source }) => odds.has(source))
    const each = bySource(topology, into).map((edges) => sumOf(edges, ofEdge))
    const isJoin = topology.kind(id) === 'join'
    odds.set(id, isJoin ? Math.max(...each) : each.reduce((sum, one) => sum + one, 0))
  }
  return ofEdge
}

const sumOf = <E>(edges: readonly E[], odds: (edge: E) => number): number =>
  edges.reduce((sum, edge) => sum + odds(edge), 0)

/** Of the edges of one node only one is taken; each branch of a fork is taken for itself. */
function bySource<E extends FlowEdge>(topology: Topology, edges: readonly E[]): E[][] {
  const groups = new Map<string, E[]>()
  for (const edge of edges) {
    const key =
      topology.kind(edge.source) === 'fork' ? `${edge.source} ${edge.sourcePort}` : edge.source
    groups.set(key, [...(groups.get(key) ?? []), edge])
  }
  return [...groups.values()]
}

function branchOf(edge: Way, fork: string, regions: Regions): string {
  if (edge.source === fork) return edge.sourcePort
  let region = regions.of.get(edge.source)
  while (region && region.fork !== fork) region = region.parent
  return region?.branch ?? ''
}

/** Whether the join may go on without the branch: it has a condition, or may end before. */
function mayBeMissing(
  branch: string,
  fork: string,
  { topology, regions }: { topology: Topology; regions: Regions },
): boolean {
  const region = regions.region(fork, branch)
  if (region && regions.mayEnd(region)) return true
  return isConditional(topology, fork, branch)
}

function isConditional(topology: Topology, fork: string, branch: string): boolean {
  const branches = readPointer(topology.nodes.get(fork)?.config, '/branches')
  const found = Array.isArray(branches)
    ? (branches as unknown[]).find((item) => isObject(item) && item['id'] === branch)
    : undefined
  return !isObject(found) || found['when'] !== undefined
}

/** Predecessors first where there is no cycle, so that few passes suffice. */
function reversePostOrder(topology: Topology, ways: (id: string) => readonly Way[]): string[] {
  const seen = new Set<string>()
  const order: string[] = []
  const work: { id: string; next: number }[] = []
  const enter = (id: string): void => {
    seen.add(id)
    work.push({ id, next: 0 })
  }
  if (topology.start) enter(topology.start.id)
  for (let frame = work.at(-1); frame; frame = work.at(-1)) {
    const edge = ways(frame.id)[frame.next++]
    if (!edge) {
      order.push(frame.id)
      work.pop()
    } else if (!seen.has(edge.target)) enter(edge.target)
  }
  return order.reverse()
}

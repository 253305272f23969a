import { endConfig, remindPort } from '#core/graph/control.ts'
import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import { errorPort, timeoutPort } from '#core/graph/ports.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** A way on from a node; `leaves` is the try that is left on it, by its edge of the same id. */
export interface Way extends FlowEdge {
  readonly leaves?: { readonly try: string; readonly port: 'out' | 'error' }
}

/** A flow indexed once, so that every analysis is linear. Edges to or from unknown nodes are left out. */
export interface Topology {
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly kind: (id: string) => NodeKind | undefined
  readonly out: (id: string) => readonly FlowEdge[]
  readonly into: (id: string) => readonly FlowEdge[]
  /** The first edge of a port. */
  readonly edge: (id: string, port: string) => FlowEdge | undefined
  readonly start: FlowNode | undefined
  /** The try that contains the node. */
  readonly tryOf: (id: string) => string | undefined
  /** Whether the try is `inner` or one around it. */
  readonly isInside: (inner: string | undefined, outer: string | undefined) => boolean
  /** Every way on as a run takes it: from inside of a try also the try's ways out. */
  readonly ways: (id: string) => readonly Way[]
  /** Whether the edge begins a path beside its node, which goes on waiting. */
  readonly isBeside: (edge: FlowEdge) => boolean
  /** Whether only a failure takes the edge. */
  readonly isFailure: (edge: FlowEdge) => boolean
  /** The edge by which the node leaves its innermost try that has one for this port. */
  readonly escape: (id: string, port: 'out' | 'error') => Way | undefined
}

const none: readonly FlowEdge[] = []

export function topologyOf(
  flow: Pick<Flow, 'nodes' | 'edges'>,
  kindOf: (node: FlowNode) => NodeKind | undefined,
): Topology {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  const kinds = new Map(flow.nodes.map((node) => [node.id, kindOf(node)]))
  const out = new Map<string, FlowEdge[]>()
  const into = new Map<string, FlowEdge[]>()
  for (const edge of flow.edges) {
    if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue
    push(out, edge.source, edge)
    push(into, edge.target, edge)
  }
  const outOf = (id: string): readonly FlowEdge[] => out.get(id) ?? none
  const edge = (id: string, port: string): FlowEdge | undefined =>
    out.get(id)?.find((each) => each.sourcePort === port)
  const tryOf = (id: string): string | undefined => {
    const parent = nodes.get(id)?.parent
    return parent !== undefined && kinds.get(parent) === 'try' ? parent : undefined
  }
  const around = function* (id: string): Generator<string> {
    // Nodes that contain each other in a circle are a finding, and must not hang.
    const seen = new Set<string>()
    for (let at = tryOf(id); at !== undefined && !seen.has(at); at = tryOf(at)) {
      seen.add(at)
      yield at
    }
  }
  const escape = (id: string, port: 'out' | 'error'): Way | undefined => {
    for (const outer of around(id)) {
      const way = edge(outer, port)
      if (way) return { ...way, source: id, sourcePort: port, leaves: { try: outer, port } }
      if (port === 'out') return undefined
    }
    return undefined
  }
  const ways = (id: string): readonly Way[] => {
    const own =
      kinds.get(id) === 'try' ? outOf(id).filter((way) => way.sourcePort !== outPort) : outOf(id)
    return tryOf(id) === undefined ? own : [...own, ...escapes(id)]
  }
  const escapes = (id: string): readonly Way[] => {
    if (kinds.get(id) === 'end') {
      const { data } = endConfig.safeParse(nodes.get(id)?.config)
      const way = (data?.status === 'failed' && escape(id, 'error')) || escape(id, 'out')
      return way ? [{ ...way, sourcePort: data?.status ?? 'completed' }] : none
    }
    if (edge(id, errorPort)) return none
    const way = escape(id, 'error')
    return way ? [way] : none
  }
  return {
    nodes,
    kind: (id) => kinds.get(id),
    out: outOf,
    into: (id) => into.get(id) ?? none,
    edge,
    start: flow.nodes.find((node) => kinds.get(node.id) === 'start'),
    tryOf,
    isInside: (inner, outer) =>
      inner === outer ||
      outer === undefined ||
      (inner !== undefined && [...around(inner)].includes(outer)),
    ways: memoised(ways),
    isBeside: ({ source, sourcePort }) =>
      sourcePort === remindPort &&
      canRemind.has(kinds.get(source)) &&
      readPointer(nodes.get(source)?.config, '/remind') !== undefined,
    isFailure: ({ source, sourcePort }) =>
      sourcePort === errorPort || (sourcePort === timeoutPort && kinds.get(source) === 'effect'),
    escape,
  }
}

const canRemind: ReadonlySet<NodeKind | undefined> = new Set([
  'task',
  'message',
  'timer',
  'call',
  'each',
  'lock',
] as const)

/** A try is left by its ends, so this port is no way on from the node itself. */
const outPort = 'out'

function push<E>(map: Map<string, E[]>, key: string, edge: E): void {
  const list = map.get(key)
  if (list) list.push(edge)
  else map.set(key, [edge])
}

export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

export function memoised<T>(of: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>()
  return (id) => {
    if (!known.has(id)) known.set(id, of(id))
    return known.get(id) as T
  }
}

import type { FlowEdge } from '#core/graph/flow.ts'
import { isEnd } from '#core/graph/ends.ts'
import type { Topology } from '#core/graph/topology.ts'

/** Branches that interleave: from a fork to the join, or the Ends, where all of them have met. Acyclic. */
export interface Fragment {
  readonly fork: string
  /** Null where every way leads to an End. */
  readonly exit: string | null
  /** Predecessors first; without the fork and the exit. */
  readonly nodes: readonly string[]
}

/** Whether the edge stays inside of the fragment, or leads to its exit. */
export const isInner = ({ nodes, exit }: Fragment, edge: FlowEdge): boolean =>
  edge.target === exit || nodes.includes(edge.target)

export type FragmentFault =
  | { readonly fault: 'cycle'; readonly edge: FlowEdge }
  | { readonly fault: 'entered'; readonly edge: FlowEdge }
  | { readonly fault: 'meets'; readonly edge: FlowEdge }

export type Found =
  | { readonly fragment: Fragment; readonly fault?: never }
  /** What keeps the drawing around the edge from being a fragment. */
  | { readonly fragment: Omit<Fragment, 'nodes'>; readonly fault: FragmentFault }

/**
 * The smallest fragment around an edge: of all pairs of a fork and a join (or none) between which everything stays,
 * the one with the fewest nodes.
 */
export function fragmentAround(topology: Topology, edge: FlowEdge): Found | undefined {
  // A list's or a lock's body may begin with the fork itself.
  const start = topology.start ? [topology.start.id] : []
  const reached = new Set([...start, ...reach(topology, start, { beside: true })])
  const ofKind = (kind: 'fork' | 'join'): string[] =>
    [...reached].filter((id) => topology.kind(id) === kind)
  const forks = ofKind('fork').filter((fork) => reach(topology, [fork]).has(edge.target))
  const isInner = (fork: string): boolean =>
    forks.some((outer) => outer !== fork && reach(topology, [outer]).has(fork))
  let best: Fragment | undefined
  let faulty: (Found & { fault: FragmentFault; size: number }) | undefined
  for (const fork of forks)
    for (const exit of [...ofKind('join'), null]) {
      const body = bodyOf(topology, fork, exit)
      if (!body?.has(edge.source) && edge.source !== fork) continue
      if (!body || (!body.has(edge.target) && edge.target !== exit)) continue
      if (best && best.nodes.length <= body.size) continue
      const entered = entering(topology, { fork, exit, body, reached })
      if (entered) {
        if (isInner(fork) || reach(topology, [fork]).has(entered.source)) continue
        if (!faulty || faulty.size > body.size)
          faulty = { fragment: { fork, exit }, fault: { fault: 'entered', edge: entered }, size: body.size } // prettier-ignore
        continue
      }
      const order = inOrder(topology, fork, body)
      const fault: FragmentFault | undefined =
        'cycle' in order
          ? { fault: 'cycle', edge: order.cycle }
          : meeting(topology, { fork, exit, nodes: order.nodes })
      if (!fault && 'nodes' in order) best = { fork, exit, nodes: order.nodes }
      else if (fault && (!faulty || faulty.size > body.size))
        faulty = { fragment: { fork, exit }, fault, size: body.size }
    }
  if (best) return { fragment: best }
  return faulty && { fragment: faulty.fragment, fault: faulty.fault }
}

/** What edges lead to from some nodes on, `beyond` and Ends left out. */
function reach(
  topology: Topology,
  from: readonly string[],
  options: {
    readonly beyond?: readonly (string | null)[]
    readonly errors?: boolean
    /** Also on the paths of reminders. */
    readonly beside?: boolean
  } = {},
): Set<string> {
  const { beyond = [], errors = true, beside = false } = options
  const reached = new Set<string>()
  const work = [...from]
  for (let id = work.pop(); id !== undefined; id = work.pop())
    for (const edge of topology.out(id)) {
      const { target } = edge
      if (reached.has(target) || beyond.includes(target) || isEnd(topology.kind(target))) continue
      if ((!beside && topology.isBeside(edge)) || (!errors && topology.isFailure(edge))) continue
      reached.add(target)
      work.push(target)
    }
  return reached
}

/** The nodes between fork and exit. What only an error reaches is among them where it leads back to one, else it leaves. */
function bodyOf(
  topology: Topology,
  fork: string,
  exit: string | null,
): ReadonlySet<string> | undefined {
  const body = reach(topology, [fork], { beyond: [exit], errors: false })
  if (body.has(fork) || (exit !== null && !reach(topology, [fork]).has(exit))) return undefined
  for (const id of body)
    for (const edge of topology.out(id)) {
      const { target } = edge
      if (!topology.isFailure(edge) || body.has(target) || target === exit) continue
      if (isEnd(topology.kind(target))) continue
      const behind = reach(topology, [target], { beyond: [fork] })
      if (![...behind].some((each) => body.has(each) || each === exit)) continue
      body.add(target)
      for (const each of reach(topology, [target], { beyond: [fork, exit], errors: false }))
        body.add(each)
    }
  return [fork, ...body].some((id) => !isSound(topology, id)) ? undefined : body
}

/** A region for each node would take a group apart; a branch that is nothing but an End has no node to begin. */
const isSound = (topology: Topology, id: string): boolean =>
  topology.kind(id) !== 'try' &&
  (topology.kind(id) !== 'fork' ||
    topology.out(id).every(({ target }) => !isEnd(topology.kind(target))))

function entering(
  topology: Topology,
  {
    fork,
    exit,
    body,
    reached,
  }: Pick<Fragment, 'fork' | 'exit'> & {
    readonly body: ReadonlySet<string>
    readonly reached: ReadonlySet<string>
  },
): FlowEdge | undefined {
  for (const id of exit === null ? body : [...body, exit])
    for (const edge of topology.into(id))
      if (edge.source !== fork && !body.has(edge.source) && reached.has(edge.source)) return edge
  return undefined
}

/** Predecessors first, or the edge that closes a cycle. */
function inOrder(
  topology: Topology,
  fork: string,
  body: ReadonlySet<string>,
): { readonly nodes: string[] } | { readonly cycle: FlowEdge } {
  const done = new Set<string>()
  const path = new Set<string>()
  const nodes: string[] = []
  const work: { id: string; next: number }[] = [{ id: fork, next: 0 }]
  for (let frame = work.at(-1); frame; frame = work.at(-1)) {
    const edge = topology.out(frame.id)[frame.next++]
    if (!edge) {
      work.pop()
      path.delete(frame.id)
      done.add(frame.id)
      if (frame.id !== fork) nodes.push(frame.id)
    } else if (path.has(edge.target)) return { cycle: edge }
    else if (body.has(edge.target) && !done.has(edge.target)) {
      path.add(edge.target)
      work.push({ id: edge.target, next: 0 })
    }
  }
  return { nodes: nodes.reverse() }
}

/**
 * An edge by which a node that is no join is reached though another branch may be there too. Two branches lead to one
 * node where two paths from a fork share nothing before it: two markers move along them, always the one behind.
 */
function meeting(topology: Topology, { fork, exit, nodes }: Fragment): FragmentFault | undefined {
  const index = new Map([fork, ...nodes].map((id, at) => [id, at]))
  const at = (id: string): number => index.get(id) ?? 0
  const seen = new Set<string>()
  const work: [string, string][] = []
  const add = (one: string, other: string): void => {
    if (one === exit || other === exit || !index.has(one) || !index.has(other)) return
    const pair: [string, string] = at(one) < at(other) ? [one, other] : [other, one]
    if (seen.has(pair.join())) return
    seen.add(pair.join())
    work.push(pair)
  }
  const isJoin = (id: string): boolean => topology.kind(id) === 'join'
  for (const id of [fork, ...nodes].filter((each) => topology.kind(each) === 'fork'))
    for (const [first, edge] of topology.out(id).entries())
      for (const other of topology.out(id).slice(first + 1)) {
        if (edge.target !== other.target) add(edge.target, other.target)
        else if (index.has(edge.target) && !isJoin(edge.target)) return { fault: 'meets', edge }
      }
  for (let pair = work.pop(); pair; pair = work.pop()) {
    const [behind, ahead] = pair
    for (const edge of topology.out(behind)) {
      if (edge.target !== ahead) add(edge.target, ahead)
      else if (!isJoin(ahead)) return { fault: 'meets', edge }
    }
  }
  return undefined
}

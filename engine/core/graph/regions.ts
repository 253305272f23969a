import type { FlowEdge } from '#core/graph/flow.ts'
import { fragmentAround, type Fragment, type FragmentFault } from '#core/graph/fragments.ts'
import { isEnd } from '#core/graph/ends.ts'
import { readPointer } from '#core/graph/pointer.ts'
import { lazily, type Topology } from '#core/graph/topology.ts'

/** One branch of a fork, nested in the branch that holds the fork; null is the flow itself. */
export interface Region {
  /** Or the waiting node whose reminder's path it is. */
  readonly fork: string
  /** The fork's port that begins it; where branches interleave, the one node in it. */
  readonly branch: string
  readonly parent: Region | null
  /** A reminder's path: it never meets another, and errors stay on it. */
  readonly beside: boolean
}

/** What keeps a flow from being compiled soundly; each names its edge. */
export type RegionProblem = { readonly edge: FlowEdge } & (
  | { readonly problem: 'leaves-fork'; readonly fork: string }
  | { readonly problem: 'leaves-reminder'; readonly fork: string }
  | { readonly problem: 'enters-fork'; readonly fork: string }
  | { readonly problem: 'meets-without-join'; readonly fork: string }
  | { readonly problem: 'join-without-fork'; readonly join: string }
  | { readonly problem: 'join-of-two-forks'; readonly join: string; readonly fork: string }
  | { readonly problem: 'two-joins'; readonly join: string; readonly fork: string }
  | { readonly problem: 'cycle-in-fragment'; readonly fork: string; readonly exit: string }
)

export interface Regions {
  /** Of every node that is reached. */
  readonly of: ReadonlyMap<string, Region | null>
  /** Fork → the join where its branches meet. */
  readonly joinOf: ReadonlyMap<string, string>
  readonly forkOf: ReadonlyMap<string, string>
  /** One object per fork and branch, so that regions compare by identity. */
  readonly region: (fork: string, branch: string) => Region | undefined
  /** The branch that an End ends, or a fork whose branches never meet; null where it is the body or the flow. */
  readonly ending: (node: string) => Region | null
  /** Whether some way in the branch ends it before its join. */
  readonly mayEnd: (region: Region) => boolean
  /** By its fork, where branches interleave instead of nesting. */
  readonly fragments: ReadonlyMap<string, Fragment>
  readonly problems: readonly RegionProblem[]
}

/** Whether the region is part of a reminder's path, where a port without an edge ends its branch. */
export function isBeside(region: Region | null): boolean {
  for (let at = region; at; at = at.parent) if (at.beside) return true
  return false
}

/** Whether `inner` is `outer` or lies within it. */
function isWithin(inner: Region | null, outer: Region | null): boolean {
  for (let region = inner; region; region = region.parent) if (region === outer) return true
  return outer === null
}

/** Places every node in the branch that it belongs to; where branches do not nest, in a fragment as small as can be. */
export function regionsOf(topology: Topology): Regions {
  const nested = placed(topology, new Map())
  const fragments = new Map<string, Fragment>()
  for (let regions = nested; ; regions = placed(topology, fragments)) {
    const [problem] = regions.problems
    if (!problem) return regions
    const found = fragmentAround(topology, problem.edge)
    if (!found) return nested
    const { fragment, fault } = found
    if (fault) return { ...nested, problems: faulty(nested.problems, fragment, fault) }
    if (fragments.has(fragment.fork)) return nested
    for (const id of fragment.nodes) fragments.delete(id)
    fragments.set(fragment.fork, fragment)
  }
}

/** A drawing that would be a fragment but for one edge is mended at that edge, not at its joins. */
function faulty(
  problems: readonly RegionProblem[],
  { fork, exit }: Pick<Fragment, 'fork' | 'exit'>,
  { fault, edge }: FragmentFault,
): readonly RegionProblem[] {
  if (!problems.some(({ problem }) => joinProblems.has(problem))) return problems
  const others = problems.filter(({ problem }) => !joinProblems.has(problem))
  const named = problems.some((problem) => problem.edge === edge)
  return named ? problems : [...others, { edge, fork, ...faults[fault](exit) }]
}
const joinProblems: ReadonlySet<RegionProblem['problem']> = new Set([
  'join-without-fork',
  'join-of-two-forks',
  'two-joins',
])
const faults = {
  cycle: (exit: string | null) => ({ problem: 'cycle-in-fragment', exit: exit ?? '' }) as const,
  entered: () => ({ problem: 'enters-fork' }) as const,
  meets: () => ({ problem: 'meets-without-join' }) as const,
} satisfies Record<FragmentFault['fault'], unknown>

/**
 * Ordinary edges are followed first; what only an error port reaches belongs to the branch when it leads
 * back to the branch's join, else outside.
 */
function placed(topology: Topology, fragments: ReadonlyMap<string, Fragment>): Regions {
  const of = new Map<string, Region | null>()
  const regions = new Map<string, Region>()
  const joinOf = new Map<string, string>()
  const forkOf = new Map<string, string>()
  const problems: RegionProblem[] = []
  const ordinary: string[] = []
  const clashes: Clash[] = []
  const exits: { edge: FlowEdge; from: Region | null }[] = []

  const place = (id: string, region: Region | null): void => {
    of.set(id, region)
    ordinary.push(id)
  }
  const regionFor = (
    { source: fork, sourcePort: branch }: Pick<FlowEdge, 'source' | 'sourcePort'>,
    parent: Region | null,
  ): Region => {
    const key = `${fork}/${branch}`
    const known = regions.get(key)
    if (known) return known
    const region = { fork, branch, parent, beside: topology.kind(fork) !== 'fork' }
    regions.set(key, region)
    return region
  }
  /** The branch that a node in `region` would end: one of its own body, not one around its try. */
  const endingIn = (id: string, region: Region | null): Region | null =>
    region && topology.isInside(topology.tryOf(region.fork), topology.tryOf(id)) ? region : null
  const endsBranch = (id: string, region: Region | null): boolean =>
    topology.kind(id) === 'end' &&
    readPointer(topology.nodes.get(id)?.config, '/ends') === 'branch' &&
    endingIn(id, region) !== null

  const arrive = (edge: FlowEdge, from: Region | null): void => {
    const join = edge.target
    if (!from) {
      problems.push({ problem: 'join-without-fork', edge, join })
      if (!of.has(join)) place(join, null)
      return
    }
    const known = joinOf.get(from.fork)
    const owner = forkOf.get(join)
    if (from.beside) problems.push({ problem: 'leaves-reminder', edge, fork: from.fork })
    else if (known !== undefined && known !== join)
      problems.push({ problem: 'two-joins', edge, join, fork: from.fork })
    else if (owner !== undefined && owner !== from.fork)
      problems.push({ problem: 'join-of-two-forks', edge, join, fork: from.fork })
    else {
      joinOf.set(from.fork, join)
      forkOf.set(join, from.fork)
    }
    if (!of.has(join)) place(join, from.parent)
  }

  const follow = (edge: FlowEdge, from: Region | null): void => {
    const kind = topology.kind(edge.target)
    if (kind === 'join') return arrive(edge, from)
    if (isEnd(kind) && !endsBranch(edge.target, from)) {
      const body = topology.tryOf(edge.target)
      of.set(edge.target, (body === undefined ? null : of.get(body)) ?? null)
      return
    }
    const known = of.get(edge.target)
    if (known === undefined) place(edge.target, from)
    else if (known !== from) clashes.push({ edge, from, known })
  }

  const inFragment = (id: string, region: Region | null): boolean =>
    region !== null && fragments.get(region.fork)?.nodes.includes(id) === true

  const drain = (): void => {
    for (let id = ordinary.shift(); id !== undefined; id = ordinary.shift()) {
      const from = of.get(id) ?? null
      const fragment = fragments.get(id)
      for (const inner of fragment?.nodes ?? [])
        place(inner, regionFor({ source: id, sourcePort: inner }, from))
      const isFork = topology.kind(id) === 'fork' && !inFragment(id, from)
      for (const edge of topology.out(id)) {
        if (topology.isBeside(edge)) follow(edge, regionFor(edge, from))
        else if (fragment && edge.target === fragment.exit) arrive(edge, regionFor(edge, from))
        else if (fragment || inFragment(edge.target, from)) continue
        else if (isFork) follow(edge, regionFor(edge, from))
        else if (topology.isFailure(edge) && from && !from.beside) exits.push({ edge, from })
        else follow(edge, from)
      }
    }
  }

  if (topology.start) place(topology.start.id, null)
  drain()
  for (let exit = exits.shift(); exit; exit = exits.shift()) {
    const { edge, from } = exit
    const kind = topology.kind(edge.target)
    const known = of.get(edge.target)
    if (kind === 'join' && from && !isJoinOutside(edge.target, from, of)) arrive(edge, from)
    else if (isEnd(kind) && known === undefined) follow(edge, from)
    else if (known === undefined) {
      place(edge.target, homeOf(edge.target, from, { topology, of, joinOf, endsBranch }))
      drain()
    } else if (!isWithin(from, known)) clashes.push({ edge, from, known })
  }
  for (const clash of clashes) problems.push(problemOf(clash, { topology, of, joinOf, endsBranch }))
  const ended = lazily(() => endedRegions(topology, of, { joinOf, endingIn, endsBranch }))
  return {
    of,
    joinOf,
    forkOf,
    fragments,
    region: (fork, branch) => regions.get(`${fork}/${branch}`),
    ending: (node) => {
      const region = of.get(node) ?? null
      return topology.kind(node) === 'end' && !endsBranch(node, region)
        ? null
        : endingIn(node, region)
    },
    mayEnd: (region) => isBeside(region) || ended().has(region),
    problems,
  }
}

/** An error edge straight to the join of an outer fork leaves the inner one and arrives there. */
const isJoinOutside = (
  join: string,
  from: Region,
  of: ReadonlyMap<string, Region | null>,
): boolean => {
  const home = of.get(join)
  return home !== undefined && home !== from.parent && isWithin(from, home)
}

/** Branches that an End of their own, or a fork whose branches never meet, may end before their join. */
function endedRegions(
  topology: Topology,
  of: ReadonlyMap<string, Region | null>,
  {
    joinOf,
    endingIn,
    endsBranch,
  }: Pick<Placed, 'joinOf' | 'endsBranch'> & {
    readonly endingIn: (id: string, region: Region | null) => Region | null
  },
): ReadonlySet<Region> {
  const ended = new Set<Region>()
  for (const [id, region] of of) {
    const open = topology.kind(id) === 'fork' && !joinOf.has(id)
    const branch = endsBranch(id, region) ? region : open ? endingIn(id, region) : null
    if (branch) ended.add(branch)
  }
  return ended
}

/** The innermost branch around `from` whose join, or whose own End, the node leads back to. */
function homeOf(
  id: string,
  from: Region | null,
  { topology, of, joinOf, endsBranch }: Placed,
): Region | null {
  // What is inside of a try stays where the try is.
  const body = topology.tryOf(id)
  const outermost = (body === undefined ? null : of.get(body)) ?? null
  const reached = new Set([id])
  const work = [id]
  for (let at = work.pop(); at !== undefined; at = work.pop())
    for (const edge of topology.out(at))
      if (!reached.has(edge.target)) {
        reached.add(edge.target)
        // What lies behind a surrounding join is outside of the branch.
        if (topology.kind(edge.target) !== 'join' || isOtherJoin(edge.target, from, joinOf))
          work.push(edge.target)
      }
  const isBefore = (region: Region): boolean => reached.has(region.fork)
  if (from && !isBefore(from) && [...reached].some((node) => endsBranch(node, from))) return from
  for (let region = from; region && region !== outermost; region = region.parent) {
    const join = joinOf.get(region.fork)
    if (region.beside || (join !== undefined && reached.has(join) && !isBefore(region)))
      return region
  }
  return outermost
}

const isOtherJoin = (
  join: string,
  from: Region | null,
  joinOf: ReadonlyMap<string, string>,
): boolean => {
  for (let region = from; region; region = region.parent)
    if (joinOf.get(region.fork) === join) return false
  return true
}

/** An edge that leads from one branch to a node that another edge has placed elsewhere. */
interface Clash {
  readonly edge: FlowEdge
  readonly from: Region | null
  readonly known: Region | null
}
interface Placed {
  readonly topology: Topology
  readonly of: ReadonlyMap<string, Region | null>
  readonly joinOf: ReadonlyMap<string, string>
  readonly endsBranch: (id: string, region: Region | null) => boolean
}

/** Of two edges, one from inside a fork and one from outside, the one is wrong that the node's way on contradicts. */
function problemOf({ edge, from, known }: Clash, placed: Placed): RegionProblem {
  const shared = sharedFork(from, known)
  if (shared !== undefined) return { problem: 'meets-without-join', edge, fork: shared }
  const inner = isWithin(from, known) ? from : known
  if (!inner) return { problem: 'leaves-fork', edge, fork: '' }
  const { topology, of } = placed
  const belongsInside = !inner.beside && homeOf(edge.target, inner, placed) === inner
  const wrong = [edge, ...topology.into(edge.target)].find(
    (each) => isWithin(of.get(each.source) ?? null, inner) !== belongsInside,
  )
  return {
    problem: inner.beside ? 'leaves-reminder' : belongsInside ? 'enters-fork' : 'leaves-fork',
    edge: wrong ?? edge,
    fork: inner.fork,
  }
}

/** The fork whose different branches two regions belong to. */
function sharedFork(one: Region | null, other: Region | null): string | undefined {
  for (let a = one; a; a = a.parent)
    for (let b = other; b; b = b.parent) if (a.fork === b.fork && a !== b) return a.fork
  return undefined
}

import { afterJoin, letsFinish } from '#core/graph/control.ts'
import type { FlowEdge } from '#core/graph/flow.ts'
import { fragmentAround, type Fragment, type FragmentFault } from '#core/graph/fragments.ts'
import { isEnd } from '#core/graph/ends.ts'
import { readPointer } from '#core/graph/pointer.ts'
import { lazily, memoised, type Topology } from '#core/graph/topology.ts'

/** One branch of a fork, nested in the branch that holds the fork; null is the flow itself. */
export interface Region {
  /** Or the waiting node whose reminder's path it is. */
  readonly fork: string
  /** The fork's port that begins it; where branches interleave, the one node in it. */
  readonly branch: string
  readonly parent: Region | null
  /** What follows this join, and nothing else leads to, beside the branches that it lets finish. */
  readonly after?: string
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

/** The branch that a node belongs to, or the flow: what follows a join belongs to where its fork is. */
export function branchAround(region: Region | null): Region | null {
  let around = region
  while (around?.after !== undefined) around = around.parent
  return around
}

/** Whether `inner` is `outer` or lies within it. */
export function isWithin(inner: Region | null, outer: Region | null): boolean {
  for (let region = inner; region; region = region.parent) if (region === outer) return true
  return outer === null
}

/** Places every node in the branch that it belongs to; where branches do not nest, in a fragment as small as can be. */
export function regionsOf(topology: Topology): Regions {
  const isBehind = behindJoins(topology)
  const nested = placed(topology, isBehind, new Map())
  const fragments = new Map<string, Fragment>()
  for (let regions = nested; ; regions = placed(topology, isBehind, fragments)) {
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
function placed(
  topology: Topology,
  isBehind: IsBehind,
  fragments: ReadonlyMap<string, Fragment>,
): Regions {
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
  const endingIn = (id: string, region: Region | null): Region | null => {
    const branch = branchAround(region)
    return branch && topology.isInside(topology.tryOf(branch.fork), topology.tryOf(id))
      ? branch
      : null
  }
  /** Where the node begins that follows something in `from`: outside of what follows a join, where it does not only follow that. */
  const homeward = (from: Region | null, id: string): Region | null => {
    let home = from
    while (home?.after !== undefined && !isBehind(home.after, id)) home = home.parent
    return home
  }
  const placeJoin = (join: string, { fork, parent }: Region): void => {
    if (of.has(join)) return
    const waits = letsFinish(topology.nodes.get(join)?.config) && forkOf.get(join) === fork
    const key = `${fork}/${afterJoin}`
    const after = { fork, branch: afterJoin, parent, beside: false, after: join }
    if (waits) regions.set(key, after)
    place(join, waits ? after : homeward(parent, join))
  }
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
    placeJoin(join, from)
  }

  const follow = (edge: FlowEdge, from: Region | null): void => {
    const kind = topology.kind(edge.target)
    if (kind === 'join') return arrive(edge, branchAround(from))
    if (isEnd(kind) && !endsBranch(edge.target, from)) {
      // An End inside of a try ends that; beginning anew ends the run from anywhere.
      const body = kind === 'end' ? topology.tryOf(edge.target) : undefined
      of.set(edge.target, (body === undefined ? null : of.get(body)) ?? null)
      return
    }
    const known = of.get(edge.target)
    const home = isEnd(kind) ? branchAround(from) : homeward(from, edge.target)
    if (known === undefined) place(edge.target, home)
    else if (known !== home) clashes.push({ edge, from: home, known })
  }

  const inFragment = (id: string, region: Region | null): boolean =>
    region !== null &&
    region.after === undefined &&
    fragments.get(region.fork)?.nodes.includes(id) === true

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
        else if (topology.isFailure(edge) && leavesBranch(from)) exits.push({ edge, from })
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
    const branch = branchAround(from)
    if (kind === 'join' && branch) {
      if (!isJoinOutside(edge.target, branch, of)) arrive(edge, branch)
    } else if (isEnd(kind) && known === undefined) follow(edge, from)
    else if (known === undefined) {
      const home = homeOf(edge.target, branch, { topology, of, joinOf, endsBranch })
      place(edge.target, insideOf(home, { from, id: edge.target, isBehind }))
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

/** Whether an error there may lead out of a branch. */
const leavesBranch = (from: Region | null): boolean => {
  const branch = branchAround(from)
  return branch !== null && !branch.beside
}

/** The region around `from` that follows a join in `home`, as far in as the node follows nothing else. */
function insideOf(
  home: Region | null,
  { from, id, isBehind }: { from: Region | null; id: string; isBehind: IsBehind },
): Region | null {
  const inward: Region[] = []
  for (let region = from; region && region !== home; region = region.parent) inward.unshift(region)
  let inside = home
  for (const region of inward) {
    if (region.after === undefined || !isBehind(region.after, id)) break
    inside = region
  }
  return inside
}

/** Whether every path from the start to the node passes the join. */
type IsBehind = (join: string, id: string) => boolean
function behindJoins(topology: Topology): IsBehind {
  const without = memoised((join: string): ReadonlySet<string> => {
    const reached = new Set(topology.start ? [topology.start.id] : [])
    for (const id of reached)
      for (const { target } of topology.out(id)) if (target !== join) reached.add(target)
    return reached
  })
  return (join, id) => id !== join && !without(join).has(id)
}

/** An error edge straight to the join of an outer fork leaves the inner one and arrives there. */
const isJoinOutside = (
  join: string,
  from: Region,
  of: ReadonlyMap<string, Region | null>,
): boolean => {
  const place = of.get(join)
  const home = place?.after === join ? place.parent : place
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
    const branch = endsBranch(id, region) || open ? endingIn(id, region) : null
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
  const reachedBy = (isTaken: (edge: FlowEdge) => boolean): ReadonlySet<string> => {
    const found = new Set([id])
    for (const at of found)
      // What lies behind a surrounding join is outside of the branch.
      if (at === id || topology.kind(at) !== 'join' || isOtherJoin(at, from, joinOf))
        for (const edge of topology.out(at)) if (isTaken(edge)) found.add(edge.target)
    return found
  }
  const reached = reachedBy(() => true)
  // An error further on may lead out of the branch and back to before its fork.
  const surely = lazily(() => reachedBy((edge) => !topology.isFailure(edge)))
  const isBefore = (region: Region): boolean => surely().has(region.fork)
  if (from && !isBefore(from) && [...reached].some((node) => endsBranch(node, from))) return from
  for (let region = from; region && region !== outermost; region = region.parent) {
    if (region.after !== undefined) continue
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

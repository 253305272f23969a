import type { Analysis } from '#core/graph/analysis.ts'
import { forkConfig, joinConfig } from '#core/graph/control.ts'
import { isEnd } from '#core/graph/ends.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { FlowEdge, FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { regionFinding } from '#core/graph/region-findings.ts'
import { branchAround, isWithin } from '#core/graph/regions.ts'

/** Forks and joins: what cannot be compiled, and what can never fire. */
export function checkParallel(analysis: Analysis): Finding[] {
  const { flow, regions, topology } = analysis
  return [
    ...regions.problems.map((problem) => regionFinding(problem, flow, regions)),
    ...flow.nodes.flatMap((node, index) =>
      topology.kind(node.id) === 'fork' && regions.of.has(node.id) && !inFragment(analysis, node.id)
        ? checkFork(analysis, node, index)
        : [],
    ),
    ...flow.edges.flatMap((edge, index) => checkWaiting(analysis, edge, index)),
    ...[...regions.fragments.values()].flatMap(({ nodes, exit }) =>
      [...nodes, ...(exit === null ? [] : [exit])].flatMap((id) =>
        topology.kind(id) === 'join' ? checkCount(analysis, id, topology.into(id).length) : [],
      ),
    ),
  ]
}

/** A step that is also reached past the join begins only once the branches that it lets finish are through. */
function checkWaiting({ topology, regions }: Analysis, edge: FlowEdge, index: number): Finding[] {
  const { id, source, target } = edge
  const kind = topology.kind(target)
  const from = regions.of.get(source)
  const to = regions.of.get(target)
  if (from?.after === undefined || to === undefined || kind === 'join' || isEnd(kind)) return []
  if (isWithin(to, from)) return []
  const params = { source, target, fork: from.fork, join: from.after }
  const place = { path: pointer('edges', index), edge: id, node: source }
  return [{ code: 'WAITS_FOR_BRANCHES', severity: 'info', params, place }]
}

const inFragment = ({ regions }: Analysis, id: string): boolean =>
  regions.fragments.has(branchAround(regions.of.get(id) ?? null)?.fork ?? '')

function checkFork(analysis: Analysis, fork: FlowNode, index: number): Finding[] {
  const { flow, topology, regions } = analysis
  const parsed = forkConfig.safeParse(fork.config)
  if (!parsed.success) return []
  const joinId = regions.joinOf.get(fork.id)
  if (joinId === undefined) return checkApart(analysis, fork, index)
  // In a fragment a join learns also of the ways that were not taken, so it always fires.
  if (regions.fragments.has(fork.id)) return []
  const join = topology.nodes.get(joinId)
  const config = joinConfig.safeParse(join?.config)
  if (!join || !config.success) return []
  const arriving = arrivingBranches(analysis, joinId)
  const missing = parsed.data.branches.filter((branch) => !arriving.has(branch.id))
  if (config.data.mode === 'all' && missing.length > 0) {
    // A branch whose condition is not met, or that ends by itself, is not waited for.
    const always = missing.find(({ id, when }) => when === undefined && !mayEnd(analysis, fork, id))
    if (!always) return []
    const params = { join: joinId, fork: fork.id, branch: always.name || always.id }
    const edge = topology.edge(fork.id, always.id)
    const place = {
      path: pointer('nodes', flow.nodes.indexOf(join)),
      node: joinId,
      ...(edge ? { edge: edge.id } : {}),
    }
    const fix = reaching(analysis, { fork: fork.id, branch: always.id, join: joinId })
    return [{ code: 'JOIN_NEVER_FIRES', severity: 'error', params, place, ...fix }]
  }
  return checkCount(analysis, joinId, arriving.size)
}

/** What leads a branch to its join: its ways to an End go there instead, else the join waits for the others alone. */
function reaching(
  { flow, topology, regions }: Analysis,
  { fork, branch, join }: { readonly fork: string; readonly branch: string; readonly join: string },
): { fix?: Fix } {
  const inBranch = ({ source, sourcePort }: FlowEdge): boolean => {
    const region = regions.of.get(source)
    return source === fork
      ? sourcePort === branch
      : region?.fork === fork && region.branch === branch
  }
  const patch = flow.edges.flatMap((edge, index) => {
    if (topology.kind(edge.target) !== 'end' || topology.isFailure(edge) || !inBranch(edge))
      return []
    return [{ op: 'replace' as const, path: pointer('edges', index, 'target'), value: join }]
  })
  if (patch.length > 0) return { fix: { title: 'Lead the branch to the join', patch } }
  const count = arrivingBranches({ topology, regions }, join).size
  if (count === 0) return {}
  const node = flow.nodes.findIndex(({ id }) => id === join)
  const put = (name: string, value: string | number) =>
    ({ op: 'add', path: pointer('nodes', node, 'config', name), value }) as const
  return {
    fix: { title: `Wait for ${count}`, patch: [put('mode', 'count'), put('count', count)] },
  }
}

function checkCount({ flow, topology }: Analysis, id: string, arriving: number): Finding[] {
  const join = topology.nodes.get(id)
  const config = joinConfig.safeParse(join?.config)
  if (!join || !config.success) return []
  const { mode, count = 1 } = config.data
  if (mode !== 'count' || count <= arriving) return []
  const path = pointer('nodes', flow.nodes.indexOf(join), 'config', 'count')
  return [
    {
      code: 'JOIN_COUNT_TOO_HIGH',
      severity: 'error',
      params: { join: id, count, branches: arriving },
      place: { path, node: id },
      fix: { title: `Wait for ${arriving}`, patch: [{ op: 'replace', path, value: arriving }] },
    },
  ]
}

const mayEnd = ({ regions }: Analysis, fork: FlowNode, branch: string): boolean => {
  const region = regions.region(fork.id, branch)
  return region !== undefined && regions.mayEnd(region)
}

/** Branches that never meet: each may end by itself; an End of the flow would stop the others. */
function checkApart(
  { flow, topology, regions }: Analysis,
  fork: FlowNode,
  index: number,
): Finding[] {
  const ends = flow.nodes.flatMap((node, at) => {
    const isEnd = topology.kind(node.id) === 'end' && regions.ending(node.id) === null
    const inBranch = topology.into(node.id).some((edge) => {
      if (topology.isFailure(edge)) return false
      if (edge.source === fork.id) return true
      for (let region = regions.of.get(edge.source); region; region = region.parent)
        if (region.fork === fork.id) return true
      return false
    })
    return isEnd && inBranch ? [at] : []
  })
  if (ends.length === 0) return []
  return [
    {
      code: 'FORK_WITHOUT_JOIN',
      severity: 'warning',
      params: { fork: fork.id },
      place: { path: pointer('nodes', index), node: fork.id },
      fix: {
        title: 'Let each End end only its branch',
        patch: ends.map((at) => ({
          op: 'add',
          path: pointer('nodes', at, 'config', 'ends'),
          value: 'branch',
        })),
      },
    },
  ]
}

/** The branches from which some path reaches the join. */
function arrivingBranches(
  { topology, regions }: Pick<Analysis, 'topology' | 'regions'>,
  join: string,
): ReadonlySet<string> {
  const fork = regions.forkOf.get(join)
  const branches = new Set<string>()
  for (const edge of topology.into(join)) {
    if (edge.source === fork) branches.add(edge.sourcePort)
    for (let region = regions.of.get(edge.source); region; region = region.parent)
      if (region.fork === fork) branches.add(region.branch)
  }
  return branches
}

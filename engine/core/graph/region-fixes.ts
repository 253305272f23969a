import type { Fix } from '#core/graph/finding.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import { newId } from '#core/graph/new-id.ts'
import { pointer } from '#core/graph/pointer.ts'
import type { RegionProblem, Regions } from '#core/graph/regions.ts'

/** What mends an edge that cannot be compiled, without taking anything else away. */
export function regionFix(problem: RegionProblem, flow: Flow, regions: Regions): { fix?: Fix } {
  const { edge } = problem
  const toJoin = (join: string): { fix: Fix } => ({
    fix: lead(flow, edge, { title: 'Lead it to the join', target: join }),
  })
  switch (problem.problem) {
    case 'join-without-fork':
      return pastJoin(flow, edge)
    case 'meets-without-join': {
      const edges = flow.edges.filter(({ target }) => target === edge.target)
      return { fix: insertJoin(flow, edges, edge.target) }
    }
    case 'join-of-two-forks':
      return ownJoin(flow, problem, regions)
    case 'enters-fork':
      return { fix: lead(flow, edge, { title: 'Lead it to the fork', target: problem.fork }) }
    case 'leaves-reminder':
      return isInside(edge, problem.fork, regions)
        ? { fix: endThere(flow, edge) }
        : { fix: { title: 'Remove the edge', patch: [removed(flow, edge)] } }
    case 'cycle-in-fragment':
      return problem.exit === '' ? { fix: endThere(flow, edge) } : toJoin(problem.exit)
    case 'leaves-fork':
    case 'two-joins': {
      const join = regions.joinOf.get(problem.fork)
      if (join !== undefined) return toJoin(join)
      return isInside(edge, problem.fork, regions) ? { fix: endThere(flow, edge) } : {}
    }
  }
}

/** Whether the edge begins in a branch of the fork, or on the path of the reminder. */
function isInside({ source }: FlowEdge, fork: string, { of }: Regions): boolean {
  if (source === fork) return true
  for (let region = of.get(source); region; region = region.parent)
    if (region.fork === fork) return true
  return false
}

const removed = (flow: Flow, edge: FlowEdge): Fix['patch'][number] => ({
  op: 'remove',
  path: pointer('edges', flow.edges.indexOf(edge)),
})

/** The branch, or the path, ends behind the edge. */
function endThere(flow: Flow, edge: FlowEdge): Fix {
  const { parent } = flow.nodes.find(({ id }) => id === edge.source) ?? {}
  const end = {
    type: 'flow.end',
    name: 'End',
    config: { ends: 'branch' },
    ...(parent === undefined ? {} : { parent }),
  }
  return { title: 'End the branch there', patch: put(flow, [edge], { base: 'end', node: end }) }
}

/** Branches of another fork meet in a join before the one that is taken, and go on where that leads. */
function ownJoin(
  flow: Flow,
  { join, fork }: Extract<RegionProblem, { problem: 'join-of-two-forks' }>,
  regions: Regions,
): { fix?: Fix } {
  const next = flow.edges.find(({ source }) => source === join)?.target
  const edges = flow.edges.filter((edge) => edge.target === join && isInside(edge, fork, regions))
  return next === undefined ? {} : { fix: insertJoin(flow, edges, next) }
}

const lead = (
  flow: Flow,
  edge: FlowEdge,
  { title, target }: { readonly title: string; readonly target: string },
): Fix => ({
  title,
  patch: [
    { op: 'replace', path: pointer('edges', flow.edges.indexOf(edge), 'target'), value: target },
  ],
})

/** The edge leads on to where the join leads, and a join that nothing else leads to goes. */
function pastJoin(flow: Flow, edge: FlowEdge): { fix?: Fix } {
  const { target: join } = edge
  const out = flow.edges.findIndex(({ source }) => source === join)
  const target = flow.edges[out]?.target
  if (target === undefined || target === join) return {}
  const fix = lead(flow, edge, { title: 'Lead it past the join', target })
  if (flow.edges.some((each) => each !== edge && each.target === join)) return { fix }
  const gone = [
    pointer('edges', out),
    pointer(
      'nodes',
      flow.nodes.findIndex(({ id }) => id === join),
    ),
    ...(flow.layout[join] ? [pointer('layout', join)] : []),
  ]
  const remove = gone.map((path) => ({ op: 'remove' as const, path }))
  return { fix: { ...fix, patch: [...fix.patch, ...remove] } }
}

/** A join at which edges arrive, and that leads on to a node. */
function insertJoin(flow: Flow, edges: readonly FlowEdge[], target: string): Fix {
  const { parent } = flow.nodes.find(({ id }) => id === target) ?? {}
  const join = {
    type: 'flow.join',
    name: 'Join',
    config: { mode: 'all' },
    ...(parent === undefined ? {} : { parent }),
  }
  return { title: 'Insert a join', patch: put(flow, edges, { base: 'join', node: join, target }) }
}

interface Inserted {
  readonly base: string
  readonly node: Record<string, string | Record<string, string>>
  /** Where its port `out` leads. */
  readonly target?: string
}

/** A new node to which edges lead instead of where they did. */
function put(
  flow: Flow,
  edges: readonly FlowEdge[],
  { base, node, target }: Inserted,
): Fix['patch'] {
  const id = newId(flow, base)
  const beside = target ?? edges[0]?.source ?? ''
  const at = flow.layout[beside]
  const x = target === undefined ? 220 : -160
  return [
    { op: 'add', path: '/nodes/-', value: { id, version: 1, inputs: {}, ...node } },
    ...(at ? [{ op: 'add' as const, path: `/layout/${id}`, value: { x: at.x + x, y: at.y } }] : []),
    ...edges.map((edge) => ({
      op: 'replace' as const,
      path: pointer('edges', flow.edges.indexOf(edge), 'target'),
      value: id,
    })),
    ...(target === undefined
      ? []
      : [
          {
            op: 'add' as const,
            path: '/edges/-',
            value: {
              id: newId({ nodes: flow.edges }, `e_${id}`),
              source: id,
              sourcePort: 'out',
              target,
            },
          },
        ]),
  ]
}

import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Bodies } from '#core/graph/bodies.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import { newId } from '#core/graph/new-id.ts'
import { pointer } from '#core/graph/pointer.ts'
import type { RegionProblem, Regions } from '#core/graph/regions.ts'

const codes = {
  'leaves-fork': 'EDGE_LEAVES_FORK',
  'leaves-reminder': 'EDGE_LEAVES_REMINDER',
  'enters-fork': 'EDGE_ENTERS_FORK',
  'meets-without-join': 'BRANCHES_MEET',
  'join-without-fork': 'JOIN_WITHOUT_FORK',
  'join-of-two-forks': 'JOIN_OF_TWO_FORKS',
  'two-joins': 'FORK_WITH_TWO_JOINS',
  'cycle-in-fragment': 'CYCLE_IN_FRAGMENT',
} as const satisfies Record<RegionProblem['problem'], string>

/** What cannot be compiled soundly, said of its edge. */
export function regionFinding(
  problem: RegionProblem,
  flow: Flow,
  joinOf: Regions['joinOf'],
): Finding {
  const { edge } = problem
  const { problem: _, edge: __, ...params } = problem
  return {
    code: codes[problem.problem],
    severity: 'error',
    params: { source: edge.source, target: edge.target, ...params },
    place: { path: pointer('edges', flow.edges.indexOf(edge)), edge: edge.id, node: edge.source },
    ...fixOf(problem, flow, joinOf),
  }
}

/** An edge across the border of a body that runs apart. */
export function crossingFinding(edge: FlowEdge, bodies: Bodies, flow: Flow): Finding {
  const { source, target } = edge
  const entered = bodies.around(source).includes(bodies.ownerOf(target) ?? source) === false
  const parent = (entered ? bodies.ownerOf(target) : bodies.ownerOf(source)) ?? source
  return {
    code: entered ? 'BODY_ENTERED' : 'BODY_LEFT',
    severity: 'error',
    params: { source, target, parent },
    place: { path: pointer('edges', flow.edges.indexOf(edge)), edge: edge.id, node: source },
  }
}

function fixOf(problem: RegionProblem, flow: Flow, joinOf: Regions['joinOf']): { fix?: Fix } {
  const { edge } = problem
  if (problem.problem === 'join-without-fork') return pastJoin(flow, edge)
  const join = problem.problem === 'leaves-fork' && joinOf.get(problem.fork)
  if (join) return { fix: lead(flow, edge, { title: 'Lead it to the join', target: join }) }
  if (problem.problem === 'meets-without-join') return { fix: insertJoin(flow, edge.target) }
  if (problem.problem === 'enters-fork')
    return { fix: lead(flow, edge, { title: 'Lead it to the fork', target: problem.fork }) }
  if (problem.problem === 'cycle-in-fragment' && problem.exit)
    return { fix: lead(flow, edge, { title: 'Lead it to the join', target: problem.exit }) }
  return {}
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

/** A join before the node, at which all edges into it arrive instead. */
function insertJoin(flow: Flow, target: string): Fix {
  const id = newId(flow, 'join')
  const at = flow.layout[target]
  const edges = flow.edges.flatMap((edge, index) => (edge.target === target ? [index] : []))
  return {
    title: 'Insert a join',
    patch: [
      {
        op: 'add',
        path: '/nodes/-',
        value: {
          id,
          type: 'flow.join',
          version: 1,
          name: 'Join',
          config: { mode: 'all' },
          inputs: {},
        },
      },
      ...(at
        ? [{ op: 'add' as const, path: `/layout/${id}`, value: { x: at.x - 160, y: at.y } }]
        : []),
      ...edges.map((index) => ({
        op: 'replace' as const,
        path: pointer('edges', index, 'target'),
        value: id,
      })),
      {
        op: 'add',
        path: '/edges/-',
        value: {
          id: newId({ nodes: flow.edges }, `e_${id}`),
          source: id,
          sourcePort: 'out',
          target,
        },
      },
    ],
  }
}

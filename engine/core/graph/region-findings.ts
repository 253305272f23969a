import type { Finding } from '#core/graph/finding.ts'
import type { Bodies } from '#core/graph/bodies.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { regionFix } from '#core/graph/region-fixes.ts'
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
export function regionFinding(problem: RegionProblem, flow: Flow, regions: Regions): Finding {
  const { edge } = problem
  const { problem: _, edge: __, ...params } = problem
  return {
    code: codes[problem.problem],
    severity: 'error',
    params: { source: edge.source, target: edge.target, ...params },
    place: { path: pointer('edges', flow.edges.indexOf(edge)), edge: edge.id, node: edge.source },
    ...regionFix(problem, flow, regions),
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

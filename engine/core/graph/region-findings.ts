import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import type { RegionProblem } from '#core/graph/regions.ts'

const codes = {
  'leaves-fork': 'EDGE_LEAVES_FORK',
  'enters-fork': 'EDGE_ENTERS_FORK',
  'meets-without-join': 'BRANCHES_MEET',
  'join-without-fork': 'JOIN_WITHOUT_FORK',
  'join-of-two-forks': 'JOIN_OF_TWO_FORKS',
  'two-joins': 'FORK_WITH_TWO_JOINS',
} as const satisfies Record<RegionProblem['problem'], string>

/** What cannot be compiled soundly, said of its edge. */
export function regionFinding(problem: RegionProblem, flow: Flow): Finding {
  const { edge } = problem
  const { problem: _, edge: __, ...params } = problem
  return {
    code: codes[problem.problem],
    severity: 'error',
    params: { source: edge.source, target: edge.target, ...params },
    place: { path: pointer('edges', flow.edges.indexOf(edge)), edge: edge.id, node: edge.source },
  }
}

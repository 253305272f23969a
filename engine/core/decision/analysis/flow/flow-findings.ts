import { analyseFlow, type EdgeVerdict } from '#core/decision/analysis/flow/analyse-flow.ts'
import type { FlowClaim } from '#core/decision/analysis/flow/claims.ts'
import { analyse } from '#core/graph/analysis.ts'
import { branchConfig, elsePort } from '#core/graph/control.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { pointer } from '#core/graph/pointer.ts'
import { checkBranches } from '#core/graph/rules/branches.ts'
import { checkReasons } from '#core/graph/rules/reasons.ts'

/** What only all conditions of a flow together tell. It may take some time, so whoever types asks a worker for it. */
export function flowFindings(flow: Flow, lookup: Lookup): Finding[] {
  const { complete, edges, meetings, unreasoned } = analyseFlow(flow, lookup)
  const drawn = analyse(flow, lookup)
  const nameOf = (id: string): string => drawn.topology.nodes.get(id)?.name || id
  const at = (id: string): string =>
    pointer(
      'nodes',
      flow.nodes.findIndex((node) => node.id === id),
    )
  const caseName = (node: string, port: string): string => {
    const { data } = branchConfig.safeParse(drawn.topology.nodes.get(node)?.config)
    return data?.cases.find(({ id }) => id === port)?.name || port
  }
  const told = toldByItself(flow, lookup)
  const said = new Set(checkReasons(drawn).map(({ place }) => place.node))
  return [
    ...flow.edges.flatMap((edge, index): Finding[] => {
      const verdict: EdgeVerdict | undefined = edges.get(edge.id)
      if (verdict?.verdict !== 'proved' || told.has(edge.id)) return []
      return [
        {
          code: 'FLOW_EDGE_DEAD',
          // Every branch has an “else”, so one that is never needed is no fault.
          severity: edge.sourcePort === elsePort ? 'info' : 'warning',
          params: {
            node: nameOf(edge.source),
            port: caseName(edge.source, edge.sourcePort),
            because: spoken(verdict.because, nameOf),
          },
          place: { path: pointer('edges', index), edge: edge.id },
        },
      ]
    }),
    ...meetings.map(({ node, taken, passed, approves, witness }): Finding => ({
      code: 'FLOW_OUTCOMES_MEET',
      // Where the decline is taken, nobody is approved by the order alone.
      severity: approves === 'taken' ? 'warning' : 'info',
      params: {
        node: nameOf(node),
        taken: caseName(node, taken),
        passed: caseName(node, passed),
        stands: approves === 'taken' ? 'approved' : 'declined',
        other: approves === 'taken' ? 'declines' : 'approves',
        example: witness.example,
      },
      place: { path: at(node), node },
    })),
    ...unreasoned
      .filter(({ end }) => !said.has(end))
      .map(({ end, outcome, witness }): Finding => ({
        code: 'FLOW_WITHOUT_REASON',
        severity: 'warning',
        params: { node: nameOf(end), outcome, example: witness.example },
        place: { path: `${at(end)}/inputs/output`, node: end },
      })),
    ...(complete
      ? []
      : [
          {
            code: 'FLOW_TOO_MANY_PATHS',
            severity: 'info' as const,
            params: {},
            place: { path: '' },
          },
        ]),
  ]
}

const spoken = (claims: readonly FlowClaim[], nameOf: (id: string) => string): string =>
  [
    ...new Set(
      claims.map(({ node, met, words }) => `${nameOf(node)}: ${met ? '' : 'not '}“${words()}”`),
    ),
  ].join('; ')

/** Edges that a branch's own conditions already tell to be dead. */
function toldByItself(flow: Flow, lookup: Lookup): ReadonlySet<string> {
  const drawn = analyse(flow, lookup)
  const told = new Set<string>()
  for (const { code, place } of checkBranches(drawn)) {
    const { data } = branchConfig.safeParse(drawn.topology.nodes.get(place.node ?? '')?.config)
    const number = Number(/\/cases\/(\d+)\//.exec(place.path)?.[1])
    const ports = data?.cases.map(({ id }) => id) ?? []
    const dead =
      code === 'BRANCH_ELSE_NEVER'
        ? [...ports.slice(number + 1), elsePort]
        : ports.slice(number, number + 1)
    const isDead = (edge: FlowEdge): boolean =>
      edge.source === place.node && dead.includes(edge.sourcePort)
    for (const edge of flow.edges.filter(isDead)) told.add(edge.id)
  }
  return told
}

import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import type { Analysis } from '#core/graph/analysis.ts'
import { branchConfig, elsePort } from '#core/graph/control.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'

/** Cases that no run can take, whatever its values. */
export function checkBranches({ flow, topology }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index) =>
    topology.kind(node.id) === 'branch'
      ? deadCases(node.config, flow.input).map(({ path, ...rest }): Finding => ({
          ...rest,
          severity: 'warning',
          params: { ...rest.params, node: node.name || node.id },
          place: { path: pointer('nodes', index) + path, node: node.id },
        }))
      : [],
  )
}

interface Dead extends Pick<Finding, 'code' | 'params'> {
  /** In the node. */
  readonly path: string
}

/** A config that was not touched is not analysed again while one types elsewhere. */
const known = new WeakMap<FlowNode['config'], { input: Flow['input']; dead: readonly Dead[] }>()

function deadCases(config: FlowNode['config'], input: Flow['input']): readonly Dead[] {
  const found = known.get(config)
  if (found?.input === input) return found.dead
  const dead = analysed(config, input)
  known.set(config, { input, dead })
  return dead
}

function analysed(config: FlowNode['config'], input: Flow['input']): Dead[] {
  const parsed = branchConfig.safeParse(config)
  if (!parsed.success) return []
  const { cases } = parsed.data
  const analysis = analyseConditions(
    cases.map(({ when }) => when),
    { type: 'object', properties: { input } },
  )
  if (analysis === null) return []
  const nameOf = (number: number): string => cases[number]?.name || (cases[number]?.id ?? '')
  const [always] = analysis.always
  return [
    ...analysis.never.map((number) => ({
      code: 'BRANCH_CASE_NEVER',
      params: { case: nameOf(number) },
      path: `/config/cases/${number}/when`,
    })),
    ...analysis.hidden.map(({ condition, by }) => ({
      code: 'BRANCH_CASE_HIDDEN',
      params: { case: nameOf(condition), earlier: by.map(nameOf).join(', ') },
      path: `/config/cases/${condition}/when`,
    })),
    ...(always === undefined
      ? []
      : [
          {
            code: 'BRANCH_ELSE_NEVER',
            params: { case: nameOf(always), port: elsePort },
            path: `/config/cases/${always}/when`,
          },
        ]),
  ]
}

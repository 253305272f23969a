import { caseFindings } from '#core/decision/analysis/case-findings.ts'
import type { Analysis } from '#core/graph/analysis.ts'
import { branchConfig, elsePort } from '#core/graph/control.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'

/** Cases that no run can take, whatever its values, and thresholds that fall between them. */
export function checkBranches({ flow, topology }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index) => {
    if (topology.kind(node.id) !== 'branch') return []
    const at = pointer('nodes', index)
    return casesOf(node.config, flow.input).map(({ idle, path, fix, ...rest }): Finding => ({
      ...rest,
      params: { ...rest.params, node: node.name || node.id },
      place: { path: at + path, node: node.id },
      ...(fix && { fix: moved(fix, at) }),
      ...(idle !== undefined && { fix: removal(flow, node, at + path, idle) }),
    }))
  })
}

type Found = ReturnType<typeof caseFindings>

/** A config that was not touched is not analysed again while one types elsewhere. */
const known = new WeakMap<FlowNode['config'], { input: Flow['input']; found: Found }>()

function casesOf(config: FlowNode['config'], input: Flow['input']): Found {
  const before = known.get(config)
  if (before?.input === input) return before.found
  const parsed = branchConfig.safeParse(config)
  const found = parsed.success
    ? caseFindings(parsed.data.cases, {
        schema: { type: 'object', properties: { input } },
        otherwise: elsePort,
        at: '/config/cases',
      })
    : []
  known.set(config, { input, found })
  return found
}

const moved = ({ title, patch }: Fix, at: string): Fix => ({
  title,
  patch: patch.map((each) => ({ ...each, path: at + each.path })),
})

/** The case goes with its edges. */
function removal({ edges }: Flow, node: FlowNode, when: string, port: string): Fix {
  const own = edges.flatMap(({ source, sourcePort }, index) =>
    source === node.id && sourcePort === port ? [index] : [],
  )
  return {
    title: 'Remove the case',
    patch: [
      ...own
        .toReversed()
        .map((index) => ({ op: 'remove' as const, path: pointer('edges', index) })),
      { op: 'remove', path: when.replace(/\/when$/, '') },
    ],
  }
}

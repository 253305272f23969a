import type { Analysis } from '#core/graph/analysis.ts'
import { eachConfig } from '#core/graph/control.ts'
import type { Finding } from '#core/graph/finding.ts'
import { pointer } from '#core/graph/pointer.ts'

/** A list that takes further items knows by which key, and one that goes on early can come to that. */
export function checkLists({ flow, topology }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index): Finding[] => {
    if (topology.kind(node.id) !== 'each') return []
    const { data } = eachConfig.safeParse(node.config)
    if (!data) return []
    const { adds, enough } = data
    const findings: Finding[] = []
    if (adds && node.inputs['key'] === undefined)
      findings.push({
        code: 'INPUT_MISSING',
        severity: 'error',
        params: { node: node.id, input: 'key' },
        place: { path: pointer('nodes', index, 'inputs', 'key'), node: node.id },
        fix: {
          title: 'Take the key of the case',
          patch: [
            {
              op: 'add',
              path: pointer('nodes', index, 'inputs', 'key'),
              value: { var: 'run.caseKey' },
            },
          ],
        },
      })
    const { items } = node.inputs
    const count = enough?.count
    if (!adds && count !== undefined && Array.isArray(items) && count > items.length) {
      const path = pointer('nodes', index, 'config', 'enough', 'count')
      findings.push({
        code: 'ENOUGH_NEVER',
        severity: 'warning',
        params: { node: node.id, count, items: items.length },
        place: { path, node: node.id },
        ...(items.length === 0
          ? {}
          : {
              fix: {
                title: `Go on after ${items.length}`,
                patch: [{ op: 'replace', path, value: items.length }],
              },
            }),
      })
    }
    return findings
  })
}

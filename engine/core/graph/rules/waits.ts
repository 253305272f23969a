import type { Analysis } from '#core/graph/analysis.ts'
import { timerConfig } from '#core/graph/control.ts'
import type { Finding } from '#core/graph/finding.ts'
import { pointer } from '#core/graph/pointer.ts'

/** A wait says in exactly one way how long: a duration, business days or hours, or until when. */
export function checkWaits({ flow, topology }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index): Finding[] => {
    if (topology.kind(node.id) !== 'timer') return []
    const { data } = timerConfig.safeParse(node.config)
    if (!data) return []
    const { duration, business } = data
    const said = [duration, business?.days, business?.hours, node.inputs['until']]
    if (said.filter((each) => each !== undefined).length === 1) return []
    const place = { path: pointer('nodes', index, 'config'), node: node.id }
    return [{ code: 'WAIT_UNCLEAR', severity: 'error', params: { node: node.id }, place }]
  })
}

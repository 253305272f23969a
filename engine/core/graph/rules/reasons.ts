import type { Analysis } from '#core/graph/analysis.ts'
import { endConfig } from '#core/graph/control.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { isObject } from '#core/json.ts'

type JsonPatchValue = NonNullable<Fix['patch'][number]['value']>

/**
 * Ends that decline, refer or fail, and give no reason. Only what the drawing says by itself is judged: an output that is
 * written down field by field. What is taken over whole, such as a decision's result, has its reasons checked there.
 */
export function checkReasons({ flow, topology }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index): Finding[] => {
    if (topology.kind(node.id) !== 'end') return []
    const { data } = endConfig.safeParse(node.config)
    const output = node.inputs['output']
    const fields = output === undefined ? new Map<string, Logic>() : fieldsOf(output)
    if (!data || !fields) return []
    const outcome = fields.get('outcome')
    const declines = outcome === 'decline' || outcome === 'refer'
    const failed = data.status === 'failed'
    const reasons = failed ? ['reasons', 'reason', 'code', 'message'] : ['reasons', 'reason']
    if (!(declines || failed) || reasons.some((name) => isGiven(fields.get(name)))) return []
    const path = pointer('nodes', index, 'inputs', 'output')
    const reason = declines ? 'REASON_CODE' : 'FAILED'
    const others = [...fields].filter(([name]) => name !== 'reasons').flat()
    // Expressions are JSON.
    const value = { context: [...others, 'reasons', [reason]] } as JsonPatchValue
    return [
      {
        code: 'END_WITHOUT_REASON',
        severity: 'warning',
        params: { node: node.id },
        place: { path, node: node.id },
        fix: {
          title: 'Add a reason to fill in',
          patch: [
            {
              op: 'add',
              path,
              value,
            },
          ],
        },
      },
    ]
  })
}

/** What an expression that builds an object puts into it; undefined for any other. */
function fieldsOf(logic: Logic): Map<string, Logic> | undefined {
  if (!isObject(logic)) return undefined
  const parts = logic['context']
  if (!Array.isArray(parts)) return undefined
  const fields = new Map<string, Logic>()
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at]
    if (typeof name !== 'string') return undefined
    fields.set(name, parts[at + 1] as Logic)
  }
  return fields
}

const isGiven = (value: Logic | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)

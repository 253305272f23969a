import type { Analysis } from '#core/graph/analysis.ts'
import { lockConfig } from '#core/graph/control.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { canonicalJson, type JsonObject } from '#core/json.ts'

/** Locks inside of each other: one that is taken already never comes free, and two orders may wait in a circle. */
export function checkLocks(analysis: Analysis): Finding[] {
  const { flow } = analysis
  const nested = flow.nodes.flatMap((node, index) =>
    locksAround(analysis, node).map((outer) => ({ node, index, outer })),
  )
  const orders = new Set(nested.map(({ node, outer }) => `${lockOf(outer)} ${lockOf(node)}`))
  return nested.flatMap(({ node, index, outer }): Finding[] => {
    const place = { path: pointer('nodes', index), node: node.id }
    const lock = nameOf(node)
    if (lockOf(node) === lockOf(outer)) {
      const params = { node: node.id, outer: outer.id, lock }
      return [
        { code: 'LOCK_IN_ITSELF', severity: 'error', params, place, ...unlocked(node, index) },
      ]
    }
    if (!orders.has(`${lockOf(node)} ${lockOf(outer)}`)) return []
    const params = { node: node.id, lock, other: nameOf(outer) }
    const fix = exchanged(analysis, { node, outer })
    return [{ code: 'LOCKS_CROSSED', severity: 'warning', params, place, ...fix }]
  })
}

/** What is inside stays together; a lock that is left by other ports as well is more than that. */
function unlocked({ config, undo, policy }: FlowNode, index: number): { readonly fix?: Fix } {
  const { timeout, remind, escalate } = lockConfig.safeParse(config).data ?? {}
  if ([timeout, remind, escalate, undo, policy].some((each) => each !== undefined)) return {}
  const patch = replaced(index, { type: 'flow.try', version: 1, config: {}, inputs: {} })
  return { fix: { title: 'Make it a group without a lock', patch } }
}

const replaced = (index: number, fields: JsonObject): Fix['patch'] =>
  Object.entries(fields).map(([field, value]) => ({
    op: 'replace',
    path: pointer('nodes', index, field),
    // zod's JSON type is mutable, ours is not.
    value: value as Fix['patch'][number]['value'],
  }))

/** Two locks exchange their places, where nothing that needs the outer one stands outside of the inner one. */
function exchanged(
  { flow, topology }: Analysis,
  { node, outer }: { readonly node: FlowNode; readonly outer: FlowNode },
): { readonly fix?: Fix } {
  const isAlone = flow.nodes.every(
    ({ id, parent }) => parent !== outer.id || id === node.id || topology.kind(id) === 'end',
  )
  if (node.parent !== outer.id || !isAlone) return {}
  const places = [
    [node, outer],
    [outer, node],
  ] as const
  const patch = places.flatMap(([to, from]) => {
    const index = flow.nodes.indexOf(to)
    const { key: _, ...inputs } = to.inputs
    const { key } = from.inputs
    const value = {
      config: { ...to.config, lock: nameOf(from) },
      inputs: key === undefined ? inputs : { ...inputs, key },
    }
    return replaced(index, value)
  })
  return { fix: { title: 'Take them in the other order', patch } }
}

/** With a list in between, the same key may be another one for each item. */
function locksAround({ bodies, topology }: Analysis, node: FlowNode): FlowNode[] {
  if (topology.kind(node.id) !== 'lock') return []
  const around = bodies.around(node.id).slice(1)
  const list = around.findIndex((id) => topology.kind(id) === 'each')
  return around.flatMap((id, at) => {
    const outer = topology.nodes.get(id)
    const apart = list !== -1 && at > list && node.inputs['key'] !== undefined
    return outer && topology.kind(id) === 'lock' && !apart ? [outer] : []
  })
}

const nameOf = ({ config }: FlowNode): string => lockConfig.safeParse(config).data?.lock ?? ''
const lockOf = (node: FlowNode): string => canonicalJson([nameOf(node), node.inputs['key'] ?? null])

import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { isEnd } from '#core/graph/ends.ts'
import { pointer } from '#core/graph/pointer.ts'

/** Starts, ends, ids, types, and what no path reaches. */
export const checkStructure = (analysis: Analysis): Finding[] => [
  ...checkStarts(analysis),
  ...checkEnds(analysis),
  ...checkIds(analysis),
  ...checkTypes(analysis),
  ...checkReach(analysis),
]

function checkStarts({ flow, topology, bodies }: Analysis): Finding[] {
  const starts = flow.nodes.flatMap((node, index) =>
    topology.kind(node.id) === 'start' ? [{ node, index }] : [],
  )
  const first = starts.find(({ node }) => bodies.ownerOf(node.id) === null)
  if (!first)
    return [{ code: 'NO_START', severity: 'error', params: {}, place: { path: '/nodes' } }]
  const others = starts.filter((start) => start !== first)
  return others.map(({ node, index }) => ({
    code: 'MANY_STARTS',
    severity: 'error' as const,
    params: { node: node.id },
    place: { path: pointer('nodes', index), node: node.id },
  }))
}

function checkEnds({ flow, topology, bodies }: Analysis): Finding[] {
  const isOwn = ({ id }: FlowNode): boolean => bodies.ownerOf(id) === null
  if (flow.nodes.some((node) => isEnd(topology.kind(node.id)) && isOwn(node))) return []
  return [{ code: 'NO_END', severity: 'error', params: {}, place: { path: '/nodes' } }]
}

function checkIds({ flow }: Analysis): Finding[] {
  const findings: Finding[] = []
  const seen = { nodes: new Set<string>(), edges: new Set<string>() }
  for (const list of ['nodes', 'edges'] as const)
    for (const [index, { id }] of flow[list].entries()) {
      if (seen[list].has(id))
        findings.push({
          code: 'DUPLICATE_ID',
          severity: 'error',
          params: { id },
          place: {
            path: pointer(list, index, 'id'),
            ...(list === 'nodes' ? { node: id } : { edge: id }),
          },
        })
      seen[list].add(id)
    }
  return findings
}

function checkTypes({ flow, descriptor }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index): Finding[] => {
    const described = descriptor(node)
    const place = { path: pointer('nodes', index), node: node.id }
    if (!described)
      return [
        {
          code: 'NODE_TYPE_UNKNOWN',
          severity: 'error',
          params: { node: node.id, type: node.type },
          place,
        },
      ]
    if (node.version > described.version)
      return [
        {
          code: 'NODE_VERSION_UNKNOWN',
          severity: 'error',
          params: { type: node.type, version: node.version, installed: described.version },
          place,
        },
      ]
    return []
  })
}

function checkReach({ flow, topology, undoers }: Analysis): Finding[] {
  if (!topology.start) return []
  const reached = new Set([topology.start.id])
  const work = [topology.start.id]
  for (let id = work.pop(); id !== undefined; id = work.pop())
    for (const { target } of topology.out(id))
      if (!reached.has(target)) {
        reached.add(target)
        work.push(target)
      }
  return flow.nodes.flatMap((node, index): Finding[] => {
    // A second start has its own finding; what undoes is reached by no edge.
    if (reached.has(node.id) || topology.kind(node.id) === 'start' || undoers.has(node.id))
      return []
    return [
      {
        code: 'UNREACHABLE',
        severity: 'warning',
        params: { node: node.id },
        place: { path: pointer('nodes', index), node: node.id },
      },
    ]
  })
}

import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import { newId } from '#core/graph/new-id.ts'
import { isBeside } from '#core/graph/regions.ts'
import { pointer } from '#core/graph/pointer.ts'

/** Every edge joins two things that exist; every port has exactly one edge, or none where it is optional. */
export const checkConnections = (analysis: Analysis): Finding[] => [
  ...checkEdges(analysis),
  ...checkPorts(analysis),
]

export const removeEdge = (flow: Flow, edge: FlowEdge): Fix => ({
  title: 'Remove the edge',
  patch: [{ op: 'remove', path: pointer('edges', flow.edges.indexOf(edge)) }],
})

function checkEdges({ flow, topology, ports, descriptor }: Analysis): Finding[] {
  return flow.edges.flatMap((edge, index): Finding[] => {
    const place = { path: pointer('edges', index), edge: edge.id }
    const severity = 'error'
    const source = topology.nodes.get(edge.source)
    for (const [end, id] of [
      ['source', edge.source],
      ['target', edge.target],
    ] as const)
      if (!topology.nodes.has(id))
        return [
          {
            code: 'EDGE_NODE_UNKNOWN',
            severity,
            params: { edge: edge.id, node: id },
            place: { ...place, path: pointer('edges', index, end) },
            fix: removeEdge(flow, edge),
          },
        ]
    if (topology.kind(edge.target) === 'start')
      return [
        {
          code: 'START_ENTERED',
          severity,
          params: { source: edge.source },
          place: { ...place, node: edge.target },
          fix: removeEdge(flow, edge),
        },
      ]
    if (!source || !descriptor(source)) return []
    if (ports(source.id).some((port) => port.id === edge.sourcePort)) return []
    return [
      {
        code: 'EDGE_PORT_UNKNOWN',
        severity,
        params: { node: source.id, port: edge.sourcePort },
        place: { ...place, node: source.id },
        fix: removeEdge(flow, edge),
      },
    ]
  })
}

function checkPorts({ flow, topology, regions, ports, undoers }: Analysis): Finding[] {
  return flow.nodes.flatMap((node, index) => {
    const edges = topology.out(node.id)
    const place = { path: pointer('nodes', index), node: node.id }
    // What undoes has no edges; on a reminder’s path a port without one ends the path.
    const ends = undoers.has(node.id) || isBeside(regions.of.get(node.id) ?? null)
    return ports(node.id).flatMap(({ id, title, optional = false }): Finding[] => {
      const taken = edges.filter((edge) => edge.sourcePort === id)
      const params = { node: node.id, port: title || id }
      if (taken.length === 0 && !optional && !ends)
        return [{ code: 'PORT_UNCONNECTED', severity: 'error', params, place }]
      return taken.slice(1).map((edge) => ({
        code: 'PORT_WITH_TWO_EDGES',
        severity: 'error',
        params,
        place: { ...place, path: pointer('edges', flow.edges.indexOf(edge)), edge: edge.id },
        ...(edge === taken[1] ? { fix: insertFork(flow, taken) } : {}),
      }))
    })
  })
}

/** A fork behind the port, with one branch for each of its edges. */
function insertFork(flow: Flow, edges: readonly FlowEdge[]): Fix {
  const id = newId(flow, 'fork')
  const branches = edges.map((_, index) => ({ id: `way${index + 1}`, name: `Way ${index + 1}` }))
  const [first] = edges
  const at = first && flow.layout[first.source]
  return {
    title: 'Insert a fork',
    patch: [
      {
        op: 'add',
        path: '/nodes/-',
        value: {
          id,
          type: 'flow.fork',
          version: 1,
          name: 'Fork',
          config: { branches },
          inputs: {},
        },
      },
      ...(at
        ? [{ op: 'add' as const, path: `/layout/${id}`, value: { x: at.x + 160, y: at.y } }]
        : []),
      ...edges.flatMap((edge, index) => {
        const place = flow.edges.indexOf(edge)
        return [
          { op: 'replace' as const, path: pointer('edges', place, 'source'), value: id },
          {
            op: 'replace' as const,
            path: pointer('edges', place, 'sourcePort'),
            value: `way${index + 1}`,
          },
        ]
      }),
      {
        op: 'add',
        path: '/edges/-',
        value: {
          id: newId({ nodes: flow.edges }, `e_${id}`),
          source: first?.source ?? '',
          sourcePort: first?.sourcePort ?? '',
          target: id,
        },
      },
    ],
  }
}

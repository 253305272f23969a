import type { Analysis } from '#core/graph/analysis.ts'
import { bodyPorts } from '#core/graph/control.ts'
import { isEnd } from '#core/graph/ends.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Flow, FlowEdge } from '#core/graph/flow.ts'
import { newId } from '#core/graph/new-id.ts'
import { pointer } from '#core/graph/pointer.ts'
import { removeEdge } from '#core/graph/rules/connections.ts'

/** Nodes that lie inside of another: it can contain them, edges keep to its border, and its body ends. */
export const checkBodies = (analysis: Analysis): Finding[] => [
  ...checkParents(analysis),
  ...checkBorders(analysis),
  ...checkContents(analysis),
]

/** The port that begins the node's body, where it has one. */
const bodyPort = ({ topology }: Analysis, id: string): string | undefined => {
  const kind = topology.kind(id)
  return kind && bodyPorts[kind]
}

/** The bodies around a node, the innermost first. */
function around({ topology }: Analysis, id: string): string[] {
  const found: string[] = []
  for (
    let parent = topology.nodes.get(id)?.parent;
    parent !== undefined && !found.includes(parent);
    parent = topology.nodes.get(parent)?.parent
  )
    found.push(parent)
  return found
}

function checkParents(analysis: Analysis): Finding[] {
  return analysis.flow.nodes.flatMap((node, index): Finding[] => {
    const { parent } = node
    const each = analysis.bodies.ownerOf(node.id)
    if (each !== null && analysis.topology.kind(node.id) === 'continue') {
      const place = { path: pointer('nodes', index), node: node.id }
      return [{ code: 'CONTINUE_INSIDE', severity: 'error', params: { each }, place }]
    }
    if (parent === undefined) return []
    const holds =
      bodyPort(analysis, parent) !== undefined &&
      !around(analysis, parent).includes(parent) &&
      analysis.topology.kind(node.id) !== 'start'
    if (holds) return []
    const path = pointer('nodes', index, 'parent')
    return [
      {
        code: 'PARENT_INVALID',
        severity: 'error',
        params: { node: node.id, parent },
        place: { path, node: node.id },
        fix: { title: 'Take it out', patch: [{ op: 'remove', path }] },
      },
    ]
  })
}

const putInside = (flow: Flow, id: string, parent: string): Fix => ({
  title: `Put “${id}” inside`,
  patch: [
    {
      op: 'add',
      path: pointer(
        'nodes',
        flow.nodes.findIndex((node) => node.id === id),
        'parent',
      ),
      value: parent,
    },
  ],
})

function checkBorders(analysis: Analysis): Finding[] {
  const { flow, topology } = analysis
  return flow.edges.flatMap((edge, index): Finding[] => {
    const { source, target, sourcePort } = edge
    const from = topology.nodes.get(source)
    const to = topology.nodes.get(target)
    if (!from || !to) return []
    const finding = (code: string, parent: string, fix: Fix): Finding[] => [
      {
        code,
        severity: 'error',
        params: { source, target, parent },
        place: { path: pointer('edges', index), edge: edge.id, node: source },
        fix,
      },
    ]
    if (sourcePort === bodyPort(analysis, source))
      return to.parent === source
        ? []
        : finding('BODY_BEGINS_OUTSIDE', source, putInside(flow, target, source))
    if (from.parent === to.parent) return []
    const outer = around(analysis, target)
    const entered = outer.find((id) => !around(analysis, source).includes(id))
    if (entered !== undefined) {
      const movable = topology.kind(source) !== 'start' && !outer.includes(source)
      return finding(
        'BODY_ENTERED',
        entered,
        movable ? putInside(flow, source, entered) : removeEdge(flow, edge),
      )
    }
    const left = around(analysis, source).filter((id) => !outer.includes(id))
    const [inner] = left
    if (inner === undefined || left.every((id) => mayLeave(analysis, id, edge))) return []
    const alone = topology.into(target).every((each) => each.source === source)
    return finding(
      'BODY_LEFT',
      inner,
      alone ? putInside(flow, target, inner) : removeEdge(flow, edge),
    )
  })
}

/** From inside of a try a failure may lead out, and so may a way to an End of the flow. */
const mayLeave = ({ topology }: Analysis, body: string, edge: FlowEdge): boolean =>
  topology.kind(body) === 'try' && (topology.isFailure(edge) || isEnd(topology.kind(edge.target)))

function checkContents(analysis: Analysis): Finding[] {
  const { flow, topology, ports } = analysis
  return flow.nodes.flatMap((node, index): Finding[] => {
    const begins = bodyPort(analysis, node.id)
    if (begins === undefined) return []
    const inside = flow.nodes.filter((child) => child.parent === node.id)
    const finding = (code: string, loose: readonly (readonly [string, string])[]): Finding[] => [
      {
        code,
        severity: 'error',
        params: { node: node.id },
        place: { path: pointer('nodes', index), node: node.id },
        fix: addEnd(flow, node.id, loose),
      },
    ]
    if (!topology.edge(node.id, begins)) return finding('BODY_EMPTY', [[node.id, begins]])
    if (inside.length === 0 || inside.some((child) => topology.kind(child.id) === 'end')) return []
    return finding(
      'BODY_WITHOUT_END',
      inside.flatMap((child) =>
        ports(child.id)
          .filter(({ id, optional }) => !optional && !topology.edge(child.id, id))
          .map(({ id }) => [child.id, id] as const),
      ),
    )
  })
}

/** An End inside, with an edge from each port that has none. */
function addEnd(flow: Flow, parent: string, loose: readonly (readonly [string, string])[]): Fix {
  const id = newId(flow, 'end')
  const at = flow.layout[loose.at(-1)?.[0] ?? parent]
  const edges = [...flow.edges]
  return {
    title: 'Add an End inside',
    patch: [
      {
        op: 'add',
        path: '/nodes/-',
        value: {
          id,
          type: 'flow.end',
          version: 1,
          name: 'End',
          config: {},
          inputs: {},
          parent,
        },
      },
      ...(at
        ? [{ op: 'add' as const, path: `/layout/${id}`, value: { x: at.x + 220, y: at.y } }]
        : []),
      ...loose.map(([source, sourcePort]) => {
        const edge = { id: newId({ nodes: edges }, `e_${id}`), source, sourcePort, target: id }
        edges.push(edge)
        return { op: 'add' as const, path: '/edges/-', value: edge }
      }),
    ],
  }
}

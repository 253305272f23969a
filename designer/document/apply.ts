import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import type { Command, Wire } from './command.ts'
import { placedIn } from './containers.ts'
import { healedEdges } from './heal.ts'
import { newEdgeIds } from './ids.ts'
import { applyPatch } from './json-patch.ts'
import { withRenamedId } from './rename-id.ts'

type Of<K extends Command['do']> = Extract<Command, { do: K }>
type Appliers = { readonly [K in Command['do']]: (flow: Flow, command: Of<K>) => Flow }

const withNode = (flow: Flow, id: string, change: (node: FlowNode) => FlowNode): Flow => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === id ? change(node) : node)),
})

const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _left, ...rest } = value
  return rest
}

/** New edges; a port that already has one keeps only the new. */
const withWires = (flow: Flow, wires: readonly Wire[]): Flow => {
  const ids = newEdgeIds(flow, wires.length)
  const taken = (edge: FlowEdge): boolean =>
    wires.some((wire) => wire.source === edge.source && wire.sourcePort === edge.sourcePort)
  return {
    ...flow,
    edges: [
      ...flow.edges.filter((edge) => !taken(edge)),
      ...wires.map((wire, index) => ({ id: ids[index] ?? '', ...wire })),
    ],
  }
}

const within = (flow: Flow, ids: readonly string[], parent: string | null): Flow => ({
  ...flow,
  nodes: flow.nodes.map((node) => (ids.includes(node.id) ? placedIn(node, parent) : node)),
})

/** The nodes that stay: what lay inside a removed one now lies where that one lay, and names it no more. */
const keptNodes = (flow: Flow, gone: ReadonlySet<string>): FlowNode[] => {
  const parents = new Map(flow.nodes.map(({ id, parent }) => [id, parent]))
  return flow.nodes.flatMap((node) => {
    if (gone.has(node.id)) return []
    let { parent } = node
    while (parent !== undefined && gone.has(parent)) parent = parents.get(parent)
    const kept = parent === node.parent ? node : placedIn(node, parent ?? null)
    return kept.undo !== undefined && gone.has(kept.undo) ? without(kept, 'undo') : kept
  })
}

const placed = (flow: Flow, node: FlowNode, at: { x: number; y: number }): Flow => ({
  ...flow,
  nodes: [...flow.nodes, node],
  layout: { ...flow.layout, [node.id]: at },
})

const appliers: Appliers = {
  'add-node': (flow, { node, at, wires = [] }) => withWires(placed(flow, node, at), wires),
  'add-fragment': (flow, { fragment }) => ({
    ...flow,
    nodes: [...flow.nodes, ...fragment.nodes],
    edges: [...flow.edges, ...fragment.edges],
    layout: { ...flow.layout, ...fragment.layout },
  }),
  remove(flow, { nodes, edges, notes = [] }) {
    const gone = new Set(nodes)
    const cut = new Set(edges)
    const kept = { ...flow, edges: flow.edges.filter((edge) => !cut.has(edge.id)) }
    return {
      ...flow,
      nodes: keptNodes(flow, gone),
      edges: healedEdges(kept, gone),
      notes: flow.notes.filter((note) => !notes.includes(note.id)),
      groups: flow.groups.map((group) =>
        group.nodes.some((id) => gone.has(id))
          ? { ...group, nodes: group.nodes.filter((id) => !gone.has(id)) }
          : group,
      ),
      layout: Object.fromEntries(Object.entries(flow.layout).filter(([id]) => !gone.has(id))),
    }
  },
  move: (flow, { to }) => ({
    ...flow,
    layout: { ...flow.layout, ...to },
    notes: flow.notes.map((note) => ({ ...note, ...to[note.id] })),
  }),
  connect(flow, { wire, inside }) {
    const wired = withWires(flow, [wire])
    return inside === undefined ? wired : within(wired, inside.nodes, inside.parent)
  },
  rewire: (flow, { edge, wire }) => ({
    ...flow,
    edges: flow.edges.map((each) => (each.id === edge ? { ...each, ...wire } : each)),
  }),
  'insert-on-edge'(flow, { edge: id, node, at, port, moved = {} }) {
    const edge = flow.edges.find((each) => each.id === id)
    const added = placed({ ...flow, layout: { ...flow.layout, ...moved } }, node, at)
    if (edge === undefined) return added
    const edges = added.edges.map((each) => (each.id === id ? { ...each, target: node.id } : each))
    if (port === null) return { ...added, edges }
    return withWires({ ...added, edges }, [
      { source: node.id, sourcePort: port, target: edge.target },
    ])
  },
  fork(flow, { wire, fork, at, branches, moved = {} }) {
    const old = flow.edges.find(
      (edge) => edge.source === wire.source && edge.sourcePort === wire.sourcePort,
    )
    return withWires(placed({ ...flow, layout: { ...flow.layout, ...moved } }, fork, at), [
      { ...wire, target: fork.id },
      ...(old === undefined
        ? []
        : [{ source: fork.id, sourcePort: branches[0], target: old.target }]),
      { source: fork.id, sourcePort: branches[1], target: wire.target },
    ])
  },
  rename: (flow, { node, name }) => withNode(flow, node, (each) => ({ ...each, name })),
  'rename-id': (flow, { node, to }) => withRenamedId(flow, node, to),
  'set-config': (flow, { node, config }) =>
    withNode(flow, node, (each) => ({ ...each, config: { ...config } })),
  'set-inputs': (flow, { node, inputs }) =>
    withNode(flow, node, (each) => ({ ...each, inputs: { ...inputs } })),
  'set-policy': (flow, { node, policy }) =>
    withNode(flow, node, (each) =>
      policy === null ? without(each, 'policy') : { ...each, policy },
    ),
  'set-visits': (flow, { node, maxVisits }) =>
    withNode(flow, node, (each) =>
      maxVisits === null ? without(each, 'maxVisits') : { ...each, maxVisits },
    ),
  'set-parent': (flow, { nodes, parent }) => within(flow, nodes, parent),
  'set-undo': (flow, { node, undo }) =>
    withNode(flow, node, (each) => (undo === null ? without(each, 'undo') : { ...each, undo })),
  disable: (flow, { nodes, disabled }) => ({
    ...flow,
    nodes: flow.nodes.map((node) => {
      if (!nodes.includes(node.id)) return node
      return disabled ? { ...node, disabled } : without(node, 'disabled')
    }),
  }),
  'set-about': (flow, { name, description, input }) => ({
    ...flow,
    name: name ?? flow.name,
    description: description ?? flow.description,
    input: input === undefined ? flow.input : { ...input },
  }),
  'put-note': (flow, { note }) => ({
    ...flow,
    notes: flow.notes.some((each) => each.id === note.id)
      ? flow.notes.map((each) => (each.id === note.id ? note : each))
      : [...flow.notes, note],
  }),
  patch: (flow, { patch }) => applyPatch(flow, patch),
  replace: (_flow, { flow }) => flow,
}

/** The flow after the command: pure, the given flow stays as it is. */
export function apply(flow: Flow, command: Command): Flow {
  const applier = appliers[command.do] as (flow: Flow, command: Command) => Flow
  return applier(flow, command)
}

import { errorPort, portsOf } from '#core/graph/ports.ts'
import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { fitted, fragmentOf, fragmentText, parseFragment } from './clipboard.ts'
import { placesOf } from './columns.ts'
import type { Position, Wire } from './command.ts'
import { containerBehind, contentsOf, placedIn, takenAlong } from './containers.ts'
import { newNode, portListKey } from './defaults.ts'
import { createFlowStore, type FlowStore } from './flow-store.ts'
import { newNodeId } from './ids.ts'
import { cardStep, makeRoom } from './make-room.ts'
import { createSelection, type SelectionStore } from './selection.ts'

/** Where a new node goes and what it is tied to. */
export interface Spot {
  readonly at: Position
  /** The port that the new node shall follow. */
  readonly after?: { readonly node: string; readonly port: string }
  /** The node that shall follow the new one. */
  readonly before?: string
  /** The edge that the new node divides. */
  readonly edge?: string
}

export interface Editor {
  readonly store: FlowStore
  readonly selection: SelectionStore
  readonly descriptor: (type: string) => NodeDescriptor | undefined
  readonly descriptors: readonly NodeDescriptor[]
  node(id: string): FlowNode | undefined
  /** The new node's id; it becomes the selection. */
  add(type: string, spot: Spot): string | null
  /** True where the wire was drawn; false where the port already has an edge and a fork or a replacement must be chosen. */
  connect(wire: Wire): boolean
  replaceWire(wire: Wire): void
  /** Puts a fork between the port, its old target and the new one. */
  forkWire(wire: Wire): void
  remove(): void
  copy(): string | null
  /** False where the text is no fragment. */
  paste(text: string, at?: Position): boolean
  duplicate(): void
  nudge(by: Position): void
  toggleDisabled(): void
  selectAll(): void
  /** The ports of a node that lead nowhere yet. */
  freePorts(id: string): string[]
  canConnect(wire: Wire): boolean
}

/** The headless editor: every gesture of the canvas and the keyboard as a call, without a browser. */
export function createEditor(flow: Flow, descriptors: readonly NodeDescriptor[]): Editor {
  const store = createFlowStore({ ...flow, layout: placesOf(flow) })
  const selection = createSelection()
  const byType = new Map(descriptors.map((each) => [each.type, each]))
  const descriptor = (type: string): NodeDescriptor | undefined => byType.get(type)
  const now = (): Flow => store.get().flow
  const node = (id: string): FlowNode | undefined => now().nodes.find((each) => each.id === id)
  const at = (id: string): Position => now().layout[id] ?? { x: 0, y: 0 }

  const ports = (each: FlowNode): string[] => {
    const type = descriptor(each.type)
    return type === undefined ? [] : portsOf(each, type).map((port) => port.id)
  }
  const firstPort = (each: FlowNode): string | null => {
    const [first] = ports(each)
    return first === undefined || first === errorPort ? null : first
  }
  const edgeOf = (source: string, port: string): FlowEdge | undefined =>
    now().edges.find((edge) => edge.source === source && edge.sourcePort === port)
  const takesEdge = (id: string): boolean => {
    const each = node(id)
    return each !== undefined && descriptor(each.type)?.kind !== 'start'
  }

  const containerOf = (port: Pick<Wire, 'source' | 'sourcePort'>): string | undefined =>
    containerBehind(now(), port, (each) => descriptor(each.type)?.kind)
  /** Where a new node lies: with what it follows, divides or precedes. */
  const containerAt = (spot: Spot): string | undefined => {
    if (spot.after !== undefined)
      return containerOf({ source: spot.after.node, sourcePort: spot.after.port })
    const divided = now().edges.find(({ id }) => id === spot.edge)
    return divided === undefined ? node(spot.before ?? '')?.parent : containerOf(divided)
  }
  const draw = (wire: Wire): void => {
    const parent = containerOf(wire) ?? null
    const isThere = (node(wire.target)?.parent ?? null) === parent
    const nodes = isThere ? [] : takenAlong(now(), wire)
    const inside = nodes.length > 0 ? { inside: { nodes, parent } } : {}
    store.execute({ do: 'connect', wire, ...inside })
  }

  const add: Editor['add'] = (type, spot) => {
    const about = descriptor(type)
    if (about === undefined) return null
    const fresh = placedIn(newNode(about, newNodeId(now(), type)), containerAt(spot) ?? null)
    const port = firstPort(fresh)
    if (spot.edge !== undefined && about.kind !== 'start') {
      const room = makeRoom(now(), spot.edge, spot.at)
      store.execute({ do: 'insert-on-edge', edge: spot.edge, node: fresh, port, ...room })
    } else {
      const wires: Wire[] = []
      if (spot.after !== undefined && about.kind !== 'start')
        wires.push({ source: spot.after.node, sourcePort: spot.after.port, target: fresh.id })
      if (spot.before !== undefined && port !== null)
        wires.push({ source: fresh.id, sourcePort: port, target: spot.before })
      store.execute({ do: 'add-node', node: fresh, at: spot.at, wires })
    }
    selection.set({ nodes: [fresh.id] })
    return fresh.id
  }

  const canConnect: Editor['canConnect'] = (wire) =>
    node(wire.source) !== undefined &&
    takesEdge(wire.target) &&
    edgeOf(wire.source, wire.sourcePort)?.target !== wire.target

  const bring = (fragment: ReturnType<typeof fragmentOf>, offset: Position): void => {
    const fits = fitted(now(), fragment, offset)
    store.execute({ do: 'add-fragment', fragment: fits })
    selection.set({ nodes: fits.nodes.map(({ id }) => id) })
  }

  return {
    store,
    selection,
    descriptor,
    descriptors,
    node,
    add,
    canConnect,
    connect(wire) {
      if (!canConnect(wire)) return true
      if (edgeOf(wire.source, wire.sourcePort) !== undefined) return false
      draw(wire)
      return true
    },
    replaceWire: draw,
    forkWire(wire) {
      const type = descriptors.find((each) => each.kind === 'fork')
      const key = type === undefined ? undefined : portListKey(type)
      if (type === undefined || key === undefined) return
      const fork = placedIn(newNode(type, newNodeId(now(), type.type)), containerOf(wire) ?? null)
      const [first, second] = ports(fork)
      if (first === undefined || second === undefined) return
      const old = edgeOf(wire.source, wire.sourcePort)
      const wanted = { x: at(wire.source).x + cardStep, y: at(wire.source).y }
      const room = makeRoom(now(), old?.id ?? '', wanted)
      store.execute({ do: 'fork', wire, fork, branches: [first, second], ...room })
      selection.set({ nodes: [fork.id] })
    },
    remove() {
      store.execute({ do: 'remove', ...selection.get() })
      selection.set({})
    },
    copy() {
      const { nodes } = selection.get()
      return nodes.length === 0 ? null : fragmentText(fragmentOf(now(), nodes))
    },
    paste(text, where) {
      const fragment = parseFragment(text)
      if (fragment === null) return false
      const corners = Object.values(fragment.layout)
      const left = Math.min(...corners.map(({ x }) => x))
      const top = Math.min(...corners.map(({ y }) => y))
      const known = where !== undefined && Number.isFinite(left)
      bring(fragment, known ? { x: where.x - left, y: where.y - top } : { x: 48, y: 48 })
      return true
    },
    duplicate() {
      const { nodes } = selection.get()
      if (nodes.length > 0) bring(fragmentOf(now(), nodes), { x: 48, y: 48 })
    },
    nudge(by) {
      const { nodes } = selection.get()
      const to = Object.fromEntries(
        [...nodes, ...contentsOf(now(), nodes)].map((id) => [
          id,
          { x: at(id).x + by.x, y: at(id).y + by.y },
        ]),
      )
      store.execute({ do: 'move', to }, { gesture: `nudge ${nodes.join(' ')}` })
    },
    toggleDisabled() {
      const { nodes } = selection.get()
      const disabled = nodes.some((id) => node(id)?.disabled !== true)
      store.execute({ do: 'disable', nodes, disabled })
    },
    selectAll() {
      const { nodes, edges, notes } = now()
      const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)
      selection.set({ nodes: ids(nodes), edges: ids(edges), notes: ids(notes) })
    },
    freePorts(id) {
      const each = node(id)
      return each === undefined
        ? []
        : ports(each).filter((port) => edgeOf(id, port) === undefined && port !== errorPort)
    },
  }
}

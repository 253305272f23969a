import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { FlowNode } from '#core/graph/flow.ts'
import type { Position } from '../document/command.ts'
import type { Editor } from '../document/editor.ts'
import { elkPlaces, layeredOptions } from './elk-places.ts'
import { frameId, frameNameHeight, framePadding } from './frames.ts'
import { cardHeight, cardWidth, portOffset, portsOrUsed } from './geometry.ts'

const frameOptions = {
  'elk.padding': `[top=${framePadding + frameNameHeight},left=${framePadding},bottom=${framePadding},right=${framePadding}]`,
}

const sourcePort = (node: string, port: string): string => `${node} ${port}`
const targetPort = (node: string): string => `${node} <`

/** The flow, or what is chosen of it, as ELK's graph with every port at its place on the card and every frame as a box. */
function graphOf(editor: Editor, ids: ReadonlySet<string>): ElkNode {
  const { flow } = editor.store.get()
  const chosen = flow.nodes.filter((node) => ids.has(node.id))
  const inside = flow.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target))
  const card = (node: FlowNode): ElkNode => {
    const used = flow.edges.filter((edge) => edge.source === node.id).map((edge) => edge.sourcePort)
    const ports = portsOrUsed(node, editor.descriptor(node.type), used)
    return {
      id: node.id,
      width: cardWidth,
      height: cardHeight(ports),
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        { id: targetPort(node.id), x: 0, y: 28, width: 0, height: 0 },
        ...ports.map((port) => ({
          id: sourcePort(node.id, port.id),
          x: port.id === 'error' ? cardWidth / 2 : cardWidth,
          y: portOffset(ports, port.id),
          width: 0,
          height: 0,
        })),
      ],
    }
  }
  /** A node whose container is not chosen stands outside. */
  const containerOf = ({ parent }: FlowNode): string | undefined =>
    parent !== undefined && ids.has(parent) ? parent : undefined
  const childrenOf = (container: string | undefined): ElkNode[] =>
    chosen
      .filter((node) => containerOf(node) === container)
      .flatMap((node) => {
        const children = childrenOf(node.id)
        if (children.length === 0) return [card(node)]
        return [card(node), { id: frameId(node.id), layoutOptions: frameOptions, children }]
      })
  return {
    id: 'root',
    layoutOptions: layeredOptions,
    children: childrenOf(undefined),
    edges: inside.map((edge) => ({
      id: edge.id,
      sources: [sourcePort(edge.source, edge.sourcePort)],
      targets: [targetPort(edge.target)],
    })),
  }
}

/** Lays out the selection, or with fewer than two chosen the whole flow; one entry in the history. */
export async function arrange(editor: Editor): Promise<void> {
  const { flow } = editor.store.get()
  const chosen = editor.selection.get().nodes
  const ids = new Set(chosen.length > 1 ? chosen : flow.nodes.map(({ id }) => id))
  const corner = (axis: keyof Position): number =>
    Math.min(...[...ids].map((id) => flow.layout[id]?.[axis] ?? 0))
  const to = await elkPlaces(graphOf(editor, ids), { x: corner('x'), y: corner('y') })
  editor.store.execute({ do: 'move', to })
}

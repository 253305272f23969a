import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Position } from '../document/command.ts'
import type { Editor } from '../document/editor.ts'
import { cardHeight, cardWidth, portOffset, portsOrUsed, snap } from './geometry.ts'

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeNode': '24',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

const sourcePort = (node: string, port: string): string => `${node} ${port}`
const targetPort = (node: string): string => `${node} <`

/** The flow, or what is chosen of it, as ELK's graph with every port at its place on the card. */
function graphOf(editor: Editor, ids: ReadonlySet<string>): ElkNode {
  const { flow } = editor.store.get()
  const inside = flow.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target))
  return {
    id: 'root',
    layoutOptions,
    children: flow.nodes
      .filter((node) => ids.has(node.id))
      .map((node) => {
        const used = flow.edges
          .filter((edge) => edge.source === node.id)
          .map((edge) => edge.sourcePort)
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
      }),
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
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ])
  const elk = new Elk({ workerUrl })
  try {
    const { children = [] } = await elk.layout(graphOf(editor, ids))
    const corner = (axis: 'x' | 'y'): number =>
      Math.min(...[...ids].map((id) => flow.layout[id]?.[axis] ?? 0))
    const origin = { x: corner('x'), y: corner('y') }
    const to: Record<string, Position> = {}
    for (const { id, x = 0, y = 0 } of children)
      to[id] = { x: snap(origin.x + x), y: snap(origin.y + y) }
    editor.store.execute({ do: 'move', to })
  } finally {
    elk.terminateWorker()
  }
}

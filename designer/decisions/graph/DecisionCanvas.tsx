import '@xyflow/react/dist/base.css'
import '../../canvas/canvas.css'
import { useMemo, useState } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { Background, BackgroundVariant, ReactFlow, type NodeChange } from '@xyflow/react'
import { Arrow } from '../../canvas/Arrow.tsx'
import { CanvasControls } from '../../canvas/CanvasControls.tsx'
import { FlowLine, type LineEdge } from '../../canvas/FlowLine.tsx'
import { grid } from '../../canvas/geometry.ts'
import { createNodeViews } from '../../canvas/node-views.ts'
import { useLocalNodes } from '../../canvas/use-local-nodes.ts'
import { removePart } from '../edit.ts'
import { useEditor } from '../editor-context.ts'
import { graphEdges, graphPlaces } from './decision-graph.ts'
import { t } from './messages.ts'
import { PartNode, type PartNodeType } from './PartNode.tsx'
import { partNodes } from './part-nodes.ts'

const nodeTypes = { part: PartNode }
const edgeTypes = { line: FlowLine }

export interface DecisionCanvasProps {
  readonly chosen: string | null
  readonly onChoose: (id: string | null) => void
}

/** The parts of a decision as a graph: edges follow from what each part reads, places are kept in the document. */
export function DecisionCanvas({ chosen, onChoose }: DecisionCanvasProps) {
  const services = useEditor()
  const { decision, change } = services
  const scheme = useComputedColorScheme('light')
  const { local, take, settle } = useLocalNodes<PartNodeType>()
  const [viewsOf] = useState(() => createNodeViews<PartNodeType>())
  const graph = useMemo(() => graphEdges(decision), [decision])
  const places = useMemo(
    () => graphPlaces(decision, graph, decision.layout ?? {}),
    [decision, graph],
  )
  const nodes = viewsOf(partNodes(services, places, chosen), local)
  const edges = graph.map(({ id, source, port, target }): LineEdge => ({
    id,
    type: 'line',
    source,
    ...(port === null ? {} : { sourceHandle: port }),
    target,
    data: { label: null, failure: false, use: 'none', invalid: false },
  }))
  const onNodesChange = (changes: NodeChange<PartNodeType>[]): void => {
    for (const each of changes) {
      if (each.type === 'select' && each.selected) onChoose(each.id)
      if (each.type === 'select' && !each.selected && each.id === chosen) onChoose(null)
    }
    take(changes)
  }
  return (
    <div
      style={{ position: 'relative', height: '100%' }}
      onKeyDown={(event) => {
        const part = decision.parts.find(({ id }) => id === chosen)
        if (part === undefined || (event.key !== 'Delete' && event.key !== 'Backspace')) return
        event.preventDefault()
        onChoose(null)
        change((all) => removePart(all, part.id))
      }}
    >
      <ReactFlow<PartNodeType, LineEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onNodesChange={onNodesChange}
        onNodeDragStop={(_event, _node, dragged) => {
          const moved = Object.fromEntries(
            dragged.map(({ id, position }) => [
              id,
              { x: Math.round(position.x), y: Math.round(position.y) },
            ]),
          )
          change((all) => ({ ...all, layout: { ...all.layout, ...moved } }))
          settle()
        }}
        onPaneClick={() => onChoose(null)}
        nodesConnectable={false}
        edgesFocusable={false}
        panOnScroll
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        snapToGrid
        snapGrid={[grid, grid]}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
        aria-label={t('graph')}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--dots)" />
        <CanvasControls />
        <Arrow />
      </ReactFlow>
    </div>
  )
}

import '@xyflow/react/dist/base.css'
import '../../canvas/canvas.css'
import { useState } from 'react'
import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconHierarchy2, IconKeyboard } from '@tabler/icons-react'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  ReactFlow,
  SelectionMode,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react'
import { Arrow } from '../../canvas/Arrow.tsx'
import { CanvasControls } from '../../canvas/CanvasControls.tsx'
import { FlowLine, type LineEdge } from '../../canvas/FlowLine.tsx'
import { grid } from '../../canvas/geometry.ts'
import { createNodeViews } from '../../canvas/node-views.ts'
import { pointer } from '../../canvas/pointer.ts'
import { wholeSight } from '../../canvas/sight.ts'
import { useLocalNodes } from '../../canvas/use-local-nodes.ts'
import type { Action } from '../../flows/action.ts'
import { useEditor } from '../editor-context.ts'
import { t } from './messages.ts'
import { PartNode, type PartNodeType } from './PartNode.tsx'
import { partNodes } from './part-nodes.ts'
import type { GraphDrawing } from './use-drawing.ts'
import { canWire, wired, wireFields, type PartWire } from './wire.ts'

const nodeTypes = { part: PartNode }
const edgeTypes = { line: FlowLine }

export interface DecisionCanvasProps {
  readonly drawing: GraphDrawing
  readonly actions: readonly Action[]
}

const wireOf = ({ source, sourceHandle, target }: Connection | LineEdge): PartWire => ({
  source,
  port: sourceHandle ?? null,
  target,
})

/** The parts of a decision as a graph: lines follow from what each part reads, places are kept in the document. */
export function DecisionCanvas({ drawing, actions }: DecisionCanvasProps) {
  const services = useEditor()
  const { decision, change } = services
  const { graph, places, chosen, choose, line, chooseLine, ask, surface } = drawing
  const scheme = useComputedColorScheme('light')
  const { local, take, settle } = useLocalNodes<PartNodeType>()
  const [viewsOf] = useState(() => createNodeViews<PartNodeType>())
  const nodes = viewsOf(partNodes(services, places, chosen), local)
  const edges = graph.map(({ id, source, port, target }): LineEdge => ({
    id,
    type: 'line',
    source,
    ...(port === null ? {} : { sourceHandle: port }),
    target,
    selected: line?.id === id,
    data: { label: null, failure: false, use: 'none', invalid: false },
  }))
  const onNodesChange = (changes: NodeChange<PartNodeType>[]): void => {
    const next = new Set(chosen)
    for (const each of changes) {
      if (each.type !== 'select') continue
      if (each.selected) next.add(each.id)
      else next.delete(each.id)
    }
    if (changes.some(({ type }) => type === 'select')) choose(next)
    take(changes)
  }
  const onEdgesChange = (changes: EdgeChange<LineEdge>[]): void => {
    for (const each of changes)
      if (each.type === 'select' && (each.selected || each.id === line?.id))
        chooseLine(each.selected ? each.id : null)
  }
  const draw = (wire: PartWire): void => {
    const fields = wire.port === null ? wireFields(decision, wire.source) : []
    if (fields.length > 1) {
      ask({ connect: wire })
      return
    }
    const next = wired(decision, wire, fields[0] ?? null)
    if (next !== null) change(() => next)
    else notifications.show({ message: t('noPlace'), color: 'gray' })
  }
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const { fromNode, fromHandle, toNode, toHandle } = state
    if (fromNode === null || fromHandle?.type !== 'source' || toHandle !== null) return
    const from = { source: fromNode.id, port: fromHandle.id ?? null }
    if (toNode !== null) {
      const wire = { ...from, target: toNode.id }
      if (canWire(decision, wire)) draw(wire)
      return
    }
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    ask({ add: { screen: { x: point?.clientX ?? 0, y: point?.clientY ?? 0 }, after: from } })
  }
  const button = (id: string, label: string, Sign: typeof IconHierarchy2, turned = false) => (
    <Tooltip label={label} position="right">
      <ActionIcon
        size={32}
        aria-label={label}
        onClick={() => actions.find((each) => each.id === id)?.run()}
      >
        <Sign size={16} {...(turned ? { style: { transform: 'rotate(-90deg)' } } : {})} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div
      ref={surface}
      className="editor-surface"
      tabIndex={-1}
      style={{ position: 'relative', height: '100%', outline: 'none' }}
      onPointerMove={(event) => pointer.set({ x: event.clientX, y: event.clientY })}
    >
      <ReactFlow<PartNodeType, LineEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
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
        onNodeDoubleClick={() => actions.find(({ id }) => id === 'rename')?.run()}
        onConnect={(connection) => draw(wireOf(connection))}
        onConnectEnd={onConnectEnd}
        isValidConnection={(connection) => canWire(decision, wireOf(connection as Connection))}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectionRadius={28}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag
        panOnDrag={[1]}
        panOnScroll
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        selectionKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        snapToGrid
        snapGrid={[grid, grid]}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={wholeSight}
        aria-label={t('graph')}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--dots)" />
        <CanvasControls>
          {button('arrange', t('arrange'), IconHierarchy2, true)}
          {button('shortcuts', t('shortcuts'), IconKeyboard)}
        </CanvasControls>
        <Arrow />
      </ReactFlow>
    </div>
  )
}

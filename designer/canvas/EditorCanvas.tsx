import '@xyflow/react/dist/base.css'
import './canvas.css'
import { useCallback, useMemo, useRef, useState, type DragEvent } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  Panel,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Connection,
  type FinalConnectionState,
  type NodeChange,
  type ReactFlowInstance,
} from '@xyflow/react'
import type { Finding } from '#core/graph/finding.ts'
import type { Position } from '../document/command.ts'
import { contentsOf } from '../document/containers.ts'
import { AddPanel } from './AddPanel.tsx'
import { Arrow } from './Arrow.tsx'
import { CanvasControls } from './CanvasControls.tsx'
import { createCards, type Card } from './card.ts'
import { dragType } from './drag-type.ts'
import { useEditor, useFlow, useSelection, useView } from './editor-context.ts'
import { EditorTools } from './EditorTools.tsx'
import { findingText } from './finding-text.ts'
import { FlowLine, type LineEdge } from './FlowLine.tsx'
import { FrameCard } from './FrameCard.tsx'
import { viewFrames, type FrameNode } from './frames.ts'
import { cardWidth, grid, headHeight, snap } from './geometry.ts'
import { viewEdges, viewNodes } from './graph-view.ts'
import { t } from './messages.ts'
import { NodeCard, type CardNode } from './NodeCard.tsx'
import { createNodeViews } from './node-views.ts'
import { NoteCard, type NoteNode } from './NoteCard.tsx'
import { viewNotes } from './view-notes.ts'
import { overlayOf } from './run-overlay.ts'
import { pointer } from './pointer.ts'
import { wholeSight } from './sight.ts'
import { useKeepInView } from './use-keep-in-view.ts'
import { useLocalNodes } from './use-local-nodes.ts'
import { WireChoice } from './WireChoice.tsx'

type AnyNode = CardNode | NoteNode | FrameNode
const nodeTypes = { card: NodeCard, note: NoteCard, frame: FrameCard }
const edgeTypes = { line: FlowLine }

/** From this zoom on a card's words can be read. */
const readableZoom = 0.6

const worst = (findings: readonly Finding[], node: string): Card['problem'] => {
  const mine = findings.filter((each) => each.place.node === node)
  const first =
    mine.find((each) => each.severity === 'error') ??
    mine.find((each) => each.severity === 'warning')
  return first === undefined ? null : { severity: first.severity, text: findingText(first) }
}

const clientOf = (event: MouseEvent | TouchEvent): Position => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 }
}

/** The drawing surface: renders the document with the run laid over it, and turns gestures into commands. */
export function EditorCanvas() {
  const { editor, view } = useEditor()
  const scheme = useComputedColorScheme('light')
  const { screenToFlowPosition, getIntersectingNodes } = useReactFlow()
  const flow = useFlow((state) => state.flow)
  const selection = useSelection((each) => each)
  const findings = useView((each) => each.findings)
  const run = useView((each) => each.run)
  const addPanel = useView((each) => each.addPanel)
  const wireChoice = useView((each) => each.wireChoice)
  const [cardsOf] = useState(createCards)
  const surface = useRef<HTMLDivElement>(null)
  useKeepInView(editor.selection, surface)

  const overlay = useMemo(
    () =>
      run === null ? null : overlayOf(run.steps, flow, ({ type }) => editor.descriptor(type)?.kind),
    [run, flow, editor],
  )
  const cards = useMemo(
    () =>
      cardsOf(flow, {
        descriptor: editor.descriptor,
        problem: (node) => worst(findings, node),
        run: (node) => overlay?.run(node) ?? null,
        editable: true,
      }),
    [cardsOf, flow, editor, findings, overlay],
  )

  const { local, take, settle } = useLocalNodes<AnyNode>()
  const [viewsOf] = useState(() => createNodeViews<AnyNode>())
  const nodes = useMemo(() => {
    const selected = new Set([...selection.nodes, ...selection.notes])
    const notes = viewNotes(flow.notes, selected)
    const places = flow.layout
    const frames = viewFrames(
      flow,
      cards,
      (id) => local.get(id)?.position ?? places[id] ?? { x: 0, y: 0 },
    )
    return viewsOf([...frames, ...notes, ...viewNodes(flow, cards, { places, selected })], local)
  }, [viewsOf, flow, cards, selection, local])

  const onInsert = useCallback(
    (edge: string, screen: Position) => {
      const at = screenToFlowPosition(screen)
      const spot = { edge, at: { x: snap(at.x - cardWidth / 2), y: snap(at.y - headHeight / 2) } }
      view.show({ addPanel: { spot, screen } })
    },
    [screenToFlowPosition, view],
  )
  const edges = useMemo(() => {
    const invalid = new Set(
      findings.flatMap(({ place, severity }) =>
        place.edge !== undefined && severity !== 'info' ? [place.edge] : [],
      ),
    )
    return viewEdges(flow, cards, {
      selected: new Set(selection.edges),
      invalid,
      use: (edge) => overlay?.use(edge) ?? 'none',
      onInsert,
    })
  }, [flow, cards, findings, selection, overlay, onInsert])

  const onNodesChange = (changes: NodeChange<AnyNode>[]): void => {
    const chosen = new Set([...selection.nodes, ...selection.notes])
    let touched = false
    for (const change of changes) {
      if (change.type !== 'select') continue
      touched = true
      if (change.selected) chosen.add(change.id)
      else chosen.delete(change.id)
    }
    if (touched) choose(chosen, new Set(selection.edges))
    take(withContents(changes))
  }
  /** What a node contains moves along with it. */
  const followers = (id: string, to: Position, moving: ReadonlySet<string>) => {
    const from = flow.layout[id] ?? to
    return [...contentsOf(flow, [id])]
      .filter((inner) => !moving.has(inner))
      .map((inner) => {
        const at = flow.layout[inner] ?? { x: 0, y: 0 }
        return { id: inner, position: { x: at.x + to.x - from.x, y: at.y + to.y - from.y } }
      })
  }
  const withContents = (changes: NodeChange<AnyNode>[]): NodeChange<AnyNode>[] => {
    const moving = new Set(
      changes.flatMap((change) => (change.type === 'position' ? [change.id] : [])),
    )
    return changes.flatMap((change) =>
      change.type !== 'position' || change.position === undefined
        ? [change]
        : [
            change,
            ...followers(change.id, change.position, moving).map((each) => ({
              ...each,
              type: 'position' as const,
            })),
          ],
    )
  }
  const choose = (ids: ReadonlySet<string>, edgeIds: ReadonlySet<string>): void =>
    editor.selection.set({
      nodes: flow.nodes.filter((each) => ids.has(each.id)).map(({ id }) => id),
      notes: flow.notes.filter((each) => ids.has(each.id)).map(({ id }) => id),
      edges: [...edgeIds],
    })

  const wireOf = (connection: Connection | LineEdge) => ({
    source: connection.source,
    sourcePort: connection.sourceHandle ?? '',
    target: connection.target,
  })

  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const screen = clientOf(event)
    const { fromNode, fromHandle, toNode, toHandle } = state
    if (fromNode === null || fromHandle === null) return
    if (toHandle !== null) return
    const at = screenToFlowPosition(screen)
    if (fromHandle.type === 'source') {
      const port = fromHandle.id ?? ''
      if (toNode !== null) {
        draw({ source: fromNode.id, sourcePort: port, target: toNode.id }, screen)
        return
      }
      const spot = {
        at: { x: snap(at.x), y: snap(at.y - headHeight / 2) },
        after: { node: fromNode.id, port },
      }
      view.show({ addPanel: { spot, screen } })
    } else if (toNode === null) {
      const spot = {
        at: { x: snap(at.x - cardWidth), y: snap(at.y - headHeight / 2) },
        before: fromNode.id,
      }
      view.show({ addPanel: { spot, screen } })
    }
  }
  const draw = (wire: ReturnType<typeof wireOf>, screen: Position): void => {
    if (!editor.connect(wire)) view.show({ wireChoice: { wire, screen } })
  }

  const edgeUnder = (at: Position): string | undefined => {
    const element = document
      .elementsFromPoint(at.x, at.y)
      .map((each) => each.closest('.react-flow__edge'))
      .find((each) => each !== null && each !== undefined)
    return element?.getAttribute('data-id') ?? undefined
  }
  const onDrop = (event: DragEvent): void => {
    const type = event.dataTransfer.getData(dragType)
    if (type === '') return
    event.preventDefault()
    const screen = { x: event.clientX, y: event.clientY }
    const at = screenToFlowPosition(screen)
    const place = { x: snap(at.x - cardWidth / 2), y: snap(at.y - headHeight / 2) }
    const edge = edgeUnder(screen)
    const onNode = getIntersectingNodes({ x: at.x, y: at.y, width: 1, height: 1 }).some(
      (each) => each.type !== 'frame',
    )
    editor.add(type, { at: place, ...(edge === undefined || onNode ? {} : { edge }) })
    surface.current?.focus()
  }

  /** A flow that fits is shown whole; a larger one from its start on, large enough to read. */
  const showFirst = (instance: ReactFlowInstance<AnyNode, LineEdge>): void => {
    const places = Object.values(editor.store.get().flow.layout)
    const box = surface.current?.getBoundingClientRect()
    if (places.length === 0 || box === undefined) return
    const span = (axis: 'x' | 'y'): readonly [number, number] => [
      Math.min(...places.map((at) => at[axis])),
      Math.max(...places.map((at) => at[axis])),
    ]
    const [left, right] = span('x')
    const [top, bottom] = span('y')
    const fits = Math.min(
      box.width / (right - left + cardWidth + 160),
      box.height / (bottom - top + 240),
    )
    if (fits >= readableZoom) {
      void instance.fitView(wholeSight)
      return
    }
    const first = flow.nodes.find((each) => editor.descriptor(each.type)?.kind === 'start')
    const start = flow.layout[first?.id ?? ''] ?? { x: left, y: top }
    void instance.setViewport({
      x: 64 - start.x * readableZoom,
      y: box.height / 2 - (start.y + headHeight / 2) * readableZoom,
      zoom: readableZoom,
    })
  }

  const empty = flow.nodes.length === 0
  return (
    <div
      ref={surface}
      className="editor-surface"
      tabIndex={-1}
      onPointerMove={(event) => pointer.set({ x: event.clientX, y: event.clientY })}
      onDragOver={(event) => {
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={onDrop}
      style={{ position: 'relative', height: '100%', outline: 'none' }}
    >
      <ReactFlow<AnyNode, LineEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onNodesChange={onNodesChange}
        onEdgesChange={(changes) => {
          const chosen = new Set(selection.edges)
          for (const change of changes) {
            if (change.type !== 'select') continue
            if (change.selected) chosen.add(change.id)
            else chosen.delete(change.id)
          }
          choose(new Set([...selection.nodes, ...selection.notes]), chosen)
        }}
        onNodeDragStop={(_, _node, dragged) => {
          const moving = new Set(dragged.map(({ id }) => id))
          const moved = dragged.flatMap((each) => [
            each,
            ...followers(each.id, each.position, moving),
          ])
          const to = Object.fromEntries(
            moved.map(({ id, position }) => [
              id,
              { x: Math.round(position.x), y: Math.round(position.y) },
            ]),
          )
          editor.store.execute({ do: 'move', to })
          settle()
        }}
        onConnect={(connection) => draw(wireOf(connection), pointer.get())}
        onConnectEnd={onConnectEnd}
        isValidConnection={(connection) => {
          const wire = wireOf(connection as Connection)
          return editor.canConnect(wire)
        }}
        onReconnect={(edge, connection) =>
          editor.store.execute({ do: 'rewire', edge: edge.id, wire: wireOf(connection) })
        }
        onNodeDoubleClick={() => view.show({ renameAsked: view.get().renameAsked + 1 })}
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
        onlyRenderVisibleElements={flow.nodes.length > 200}
        minZoom={0.1}
        maxZoom={2}
        onInit={showFirst}
        aria-label={t('canvas')}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--dots)" />
        <CanvasControls>
          <EditorTools />
        </CanvasControls>
        <Arrow />
        {empty && (
          <Panel position="top-center" className="editor-empty">
            <strong>{t('emptyTitle')}</strong>
            <span>{t('emptyText')}</span>
          </Panel>
        )}
      </ReactFlow>
      {addPanel !== null && <AddPanel key={JSON.stringify(addPanel)} {...addPanel} />}
      {wireChoice !== null && <WireChoice {...wireChoice} />}
    </div>
  )
}

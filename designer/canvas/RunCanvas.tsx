import '@xyflow/react/dist/base.css'
import './canvas.css'
import { useEffect, useMemo, useState } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import type { StepView } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { placesOf } from '../document/columns.ts'
import { Arrow } from './Arrow.tsx'
import { CanvasControls } from './CanvasControls.tsx'
import { createCards } from './card.ts'
import { FlowLine } from './FlowLine.tsx'
import { FrameCard } from './FrameCard.tsx'
import { viewFrames, type FrameNode } from './frames.ts'
import { viewEdges, viewNodes } from './graph-view.ts'
import { t } from './messages.ts'
import { NodeCard, type CardNode } from './NodeCard.tsx'
import { createNodeViews } from './node-views.ts'
import { overlayOf } from './run-overlay.ts'
import { wholeSight } from './sight.ts'
import { useLocalNodes } from './use-local-nodes.ts'

export interface FlowCanvasProps {
  readonly flow: Flow
  readonly descriptors: readonly NodeDescriptor[]
  /** null shows the flow without a run. */
  readonly steps: readonly StepView[] | null
  /** The node shown as chosen. @default none */
  readonly selected?: string | null
  /** The node to bring into sight, each time that it changes. @default none */
  readonly focus?: string | null
  /** A node was clicked, or with null the empty canvas. */
  readonly onSelect: (node: string | null) => void
}

type AnyNode = CardNode | FrameNode
const nodeTypes = { card: NodeCard, frame: FrameCard }
const edgeTypes = { line: FlowLine }
const none: ReadonlySet<string> = new Set()

/** At least this zoom is chosen to look at one node. */
const closeUp = 0.8

/** A flow that only fits below this zoom cannot be read. */
const readable = 0.4
const readingZoom = 0.6

/** The node that the run entered last. */
const latestOf = (steps: readonly StepView[]): string | undefined =>
  steps.reduce<StepView | undefined>(
    (latest, step) => (latest && latest.startedAt > step.startedAt ? latest : step),
    undefined,
  )?.node

function Graph(props: FlowCanvasProps) {
  const { flow, descriptors, steps, selected = null, focus = null, onSelect } = props
  const { fitView, getZoom } = useReactFlow()
  const still = useReducedMotion()
  useEffect(() => {
    if (focus === null) return
    const zoom = Math.max(closeUp, getZoom())
    const duration = still ? 0 : 300
    void fitView({ nodes: [{ id: focus }], minZoom: zoom, maxZoom: zoom, duration })
  }, [focus, fitView, getZoom, still])
  const scheme = useComputedColorScheme('light')
  const [cardsOf] = useState(createCards)
  const places = useMemo(() => placesOf(flow), [flow])
  const types = useMemo(() => new Map(descriptors.map((each) => [each.type, each])), [descriptors])
  const overlay = useMemo(
    () => (steps === null ? null : overlayOf(steps, flow, ({ type }) => types.get(type)?.kind)),
    [steps, flow, types],
  )
  const cards = useMemo(
    () =>
      cardsOf(flow, {
        descriptor: (type) => types.get(type),
        problem: () => null,
        run: (node) => overlay?.run(node) ?? null,
        editable: false,
      }),
    [cardsOf, flow, types, overlay],
  )
  const { local, take } = useLocalNodes<AnyNode>()
  const [viewsOf] = useState(() => createNodeViews<AnyNode>())
  const nodes = useMemo(() => {
    const chosen = new Set(selected === null ? [] : [selected])
    const frames = viewFrames(flow, cards, (id) => places[id] ?? { x: 0, y: 0 })
    return viewsOf([...frames, ...viewNodes(flow, cards, { places, selected: chosen })], local)
  }, [viewsOf, flow, cards, places, selected, local])
  const edges = useMemo(
    () =>
      viewEdges(flow, cards, {
        selected: none,
        invalid: none,
        use: (edge) => overlay?.use(edge) ?? 'none',
      }),
    [flow, cards, overlay],
  )
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={scheme}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      elementsSelectable
      panOnScroll
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      minZoom={0.1}
      maxZoom={2}
      fitView
      fitViewOptions={wholeSight}
      onNodeClick={(_, node) => onSelect(node.id)}
      onPaneClick={() => onSelect(null)}
      onNodesChange={(changes) => {
        take(changes)
        for (const change of changes)
          if (change.type === 'select' && change.selected) onSelect(change.id)
      }}
      onInit={({ fitView: fit, getZoom: zoomed }) => {
        // A wide flow opens where its run is, not as a thread of specks.
        const latest = steps && latestOf(steps)
        if (latest && zoomed() < readable)
          void fit({ nodes: [{ id: latest }], minZoom: readingZoom, maxZoom: readingZoom })
      }}
      aria-label={t('canvas')}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--dots)" />
      <CanvasControls />
      <Arrow />
    </ReactFlow>
  )
}

export interface RunCanvasProps extends FlowCanvasProps {
  readonly steps: readonly StepView[]
}

/** A flow to look at, with or without a run laid over it. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

/** A flow with a run's steps laid over it; it moves as the steps change. */
export const RunCanvas = (props: RunCanvasProps) => <FlowCanvas {...props} />

import { errorPort } from '#core/graph/ports.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Area } from '#core/node/define-node.ts'
import type { NodeDescriptor, PortDescriptor } from '#core/node/descriptor.ts'
import type { StepStatus } from '#core/api/views.ts'
import { portsOrUsed } from './geometry.ts'
import { summaryOf } from './summary.ts'

/** What a run says of a node. */
export interface CardRun {
  readonly status: StepStatus | 'skipped'
  /** How often the run came here. */
  readonly visits: number
  readonly attempts: number
  /** ms, null while it goes on */
  readonly took: number | null
  /** How far it is by now, while it goes on. */
  readonly progress?: { readonly done: number; readonly total: number }
}

/** All that a node's card shows. */
export interface Card {
  readonly [key: string]: unknown
  readonly title: string
  readonly summary: string
  readonly area: Area
  readonly icon: string
  readonly known: boolean
  readonly takesEdges: boolean
  readonly ports: readonly PortDescriptor[]
  readonly canFail: boolean
  /** Ports that lead somewhere. */
  readonly wired: ReadonlySet<string>
  readonly disabled: boolean
  readonly problem: { readonly severity: Finding['severity']; readonly text: string } | null
  readonly run: CardRun | null
  readonly editable: boolean
}

export interface CardContext {
  readonly descriptor: (type: string) => NodeDescriptor | undefined
  readonly problem: (node: string) => Card['problem']
  readonly run: (node: string) => CardRun | null
  readonly editable: boolean
}

const cardOf = (node: FlowNode, wired: readonly string[], context: CardContext): Card => {
  const descriptor = context.descriptor(node.type)
  const ports = portsOrUsed(node, descriptor, wired)
  return {
    title: node.name || node.id,
    summary: descriptor === undefined ? node.type : summaryOf(node, descriptor),
    area: descriptor?.area ?? 'integration',
    icon: descriptor?.icon ?? '',
    known: descriptor !== undefined,
    takesEdges: descriptor?.kind !== 'start',
    ports,
    canFail: ports.some((port) => port.id === errorPort),
    wired: new Set(wired),
    disabled: node.disabled === true,
    problem: context.problem(node.id),
    run: context.run(node.id),
    editable: context.editable,
  }
}

/** Makes the cards of a flow; a card that shows the same stays the same object, so that React skips it. */
export function createCards(): (flow: Flow, context: CardContext) => Map<string, Card> {
  let kept = new Map<
    string,
    { readonly key: string; readonly node: FlowNode; readonly card: Card }
  >()
  return (flow, context) => {
    const wires = new Map<string, string[]>()
    for (const edge of flow.edges)
      wires.set(edge.source, [...(wires.get(edge.source) ?? []), edge.sourcePort])
    const next: typeof kept = new Map()
    const cards = new Map<string, Card>()
    for (const node of flow.nodes) {
      const wired = wires.get(node.id) ?? []
      const key = JSON.stringify([
        wired,
        context.problem(node.id),
        context.run(node.id),
        context.editable,
      ])
      const before = kept.get(node.id)
      const card =
        before !== undefined && before.node === node && before.key === key
          ? before.card
          : cardOf(node, wired, context)
      next.set(node.id, { key, node, card })
      cards.set(node.id, card)
    }
    kept = next
    return cards
  }
}

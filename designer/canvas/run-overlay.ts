import type { StepView } from '#core/api/views.ts'
import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import { contentsOf } from '../document/containers.ts'
import type { CardRun } from './card.ts'
import type { LineData } from './FlowLine.tsx'

/** What a run's steps say of nodes and edges. */
export interface RunOverlay {
  /** null for what runs once for each item: runs of their own tell of it. */
  readonly run: (node: string) => CardRun | null
  readonly use: (edge: FlowEdge) => LineData['use']
}

const open = (step: StepView): boolean => step.endedAt === null

/** Runs that have ended, of those that the step asked for; else what the attempt itself has told. */
function progressOf({ children, progress }: StepView): CardRun['progress'] {
  if (children !== undefined)
    return children.total > 1
      ? { done: children.done + children.failed, total: children.total }
      : undefined
  const { done, total } = progress ?? {}
  return done !== undefined && total !== undefined && total > 0 ? { done, total } : undefined
}

/** A fork is left by several ports at once: their names stand in a row. */
const ways = (step: StepView): string[] => step.port?.split(',') ?? []

/** The newest visit speaks for a node; an edge is active while the visit that it led to goes on. */
export function overlayOf(
  steps: readonly StepView[],
  flow: Flow,
  kindOf: (node: FlowNode) => NodeKind | undefined,
): RunOverlay {
  const lists = flow.nodes.filter((node) => kindOf(node) === 'each').map(({ id }) => id)
  const perItem = contentsOf(flow, lists)
  const visits = new Map<string, StepView[]>()
  for (const step of steps) visits.set(step.node, [...(visits.get(step.node) ?? []), step])
  const skipped: CardRun = { status: 'skipped', visits: 0, attempts: 0, took: null }
  return {
    run(node) {
      const all = visits.get(node) ?? []
      const last = all.at(-1)
      if (last === undefined) return perItem.has(node) ? null : skipped
      const took = last.endedAt === null ? null : last.endedAt - last.startedAt
      const progress = open(last) ? progressOf(last) : undefined
      return {
        status: last.status,
        visits: all.length,
        attempts: last.attempts,
        took,
        ...(progress === undefined ? {} : { progress }),
      }
    },
    use(edge) {
      const left = (visits.get(edge.source) ?? []).some((step) =>
        ways(step).includes(edge.sourcePort),
      )
      if (!left) return 'untaken'
      return (visits.get(edge.target) ?? []).some(
        (step) => open(step) && step.status !== 'incident',
      )
        ? 'active'
        : 'taken'
    },
  }
}

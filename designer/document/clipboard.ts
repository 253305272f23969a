import { z } from 'zod'
import { flowEdge, flowNode, type Flow } from '#core/graph/flow.ts'
import type { Fragment } from './command.ts'
import { copyId, newEdgeIds } from './ids.ts'
import { withRenamedId } from './rename-id.ts'

const clipping = z.object({
  kind: z.literal('flow-fragment'),
  nodes: z.array(flowNode).min(1),
  edges: z.array(flowEdge),
  layout: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
})

/** The chosen nodes with the edges among them. */
export function fragmentOf(flow: Flow, ids: readonly string[]): Fragment {
  const chosen = new Set(ids)
  return {
    nodes: flow.nodes.filter((node) => chosen.has(node.id)),
    edges: flow.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
    layout: Object.fromEntries(Object.entries(flow.layout).filter(([id]) => chosen.has(id))),
  }
}

/** Plain JSON text, so that nodes travel between windows, mails and files. */
export const fragmentText = (fragment: Fragment): string =>
  JSON.stringify({ kind: 'flow-fragment', ...fragment }, null, 2)

/** What the text holds, or null where it is no fragment. Nothing in it is executed. */
export function parseFragment(text: string): Fragment | null {
  try {
    const parsed = clipping.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The fragment with ids that are free in the flow, moved by the offset; its expressions follow the new ids. */
export function fitted(
  flow: Flow,
  fragment: Fragment,
  offset: { readonly x: number; readonly y: number },
): Fragment {
  const ids = new Map<string, string>()
  for (const { id } of fragment.nodes) ids.set(id, copyId(flow, id, [...ids.values()]))
  let carrier: Flow = {
    ...flow,
    nodes: [...fragment.nodes],
    edges: [...fragment.edges],
    groups: [],
    layout: { ...fragment.layout },
  }
  // By way of names that no document can hold: a new id may equal another's old one.
  for (const id of ids.keys()) carrier = withRenamedId(carrier, id, `\u0000${id}`)
  for (const [id, fresh] of ids) carrier = withRenamedId(carrier, `\u0000${id}`, fresh)
  const edgeIds = newEdgeIds(flow, carrier.edges.length)
  const known = new Set([...flow.nodes, ...carrier.nodes].map(({ id }) => id))
  return {
    nodes: carrier.nodes.map(({ parent, undo, ...node }) => ({
      ...node,
      ...(parent !== undefined && known.has(parent) ? { parent } : {}),
      ...(undo !== undefined && known.has(undo) ? { undo } : {}),
    })),
    edges: carrier.edges.map((edge, index) => ({ ...edge, id: edgeIds[index] ?? edge.id })),
    layout: Object.fromEntries(
      Object.entries(carrier.layout).map(([id, at]) => [
        id,
        { x: at.x + offset.x, y: at.y + offset.y },
      ]),
    ),
  }
}

import type { Flow, FlowNode } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'

const isRead = (key: string): boolean => key === 'var' || key === 'val'

const renamedPath = (path: Json, from: string, to: string): Json => {
  if (typeof path === 'string') {
    if (path === from) return to
    return path.startsWith(`${from}.`) ? to + path.slice(from.length) : path
  }
  if (!Array.isArray(path)) return path
  const [head, ...rest] = path as Json[]
  return [renamedPath(head ?? null, from, to), ...rest]
}

/** Walks the stored syntax tree: only what an operation reads is renamed, never a text that looks alike. */
function renamed(value: Json, from: string, to: string): Json {
  if (Array.isArray(value)) return value.map((each: Json) => renamed(each, from, to))
  if (!isObject(value)) return value
  const entries = Object.entries(value as Record<string, Json>)
  return Object.fromEntries(
    entries.map(([key, part]) =>
      entries.length === 1 && isRead(key)
        ? [key, renamedPath(part, from, to)]
        : [key, renamed(part, from, to)],
    ),
  )
}

/** The flow with a node's id changed everywhere it is meant: edges, layout, groups, containers, expressions. */
export function withRenamedId(flow: Flow, from: string, to: string): Flow {
  const id = (each: string): string => (each === from ? to : each)
  const node = (each: FlowNode): FlowNode => ({
    ...each,
    id: id(each.id),
    ...(each.parent === undefined ? {} : { parent: id(each.parent) }),
    ...(each.undo === undefined ? {} : { undo: id(each.undo) }),
    config: renamed(each.config, from, to) as FlowNode['config'],
    inputs: renamed(each.inputs, from, to) as FlowNode['inputs'],
  })
  return {
    ...flow,
    nodes: flow.nodes.map(node),
    edges: flow.edges.map((edge) => ({
      ...edge,
      source: id(edge.source),
      target: id(edge.target),
    })),
    groups: flow.groups.map((group) => ({ ...group, nodes: group.nodes.map(id) })),
    layout: Object.fromEntries(Object.entries(flow.layout).map(([key, at]) => [id(key), at])),
  }
}

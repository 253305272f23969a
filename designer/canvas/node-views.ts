import type { Node } from '@xyflow/react'
import type { LocalNode, LocalNodes } from './use-local-nodes.ts'

const none: LocalNode = {}

const sameNode = (a: Node, b: Node): boolean =>
  a.data === b.data &&
  a.selected === b.selected &&
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.width === b.width &&
  a.height === b.height

/** Joins nodes with what the screen knows of them; a node that is the same stays the same object, so that React skips it. */
export function createNodeViews<N extends Node>(): (nodes: readonly N[], local: LocalNodes) => N[] {
  let kept = new Map<string, { readonly made: N; readonly local: LocalNode; readonly from: N }>()
  return (nodes, local) => {
    const next: typeof kept = new Map()
    const views = nodes.map((node) => {
      const own = local.get(node.id) ?? none
      const before = kept.get(node.id)
      const same = before !== undefined && before.local === own && sameNode(before.from, node)
      const made = same
        ? before.made
        : {
            ...node,
            ...own.size,
            ...(own.measured && { measured: own.measured }),
            ...(own.position && { position: own.position }),
          }
      next.set(node.id, { made, local: own, from: same ? before.from : node })
      return made
    })
    kept = next
    return views
  }
}

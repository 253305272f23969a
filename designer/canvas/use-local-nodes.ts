import { useCallback, useState } from 'react'
import type { Node, NodeChange } from '@xyflow/react'

/** What the screen knows of a node beside the document: its measure, and where it is while it moves. */
export interface LocalNode {
  readonly measured?: { readonly width: number; readonly height: number }
  /** While it is dragged. */
  readonly position?: { readonly x: number; readonly y: number }
  /** While it is resized. */
  readonly size?: { readonly width: number; readonly height: number }
}
export type LocalNodes = ReadonlyMap<string, LocalNode>

function taken(local: LocalNode, change: NodeChange): LocalNode {
  if (change.type === 'position' && change.position !== undefined)
    return { ...local, position: change.position }
  if (change.type !== 'dimensions') return local
  const { dimensions, resizing } = change
  if (resizing === true && dimensions !== undefined)
    return { ...local, measured: dimensions, size: dimensions }
  const measured = dimensions ?? local.measured
  return measured === undefined ? {} : { measured }
}

/** Keeps what React Flow reports; `settle` drops what has meanwhile become part of the document. */
export function useLocalNodes<N extends Node>(): {
  readonly local: LocalNodes
  readonly take: (changes: readonly NodeChange<N>[]) => void
  readonly settle: () => void
} {
  const [local, setLocal] = useState<LocalNodes>(new Map())
  const take = useCallback((changes: readonly NodeChange<N>[]) => {
    const own = changes.filter(({ type }) => type === 'position' || type === 'dimensions')
    if (own.length === 0) return
    setLocal((before) => {
      const next = new Map(before)
      for (const change of own)
        if ('id' in change) next.set(change.id, taken(next.get(change.id) ?? {}, change))
      return next
    })
  }, [])
  const settle = useCallback(() => {
    setLocal(
      (before) =>
        new Map(
          [...before].map(([id, { measured }]) => [id, measured === undefined ? {} : { measured }]),
        ),
    )
  }, [])
  return { local, take, settle }
}

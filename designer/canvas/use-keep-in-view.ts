import { useCallback, useEffect, type RefObject } from 'react'
import { useReactFlow } from '@xyflow/react'
import type { SelectionStore } from '../document/selection.ts'

/** px between a selected card and the border of the canvas */
const margin = 24

/** How far to move so that `[from, to]` lies within `[low, high]`; 0 where it does. */
const intoView = (
  [from, to]: readonly [number, number],
  [low, high]: readonly [number, number],
): number => {
  if (to > high - margin) return Math.max(high - margin - to, low + margin - from)
  return from < low + margin ? low + margin - from : 0
}

/** Brings a node back into sight where the canvas was narrowed, once it has its new size. The answer calls it off. */
export function useBringIntoView(
  surface: RefObject<HTMLElement | null>,
): (node: string) => () => void {
  const { getViewport, setViewport } = useReactFlow()
  return useCallback(
    (node) => {
      const look = (): void => {
        const card = surface.current?.querySelector(
          `.react-flow__node[data-id="${CSS.escape(node)}"]`,
        )
        if (card === null || card === undefined) return
        const box = card.getBoundingClientRect()
        const canvas = surface.current?.getBoundingClientRect() ?? box
        const dx = intoView([box.left, box.right], [canvas.left, canvas.right])
        const dy = intoView([box.top, box.bottom], [canvas.top, canvas.bottom])
        if (dx === 0 && dy === 0) return
        const { x, y, zoom } = getViewport()
        void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 150 })
      }
      // Two frames: one for the panel to open, one for the canvas to take its new size.
      let frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(look)
      })
      return () => cancelAnimationFrame(frame)
    },
    [surface, getViewport, setViewport],
  )
}

/** The inspector narrows the canvas when it opens: the one selected node is brought back into sight. */
export function useKeepInView(
  selection: SelectionStore,
  surface: RefObject<HTMLElement | null>,
): void {
  const bring = useBringIntoView(surface)
  useEffect(() => {
    let callOff = (): void => undefined
    const stop = selection.subscribe(() => {
      callOff()
      const [id, ...more] = selection.get().nodes
      callOff = id === undefined || more.length > 0 ? () => undefined : bring(id)
    })
    return () => {
      callOff()
      stop()
    }
  }, [selection, bring])
}

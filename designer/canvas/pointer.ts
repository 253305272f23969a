import type { Position } from '../document/command.ts'
import { createObservable } from '../document/observable.ts'

/** Where the pointer last was over the canvas, in client px: the add panel and pasting go there. */
export const pointer = createObservable<Position>({ x: 0, y: 0 })

/** Where the pointer is, if that is within the box; else a place in its upper part. */
export function pointerWithin(box: DOMRect): Position {
  const { x, y } = pointer.get()
  const inside = x > box.left && x < box.right && y > box.top && y < box.bottom
  return inside ? { x, y } : { x: box.left + box.width / 2, y: box.top + box.height / 3 }
}

import { useState, type DragEvent, type KeyboardEvent } from 'react'

/** The attributes of a row and its handle, by which rows are dragged or moved with Alt+↑ and Alt+↓. */
export function useReorder(count: number, move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const end = (): void => {
    setDragged(null)
    setOver(null)
  }
  return {
    handle: (index: number) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', String(index))
        setDragged(index)
      },
      onDragEnd: end,
      onKeyDown: (event: KeyboardEvent) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
        if (!event.altKey || by === 0 || index + by < 0 || index + by >= count) return
        event.preventDefault()
        move(index, index + by)
      },
    }),
    row: (index: number) => ({
      'data-over':
        (dragged !== null && over === index && (index < dragged ? 'before' : 'after')) || undefined,
      'data-dragged': dragged === index || undefined,
      onDragOver: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        setOver(index)
      },
      onDrop: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        move(dragged, index)
        end()
      },
    }),
  }
}

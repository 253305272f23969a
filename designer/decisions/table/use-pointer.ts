import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type PointerEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import { moveRows } from './edit-table.ts'
import { at, isWholeRows, type Spot } from './selection.ts'
import { selectedRows } from './sheet-keys.ts'
import type { SheetState } from './use-sheet.ts'

interface Surroundings {
  readonly box: RefObject<HTMLElement | null>
  readonly focus: () => void
  readonly openMenu: (place: { readonly x: number; readonly y: number }) => void
  readonly onFinding: (row: string) => void
}

export const spotOf = (target: EventTarget | null): Spot | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  const { row, column } = cell?.dataset ?? {}
  return row === undefined || column === undefined
    ? null
    : { row: Number(row), column: Number(column) }
}

const actOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-act]')?.dataset['act'] : undefined

/** px a frame by which the sheet scrolls while one drags beyond its edge. */
const creep = 24

/** Selecting and moving rows with the pointer. `drop` is the line before which dragged rows would come. */
export function usePointer(state: SheetState, { box, focus, openMenu, onFinding }: Surroundings) {
  const [drag, setDrag] = useState<'select' | 'rows' | null>(null)
  const [drop, setDrop] = useState<number | null>(null)
  const pressed = useRef<Spot | null>(null)

  const over = useEffectEvent((x: number, y: number): void => {
    const element = document.elementFromPoint(x, y)
    const spot = box.current?.contains(element) ? spotOf(element) : null
    if (spot === null) return
    if (drag === 'select') state.select({ active: state.selection.active, extent: spot })
    if (drag === 'rows') {
      const line = element?.closest('[data-row]')?.getBoundingClientRect()
      const below = line !== undefined && y > line.top + line.height / 2
      setDrop(Math.max(0, spot.row + (below ? 1 : 0)))
    }
  })
  const end = useEffectEvent((): void => {
    if (drag === 'rows' && drop !== null) {
      const rows = selectedRows(state)
      const before = state.shown[drop] ?? state.table.rows.length
      state.edit((now) => moveRows(now, rows, before))
      const first = drop - rows.filter((row) => row < before).length
      state.select({
        active: { row: first, column: -1 },
        extent: { row: first + rows.length - 1, column: -1 },
      })
    }
    if (drag === 'rows' && drop === null && pressed.current !== null)
      state.select(at(pressed.current.row, -1))
    setDrag(null)
    setDrop(null)
  })

  useEffect(() => {
    const grid = box.current
    if (drag === null || grid === null) return
    let last = { x: 0, y: 0 }
    let frame = 0
    const follow = (event: globalThis.PointerEvent): void => {
      last = { x: event.clientX, y: event.clientY }
      cancelAnimationFrame(frame)
      step()
    }
    const step = (): void => {
      const { left, right, top, bottom } = grid.getBoundingClientRect()
      const by = (value: number, low: number, high: number): number =>
        value < low ? -creep : value > high ? creep : 0
      const [right_, down] = [by(last.x, left, right), by(last.y, top, bottom)]
      grid.scrollBy(right_, down)
      over(
        Math.max(left + 4, Math.min(right - 20, last.x)),
        Math.max(top + 4, Math.min(bottom - 20, last.y)),
      )
      if (right_ !== 0 || down !== 0) frame = requestAnimationFrame(step)
    }
    const stop = (): void => end()
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', stop)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('pointermove', follow)
      window.removeEventListener('pointerup', stop)
    }
  }, [drag, box])

  const onPointerDown = (event: PointerEvent): void => {
    const spot = spotOf(event.target)
    const control = event.target instanceof Element && event.target.closest('button,textarea,input')
    if (spot === null || control) return
    focus()
    const { area, bounds, selection } = state
    const inside =
      spot.row >= area.top &&
      spot.row <= area.bottom &&
      (spot.column === -1 ? isWholeRows(area, bounds) : spot.column >= area.left) &&
      spot.column <= area.right
    if (event.button !== 0) {
      if (!inside) state.select(at(spot.row, spot.column))
      return
    }
    event.preventDefault()
    pressed.current = spot
    const act = actOf(event.target)
    const row = state.rowAt(spot)
    if (act === 'finding' && row !== undefined) return onFinding(row.id)
    if (act === 'menu') {
      if (!inside) state.select(at(spot.row, spot.column))
      return openMenu({ x: event.clientX, y: event.clientY })
    }
    if (spot.column === -1 && spot.row >= 0 && inside && !event.shiftKey) return setDrag('rows')
    state.select(
      event.shiftKey ? { active: selection.active, extent: spot } : at(spot.row, spot.column),
    )
    setDrag('select')
  }

  return {
    drop,
    events: {
      onPointerDown,
      onDoubleClick: (event: MouseEvent) => {
        const spot = spotOf(event.target)
        if (spot !== null && spot.row >= 0 && spot.column >= 0) state.begin()
      },
      onContextMenu: (event: MouseEvent) => {
        if (spotOf(event.target) === null) return
        event.preventDefault()
        openMenu({ x: event.clientX, y: event.clientY })
      },
    },
  }
}

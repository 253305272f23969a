import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type PointerEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import { moveColumns, moveRows } from './edit-table.ts'
import { fillArea, fillTarget } from './fill.ts'
import { at, isWholeColumns, isWholeRows, type Area, type Spot } from './selection.ts'
import { selectedColumns, selectedRows } from './sheet-keys.ts'
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

/** The line, or the column, before which what is dragged would come. */
interface Drop {
  readonly way: 'rows' | 'columns'
  readonly before: number
}

/** Selecting, moving rows and columns, and filling with the pointer. `filling` is what a fill would write. */
export function usePointer(state: SheetState, { box, focus, openMenu, onFinding }: Surroundings) {
  const [drag, setDrag] = useState<'select' | 'rows' | 'columns' | 'fill' | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)
  const [filling, setFilling] = useState<Area | null>(null)
  const pressed = useRef<Spot | null>(null)

  const over = useEffectEvent((x: number, y: number): void => {
    const element = document.elementFromPoint(x, y)
    const spot = box.current?.contains(element) ? spotOf(element) : null
    if (spot === null) return
    if (drag === 'select') state.select({ active: state.selection.active, extent: spot })
    if (drag === 'fill') setFilling(fillTarget(state.area, spot))
    const cell = element?.closest('[data-row]')?.getBoundingClientRect()
    if (cell === undefined) return
    if (drag === 'rows') {
      const below = y > cell.top + cell.height / 2
      setDrop({ way: 'rows', before: Math.max(0, spot.row + (below ? 1 : 0)) })
    }
    if (drag === 'columns') {
      const behind = x > cell.left + cell.width / 2
      const { first, last } = selectedColumns(state)
      const before = Math.max(first, Math.min(last + 1, spot.column + (behind ? 1 : 0)))
      setDrop({ way: 'columns', before })
    }
  })
  const ends = {
    select: () => undefined,
    rows: () => {
      if (drop === null) return
      const rows = selectedRows(state)
      const before = state.shown[drop.before] ?? state.table.rows.length
      state.edit((now) => moveRows(now, rows, before))
      const first = drop.before - rows.filter((row) => row < before).length
      state.select({
        active: { row: first, column: -1 },
        extent: { row: first + rows.length - 1, column: -1 },
      })
    },
    columns: () => {
      const { side, columns, first } = selectedColumns(state)
      if (drop === null || side === null) return
      const before = drop.before - first
      state.edit((now) => moveColumns(now, side, { columns, before }))
      const left = drop.before - columns.filter((column) => column < before).length
      state.select({
        active: { row: -1, column: left },
        extent: { row: -1, column: left + columns.length - 1 },
      })
    },
    fill: () => {
      if (filling === null) return
      const { area, sheet } = state
      state.edit(() => fillArea(sheet, area, filling))
      state.select({
        active: { row: Math.min(area.top, filling.top), column: Math.min(area.left, filling.left) },
        extent: {
          row: Math.max(area.bottom, filling.bottom),
          column: Math.max(area.right, filling.right),
        },
      })
    },
  }
  const end = useEffectEvent((): void => {
    if (drag !== null) ends[drag]()
    // A line that was pressed and not dragged is chosen alone.
    const moves = drag === 'rows' || drag === 'columns'
    if (moves && drop === null && pressed.current !== null)
      state.select(at(pressed.current.row, pressed.current.column))
    setDrag(null)
    setDrop(null)
    setFilling(null)
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
    if (event.button === 0 && actOf(event.target) === 'fill') {
      event.preventDefault()
      return setDrag('fill')
    }
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
    const onHead = spot.row === -1 && spot.column >= area.left && spot.column <= area.right
    if (onHead && !event.shiftKey && isWholeColumns(area, bounds) && selection.active.row === -1) {
      if (selectedColumns(state).side !== null) return setDrag('columns')
    }
    state.select(
      event.shiftKey ? { active: selection.active, extent: spot } : at(spot.row, spot.column),
    )
    setDrag('select')
  }

  return {
    drop,
    filling,
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

import { useEffect, useState, type RefObject } from 'react'
import { Portal } from '@mantine/core'
import { describeRow } from '#core/decision/describe-row.ts'
import { describe } from '#core/logic/describe.ts'
import { coverageText } from '../explain/CoverageBadge.tsx'
import { findingSentence } from '../finding-sentence.ts'
import { cellId } from './GridRow.tsx'
import { t } from './messages.ts'
import type { RowMark } from './row-marks.ts'
import { type Spot } from './selection.ts'
import { logicAt, textAt } from './slots.ts'
import { spotOf } from './use-pointer.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface CellHintProps {
  readonly state: SheetState
  readonly box: RefObject<HTMLElement | null>
  readonly marks: ReadonlyMap<string, RowMark>
}

/** ms that the pointer rests on a row's number before the hint opens, and on a cell, which is often only passed */
const patience = { number: 250, cell: 700 }

/** What the pointer rests on, told again only when it rests on something else. */
function useRest(box: RefObject<HTMLElement | null>): Spot | null {
  const [spot, setSpot] = useState<Spot | null>(null)
  useEffect(() => {
    const grid = box.current
    if (grid === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = (): void => {
      clearTimeout(timer)
      setSpot(null)
    }
    const over = (event: PointerEvent): void => {
      leave()
      const next = spotOf(event.target)
      if (event.buttons === 0 && next !== null)
        timer = setTimeout(() => setSpot(next), next.column < 0 ? patience.number : patience.cell)
    }
    grid.addEventListener('pointerover', over)
    for (const kind of ['pointerleave', 'pointerdown', 'scroll', 'keydown'] as const)
      grid.addEventListener(kind, leave, { passive: true })
    return () => {
      clearTimeout(timer)
      grid.removeEventListener('pointerover', over)
      for (const kind of ['pointerleave', 'pointerdown', 'scroll', 'keydown'] as const)
        grid.removeEventListener(kind, leave)
    }
  }, [box])
  return spot
}

/** What a row's number or a cell has to say: the row as a sentence, its findings, why a text could not be read. */
export function CellHint({ state, box, marks }: CellHintProps) {
  const rest = useRest(box)
  const spot = rest ?? state.selection.active
  const row = state.rowAt(spot)
  if (
    state.editing !== null ||
    row === undefined ||
    (rest === null && !box.current?.matches(':focus-visible'))
  )
    return null
  const slot = state.slots[spot.column]
  const lines: string[] = []
  if (slot === undefined) {
    lines.push(describeRow(state.table, row))
    const mark = marks.get(row.id)
    if (mark?.fate?.fate === 'fired') lines.push(t('rowMet'))
    if (mark?.fate?.fate === 'unknown')
      lines.push(t('rowUnknownBecause', { missing: mark.fate.missing.join(', ') || '–' }))
    if (mark?.covered !== undefined) lines.push(coverageText(mark.covered))
    lines.push(...(mark?.findings ?? []).map(findingSentence))
  } else {
    const typed = state.unreadAt.get(`${row.id} ${slot.id}`)
    if (typed !== undefined && typed.over === logicAt(row, slot)) lines.push(typed.problem)
    else if (textAt(row, slot) === null) lines.push(describe(logicAt(row, slot)), t('cellLonger'))
    else if (rest !== null) lines.push(describeRow(state.table, row))
  }
  const cell = document.getElementById(cellId(state.table.id, spot.row, spot.column))
  if (lines.length === 0 || cell === null) return null
  const { left, bottom, top } = cell.getBoundingClientRect()
  const above = bottom > window.innerHeight - 140
  return (
    <Portal>
      <div
        role="tooltip"
        className={styles['hint']}
        style={{
          left: Math.min(left + 8, window.innerWidth - 400),
          ...(above ? { bottom: window.innerHeight - top + 4 } : { top: bottom + 4 }),
        }}
      >
        {lines.map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
    </Portal>
  )
}

import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { Portal } from '@mantine/core'
import { feelFunctions } from '#core/logic/feel/functions.ts'
import { useFields } from '../editor-context.ts'
import { callAt } from '../../inspector/feel/call-at.ts'
import { CallHint } from '../../inspector/feel/CallHint.tsx'
import { fieldPath } from '../../inspector/expression.ts'
import { choicesOf, completions } from './completions.ts'
import { cellId } from './GridRow.tsx'
import { t } from './messages.ts'
import type { Slot } from './slots.ts'
import { readText } from './slots.ts'
import type { Side } from './edit-table.ts'
import type { Editing, SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface CellEditorProps {
  readonly state: SheetState
  /** Gives the keyboard back to the sheet. */
  readonly focus: () => void
}

const isTyped = (slot: Slot): slot is Slot & { readonly side: Side } => slot.side !== 'note'

/** The values that a cell of the active column may take. */
function useChoices({ table, slots, selection }: SheetState): readonly string[] {
  const fields = useFields(table.id)
  const slot = slots[selection.active.column]
  return useMemo(() => {
    if (slot === undefined || !isTyped(slot)) return []
    const path =
      slot.side === 'inputs' ? fieldPath(table.inputs[slot.at]?.expression ?? null) : null
    const options = fields.find((field) => field.path === path)?.options ?? []
    return choicesOf(table, slot, options)
  }, [table, slot, fields])
}

/** The cell that is being typed in, above the sheet where the cell stands. */
export function CellEditor({ state, focus }: CellEditorProps) {
  const { selection, slots, table, editing } = state
  const { active } = selection
  const area = useRef<HTMLTextAreaElement>(null)
  const [{ text, fresh }, setText] = useState<Editing>(editing ?? { text: '', fresh: true })
  const [picked, setPicked] = useState(-1)
  const [caret, setCaret] = useState(text.length)
  const choices = useChoices(state)
  // Within a call an argument is written, not a value of the column.
  const calls = callAt(text, caret, feelFunctions) !== null
  const offered = useMemo(
    () => ((text === '' && !fresh) || calls ? [] : completions(choices, text)),
    [choices, text, fresh, calls],
  )
  const slot = slots[active.column]
  const cell = document.getElementById(cellId(table.id, active.row, active.column))
  const problem = useMemo(() => {
    if (slot === undefined || text === '') return null
    const read = readText(slot, text)
    return 'problem' in read ? read.problem : null
  }, [slot, text])
  const done = useRef(false)

  useEffect(() => {
    const field = area.current
    if (field === null) return
    field.focus({ preventScroll: true })
    field.setSelectionRange(field.value.length, field.value.length)
  }, [])

  const leave = (then: () => void): void => {
    done.current = true
    then()
    focus()
  }
  const finished = offered[picked] ?? text

  const keys: Readonly<Record<string, (event: KeyboardEvent) => boolean>> = {
    Enter: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        const field = event.currentTarget as HTMLTextAreaElement
        field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end')
        setText({ text: field.value, fresh: false })
        return true
      }
      leave(() => {
        if (event.shiftKey) {
          state.commit(finished)
          state.move('up')
        } else state.commitDown(finished)
      })
      return true
    },
    Tab: (event) => {
      leave(() => {
        state.commit(finished)
        state.step(event.shiftKey ? -1 : 1)
      })
      return true
    },
    Escape: () => {
      leave(() => state.setEditing(null))
      return true
    },
    F2: () => {
      setText({ text, fresh: false })
      return true
    },
    ArrowDown: () => {
      if (offered.length > 0) setPicked(Math.min(offered.length - 1, picked + 1))
      else if (fresh) leave(() => (state.commit(text), state.move('down')))
      return offered.length > 0 || fresh
    },
    ArrowUp: () => {
      if (offered.length > 0 && picked >= 0) setPicked(picked - 1)
      else if (fresh) leave(() => (state.commit(text), state.move('up')))
      return (offered.length > 0 && picked >= 0) || fresh
    },
  }

  const list = `choices-${table.id}`
  return (
    <div
      className={styles['editor']}
      style={{
        ...placeOf(cell),
        minWidth: cell?.offsetWidth ?? 140,
        minHeight: cell?.offsetHeight ?? 30,
      }}
    >
      <textarea
        ref={area}
        rows={Math.min(8, text.split('\n').length)}
        role="combobox"
        aria-label={t('cellLabel', { column: slot?.name ?? '', row: active.row + 1 })}
        aria-expanded={offered.length > 0}
        aria-controls={list}
        aria-activedescendant={picked >= 0 ? `${list}-${picked}` : undefined}
        aria-invalid={problem !== null}
        aria-autocomplete="list"
        spellCheck={slot?.side === 'note'}
        data-side={slot?.side}
        value={text}
        onChange={(event) => {
          setPicked(-1)
          setText({ text: event.currentTarget.value, fresh })
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={(event) => {
          // What undoes, saves and finds in the document sleeps while a text is typed.
          if (!(event.ctrlKey && event.key === 's')) event.stopPropagation()
          if (keys[event.key]?.(event)) event.preventDefault()
        }}
        onBlur={() => {
          if (!done.current) state.commit(text)
        }}
      />
      <Portal>
        <div className={styles['below']} style={below(cell)}>
          {slot !== undefined && isTyped(slot) && offered.length === 0 && (
            <CallHint text={text} caret={caret} />
          )}
          {problem !== null && offered.length === 0 && text.length > 1 && (
            <p className={styles['editorProblem']}>{problem}</p>
          )}
          {offered.length > 0 && (
            <ul id={list} role="listbox" aria-label={t('choices')} className={styles['choices']}>
              {offered.map((choice, index) => (
                <li
                  key={choice}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={index === picked}
                  onPointerDown={(event) => {
                    event.preventDefault()
                    leave(() => state.commit(choice))
                  }}
                >
                  {choice}
                </li>
              ))}
            </ul>
          )}
        </div>
      </Portal>
    </div>
  )
}

/** Under the cell, or above it near the end of the screen. */
function below(cell: HTMLElement | null): CSSProperties {
  const place = cell?.getBoundingClientRect()
  if (place === undefined) return { display: 'none' }
  const { left, top, bottom, width } = place
  const room = window.innerHeight - bottom
  return {
    left,
    minWidth: width,
    ...(room < 240 ? { bottom: room + place.height + 2 } : { top: Math.max(bottom, top + 30) + 2 }),
  }
}

/** Where a cell stands in the sheet, px. */
function placeOf(cell: HTMLElement | null): { readonly left: number; readonly top: number } {
  const canvas = cell?.closest('[role=grid]')?.firstElementChild
  if (!cell || !canvas) return { left: 0, top: 0 }
  const [own, all] = [cell.getBoundingClientRect(), canvas.getBoundingClientRect()]
  return { left: own.left - all.left, top: own.top - all.top }
}

import { useEffect, useRef, type ClipboardEvent } from 'react'
import { notifications } from '@mantine/notifications'
import { inSlices } from './in-slices.ts'
import { t } from './messages.ts'
import {
  clearCells,
  planPaste,
  textsOf,
  typeCells,
  typing,
  type PastePlan,
  type Typed,
} from './sheet.ts'
import { parseTsv, printTsv } from './tsv.ts'
import type { SheetState } from './use-sheet.ts'

/** Cells that are pasted within one key press; more are read in slices. */
const atOnce = 5_000
/** Characters; a longer text makes a larger document than the server takes. */
const longest = 8_000_000

const refuse = (message: string): void =>
  void notifications.show({ color: 'red', title: t('pasteNothing'), message })

/** Copy, cut and paste as text with tabs, to and from a spreadsheet. */
export function useClipboard(state: SheetState) {
  const { sheet, area, edit } = state
  const asleep = (event: ClipboardEvent): boolean => event.target !== event.currentTarget
  const long = useLongPaste(state)
  const copy = (event: ClipboardEvent): void => {
    if (asleep(event)) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', printTsv(textsOf(sheet, area)))
  }
  return {
    onCopy: copy,
    onCut: (event: ClipboardEvent): void => {
      copy(event)
      if (!asleep(event)) edit(() => clearCells(sheet, area))
    },
    onPaste: (event: ClipboardEvent): void => {
      if (asleep(event)) return
      event.preventDefault()
      const text = event.clipboardData.getData('text/plain')
      if (text === '') return
      if (text.length > longest) {
        const size = Math.ceil(text.length / 1_000_000)
        refuse(t('pasteTooLong', { size, most: longest / 1_000_000 }))
        return
      }
      const start = { ...area, top: Math.max(0, area.top), left: Math.max(0, area.left) }
      const plan = planPaste(sheet, start, parseTsv(text))
      if ('given' in plan) {
        const { given, room } = plan
        refuse(t('pasteTooWide', { given, room }))
      } else if (plan.entries.length <= atOnce)
        pasted(state, plan, typeCells(plan.table, plan.entries))
      else long(plan)
    },
  }
}

/** The document takes what was pasted, as one step to undo. */
function pasted({ take, select }: SheetState, { area }: PastePlan, typed: Typed): void {
  take(typed)
  const { top, left, bottom, right } = area
  select({ active: { row: top, column: left }, extent: { row: bottom, column: right } })
  if (typed.unread.length > 0)
    notifications.show({
      color: 'yellow',
      title: t('pasteUnread', { count: typed.unread.length }),
      message: t('pasteUnreadText'),
    })
}

/** Reads a large block while the page stays alive; it tells how far it is, and closing what it tells calls it off. */
function useLongPaste(state: SheetState) {
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const now = useRef(state)
  useEffect(() => {
    now.current = state
  }, [state])
  return (plan: PastePlan): void => {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    const id = `paste-${state.table.id}`
    const told = (read: number) => ({
      id,
      loading: true,
      autoClose: false,
      title: t('pasteReading', { count: plan.entries.length }),
      message: t('pasteRead', { percent: Math.round((read / plan.entries.length) * 100) }),
      onClose: () => control.abort(),
    })
    notifications.show(told(0))
    let last = 0
    void inSlices(typing(plan.table, plan.entries), {
      signal: control.signal,
      onPause: (read) => {
        if (read - last < plan.entries.length / 100) return
        last = read
        notifications.update(told(read))
      },
    }).then((typed) => {
      notifications.hide(id)
      if (typed === null) return
      if (now.current.table === state.table) pasted(now.current, plan, typed)
      else refuse(t('pasteChanged'))
    })
  }
}

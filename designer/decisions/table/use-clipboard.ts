import type { ClipboardEvent } from 'react'
import { notifications } from '@mantine/notifications'
import { t } from './messages.ts'
import { clearCells, pasteCells, textsOf } from './sheet.ts'
import { parseTsv, printTsv } from './tsv.ts'
import type { SheetState } from './use-sheet.ts'

/** Copy, cut and paste as text with tabs, to and from a spreadsheet. */
export function useClipboard(state: SheetState) {
  const { sheet, area, edit, take, select } = state
  const asleep = (event: ClipboardEvent): boolean => event.target !== event.currentTarget
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
      const start = { ...area, top: Math.max(0, area.top), left: Math.max(0, area.left) }
      const pasted = pasteCells(sheet, start, parseTsv(text))
      if ('given' in pasted) {
        const { given, room } = pasted
        notifications.show({
          color: 'red',
          title: t('pasteTooWide'),
          message: t('pasteTooWideText', { given, room }),
        })
        return
      }
      take(pasted)
      const { top, left, bottom, right } = pasted.area
      select({ active: { row: top, column: left }, extent: { row: bottom, column: right } })
      if (pasted.unread.length > 0)
        notifications.show({
          color: 'yellow',
          title: t('pasteUnread', { count: pasted.unread.length }),
          message: t('pasteUnreadText'),
        })
    },
  }
}

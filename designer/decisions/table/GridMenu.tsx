import { Menu, Portal } from '@mantine/core'
import {
  IconArrowBarRight,
  IconArrowBarToDown,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconEraser,
  IconFilter,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconTrash,
} from '@tabler/icons-react'
import { t } from './messages.ts'
import { fillDown, fillRight } from './fill.ts'
import { clearCells } from './sheet.ts'
import { deleteRows, duplicateRows, insertRows, shiftRows } from './sheet-keys.ts'
import type { SheetState } from './use-sheet.ts'

export interface GridMenuProps {
  readonly state: SheetState
  readonly place: { readonly x: number; readonly y: number } | null
  readonly onClose: () => void
}

/** What can be done with the selected rows and cells. */
export function GridMenu({ state, place, onClose }: GridMenuProps) {
  const { area, selection, slots, sheet } = state
  const count = area.bottom - area.top + 1
  const slot = slots[selection.active.column]
  const text = state.shownText(selection.active)
  return (
    // The sheet clips what stands in it.
    <Portal>
      <Menu
        opened={place !== null}
        onChange={(opened) => {
          if (!opened) onClose()
        }}
        position="bottom-start"
        returnFocus={false}
      >
        <Menu.Target>
          {/* Only the place at which the menu opens. */}
          <span
            aria-hidden
            style={{ position: 'fixed', left: place?.x ?? 0, top: place?.y ?? 0 }}
          />
        </Menu.Target>
        <Menu.Dropdown miw={220}>
          <Menu.Label>{t('rowsSelected', { count })}</Menu.Label>
          <Menu.Item
            leftSection={<IconRowInsertTop size={14} />}
            onClick={() => insertRows(state, 'above')}
          >
            {t('rowAbove')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRowInsertBottom size={14} />}
            onClick={() => insertRows(state, 'below')}
          >
            {t('rowBelow')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => duplicateRows(state)}>
            {t('rowCopy')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowUp size={14} />}
            rightSection={<kbd>Alt ↑</kbd>}
            onClick={() => shiftRows(state, -1)}
          >
            {t('rowUp')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} />}
            rightSection={<kbd>Alt ↓</kbd>}
            onClick={() => shiftRows(state, 1)}
          >
            {t('rowDown')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconArrowBarToDown size={14} />}
            rightSection={<kbd>Ctrl D</kbd>}
            onClick={() => state.edit(() => fillDown(sheet, area))}
          >
            {t('fillDown')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowBarRight size={14} />}
            rightSection={<kbd>Ctrl R</kbd>}
            onClick={() => state.edit(() => fillRight(sheet, area))}
          >
            {t('fillRight')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconEraser size={14} />}
            rightSection={<kbd>Del</kbd>}
            onClick={() => state.edit(() => clearCells(sheet, area))}
          >
            {t('cellsClear')}
          </Menu.Item>
          {slot !== undefined && text !== '' && text !== '-' && (
            <Menu.Item
              leftSection={<IconFilter size={14} />}
              onClick={() => state.setFilter(slot.id, { by: 'equals', text })}
            >
              {t('filterBy', { text })}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            rightSection={<kbd>Ctrl −</kbd>}
            onClick={() => deleteRows(state)}
          >
            {count > 1 ? t('rowsDelete', { count }) : t('rowDelete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Portal>
  )
}

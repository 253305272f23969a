import type { HTMLAttributes } from 'react'
import { Menu } from '@mantine/core'
import { IconRowInsertBottom, IconRowInsertTop, IconTrash } from '@tabler/icons-react'
import type { Logic } from '#core/graph/flow.ts'
import { addRow, removeRow, setCell, setNote, type Side, type Table } from './edit-table.ts'
import { useEditor } from '../editor-context.ts'
import { FateBadge } from '../FateBadge.tsx'
import { t } from './messages.ts'
import { TableCell } from './TableCell.tsx'
import type { EditTable } from './TableEditor.tsx'
import { pasteCells } from './table-paste.ts'
import { fateOf } from '../try-draft.ts'
import styles from './Table.module.css'

export interface TableRowProps {
  readonly part: Table
  readonly index: number
  readonly edit: EditTable
  readonly row: HTMLAttributes<HTMLElement>
  readonly handle: HTMLAttributes<HTMLElement>
}

export function TableRow({ part, index, edit, row, handle }: TableRowProps) {
  const { outcome } = useEditor()
  const data = part.rows[index]
  if (data === undefined) return null
  const fate = fateOf(outcome, part.id, data.id)
  const cells = (side: Side, logics: readonly Logic[]) =>
    part[side].map((column, at) => {
      const place = { row: index, side, column: at }
      return (
        <TableCell
          key={column.id}
          side={side}
          place={`${index}:${side}:${at}`}
          label={t('cellLabel', { column: column.name || column.id, row: index + 1 })}
          logic={logics[at] ?? null}
          onChange={(logic) =>
            edit((now) => setCell(now, place, logic), `cell:${part.id}:${data.id}:${column.id}`)
          }
          onPaste={(texts) => edit((now) => pasteCells(now, place, texts))}
        />
      )
    })
  return (
    <tr {...row} data-fate={fate?.fate}>
      <td className={styles['number']}>
        <RowMenu part={part} index={index} edit={edit} handle={handle} />
      </td>
      {cells('inputs', data.when)}
      <td className={styles['gap']} />
      {cells('outputs', data.then)}
      <td className={styles['gap']} />
      <td className={styles['note']}>
        <div>
          <input
            aria-label={t('cellLabel', { column: t('note'), row: index + 1 })}
            value={data.note ?? ''}
            onChange={(event) => {
              const note = event.currentTarget.value
              edit((now) => setNote(now, index, note), `note:${part.id}:${data.id}`)
            }}
          />
          <FateBadge fate={fate} />
        </div>
      </td>
    </tr>
  )
}

function RowMenu({ index, edit, handle }: Omit<TableRowProps, 'row'>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={styles['numberButton']}
          aria-label={t('rowMenu', { row: index + 1 })}
          title={t('rowHandle', { row: index + 1 })}
          {...handle}
        >
          {index + 1}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconRowInsertTop size={14} />}
          onClick={() => edit((now) => addRow(now, index))}
        >
          {t('rowAbove')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconRowInsertBottom size={14} />}
          onClick={() => edit((now) => addRow(now, index + 1))}
        >
          {t('rowBelow')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => edit((now) => removeRow(now, index))}
        >
          {t('rowDelete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

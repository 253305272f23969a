import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { t } from '../messages.ts'
import { FileChip } from './FileChip.tsx'
import { canOpen, type ValueRow } from './value-rows.ts'
import styles from './ValueView.module.css'

export interface ValueLineProps {
  readonly id: string
  readonly row: ValueRow
  readonly top: number
  readonly current: boolean
  readonly onToggle: () => void
  readonly onText: () => void
}

/** From this length on a text has a dialog of its own. */
const longText = 120
/** How much of it the line shows, so that the button stays in sight. */
const shownOfLong = 24

function countText(row: ValueRow): string {
  if (row.size === 0) return t('emptyObject')
  return row.kind === 'object'
    ? t('fields', { count: row.size })
    : t('itemsCount', { count: row.size })
}

export function ValueLine({ id, row, top, current, onToggle, onText }: ValueLineProps) {
  const branch = canOpen(row)
  const Chevron = row.open ? IconChevronDown : IconChevronRight
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={current}
      {...(branch ? { 'aria-expanded': row.open } : {})}
      className={styles['line']}
      data-current={current || undefined}
      data-branch={branch || undefined}
      style={{ top, paddingLeft: 4 + row.depth * 16 }}
      onClick={onToggle}
    >
      <span className={styles['chevron']}>{branch && <Chevron size={14} />}</span>
      {row.label !== '' && <span className={styles['key']}>{row.label}</span>}
      <LineValue row={row} onText={onText} />
    </div>
  )
}

function LineValue({ row, onText }: Pick<ValueLineProps, 'row' | 'onText'>) {
  if (row.file !== null) return <FileChip file={row.file} />
  if (row.kind === 'object' || row.kind === 'list' || row.kind === 'range')
    return (
      <span className={styles['quiet']}>
        {countText(row)}
        {!row.open && row.preview !== '' && (
          <span className={styles['preview']}> {row.preview}</span>
        )}
      </span>
    )
  if (row.kind === 'text' && row.size > longText)
    return (
      <>
        <span className={styles['text']}>{row.preview.slice(0, shownOfLong)}…</span>
        <UnstyledButton
          className={styles['whole']}
          onClick={(event) => {
            event.stopPropagation()
            onText()
          }}
        >
          {t('wholeText')} · {t('characters', { count: row.size.toLocaleString('en-IN') })}
        </UnstyledButton>
      </>
    )
  return (
    <span className={styles['text']} data-kind={row.kind}>
      {row.kind === 'text' && row.preview === '' ? '“”' : row.preview}
    </span>
  )
}

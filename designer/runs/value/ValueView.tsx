import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { Json } from '#core/json.ts'
import { t } from '../messages.ts'
import { sizeText } from './file-ref.ts'
import { TextDialog } from './TextDialog.tsx'
import { canOpen, valueRows, type ValueRow } from './value-rows.ts'
import { ValueLine } from './ValueLine.tsx'
import styles from './ValueView.module.css'

export interface ValueViewProps {
  readonly value: Json
  /** Names the tree to a screen reader. */
  readonly label: string
  /** px, beyond which it scrolls inside. @default 360 */
  readonly maxHeight?: number
}

const lineHeight = 24
/** Members up to which the first level of the tree is opened by itself. */
const openedUpTo = 24

/** The paths that are open at first: small objects of the first level. */
function openedAtFirst(value: Json): ReadonlySet<string> {
  const rows = valueRows(value, new Set())
  if (rows.length > openedUpTo) return new Set()
  return new Set(
    rows.filter((row) => canOpen(row) && row.size <= openedUpTo / 2).map((row) => row.path),
  )
}

/** A JSON value as a tree that draws only what is in sight, with its size and a copy of the whole. */
export function ValueView({ value, label, maxHeight = 360 }: ValueViewProps) {
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(() => openedAtFirst(value))
  const [at, setAt] = useState(0)
  const [text, setText] = useState<ValueRow | null>(null)
  const rows = useMemo(() => valueRows(value, open), [value, open])
  const size = useMemo(() => JSON.stringify(value).length, [value])
  const clipboard = useClipboard()
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => rows[index]?.path ?? index,
    overscan: 10,
  })

  const toggle = (row: ValueRow): void => {
    if (!canOpen(row)) return
    const next = new Set(open)
    if (!next.delete(row.path)) next.add(row.path)
    setOpen(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at]
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (to !== undefined) {
      const next = Math.max(0, Math.min(rows.length - 1, to))
      setAt(next)
      lines.scrollToIndex(next)
    } else if (row !== undefined && (event.key === 'Enter' || event.key === ' ')) toggle(row)
    else if (row !== undefined && event.key === 'ArrowRight' && !row.open) toggle(row)
    else if (row !== undefined && event.key === 'ArrowLeft' && row.open) toggle(row)
    else return
    event.preventDefault()
  }

  if (rows.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('emptyObject')}
      </Text>
    )
  return (
    <div className={styles['frame']}>
      <div className={styles['bar']}>
        <span className="num">{sizeText(size)}</span>
        <Tooltip label={clipboard.copied ? t('copied') : t('copyValue')}>
          <ActionIcon
            size={22}
            aria-label={t('copyValue')}
            onClick={() => clipboard.copy(JSON.stringify(value, null, 2))}
          >
            {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      </div>
      <div
        ref={box}
        className={styles['tree']}
        style={{ height: Math.min(maxHeight, rows.length * lineHeight + 8) }}
        role="tree"
        aria-label={label}
        aria-activedescendant={rows[at] === undefined ? undefined : `${label}${rows[at].path}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            return (
              row !== undefined && (
                <ValueLine
                  key={row.path}
                  id={`${label}${row.path}`}
                  row={row}
                  top={start}
                  current={index === at}
                  onToggle={() => {
                    setAt(index)
                    toggle(row)
                  }}
                  onText={() => setText(row)}
                />
              )
            )
          })}
        </div>
      </div>
      {text !== null && <TextDialog row={text} onClose={() => setText(null)} />}
    </div>
  )
}

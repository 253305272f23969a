import { useState } from 'react'
import { CloseButton, Tooltip } from '@mantine/core'
import type { Logic } from '#core/graph/flow.ts'
import { describe } from '#core/logic/describe.ts'
import { cellText, parseCell } from './cell-text.ts'
import { outputText, parseOutput } from './cell-value.ts'
import type { Side } from './edit-table.ts'
import { t } from './messages.ts'
import { cellsOfTsv } from './table-paste.ts'
import styles from './Table.module.css'

export interface TableCellProps {
  readonly side: Side
  /** `row:side:column`, by which the grid finds the next cell. */
  readonly place: string
  readonly label: string
  readonly logic: Logic
  readonly onChange: (logic: Logic) => void
  /** More than one cell was pasted. */
  readonly onPaste: (texts: string[][]) => void
}

/** One cell as text; what one is typing stays until it can be read. */
export function TableCell({ side, place, label, logic, onChange, onPaste }: TableCellProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [focused, setFocused] = useState(false)
  const [text, parse] =
    side === 'inputs' ? [cellText(logic), parseCell] : [outputText(logic), parseOutput]
  const parsed = draft === null ? null : parse(draft)
  const problem = parsed !== null && 'problem' in parsed ? parsed.problem : null
  if (text === null)
    return (
      <td className={styles['cell']} data-side={side}>
        <span className={styles['logic']} title={t('cellLogic')}>
          {describe(logic)}
          <CloseButton size="xs" aria-label={t('cellClear')} onClick={() => onChange(null)} />
        </span>
      </td>
    )
  return (
    <td className={styles['cell']} data-side={side} data-problem={problem !== null || undefined}>
      <Tooltip
        label={problem}
        opened={problem !== null && focused}
        color="red"
        multiline
        w={280}
        position="bottom-start"
      >
        <input
          data-cell={place}
          aria-label={label}
          aria-invalid={problem !== null}
          value={draft ?? text}
          spellCheck={false}
          onFocus={(event) => {
            setFocused(true)
            event.currentTarget.select()
          }}
          onChange={(event) => {
            const next = event.currentTarget.value
            setDraft(next)
            const read = parse(next)
            if ('logic' in read) onChange(read.logic)
          }}
          onBlur={() => {
            setFocused(false)
            if (problem === null) setDraft(null)
          }}
          onPaste={(event) => {
            const texts = cellsOfTsv(event.clipboardData.getData('text/plain'))
            if (texts === null) return
            event.preventDefault()
            setDraft(null)
            onPaste(texts)
          }}
        />
      </Tooltip>
    </td>
  )
}

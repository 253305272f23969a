import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEditor } from '../editor-context.ts'
import { addRows, type Table } from './edit-table.ts'
import { findCells, type Search } from './find.ts'
import { FindBar } from './FindBar.tsx'
import { Grid } from './Grid.tsx'
import { t } from './messages.ts'
import { findingsOfTable, rowMarks } from './row-marks.ts'
import { TableBar } from './TableBar.tsx'
import { TableFindings } from './TableFindings.tsx'
import { useShownCell } from './use-shown-cell.ts'
import { useSheet } from './use-sheet.ts'
import styles from './Table.module.css'

/** A decision table as a spreadsheet. */
export function TableEditor({ part }: { readonly part: Table }) {
  const { analysed, findings, outcome, covered, showFinding } = useEditor()
  const state = useSheet(part)
  useShownCell(part, state)
  const frame = useRef<HTMLDivElement>(null)
  const [finding, setFinding] = useState<'find' | 'replace' | null>(null)
  const [search, setSearch] = useState<Search>({ text: '', exact: false })
  const marks = useMemo(
    () => rowMarks(part.id, { analysed, findings, outcome, covered }),
    [part.id, analysed, findings, outcome, covered],
  )
  const wide = useMemo(
    () => findingsOfTable(analysed, findings, part.id),
    [analysed, findings, part.id],
  )
  const asked = useDeferredValue(finding === null ? '' : search.text)
  const { sheet } = state
  const matches = useMemo(
    () => findCells(sheet, { text: asked, exact: search.exact }),
    [sheet, asked, search.exact],
  )
  const isFound = useMemo(() => {
    if (matches.length === 0) return null
    const keys = new Set(matches.map(({ row, column }) => row * 1e6 + column))
    return (row: number, column: number): boolean => keys.has(row * 1e6 + column)
  }, [matches])
  const focusGrid = (): void => frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus()

  return (
    <div ref={frame} className={styles['table']}>
      <TableBar state={state} onFind={() => setFinding('replace')} />
      {finding !== null && (
        <FindBar
          state={state}
          search={search}
          matches={matches}
          replacing={finding === 'replace'}
          onSearch={setSearch}
          onReplacing={() => setFinding('replace')}
          onClose={() => {
            setFinding(null)
            focusGrid()
          }}
        />
      )}
      <Grid
        state={state}
        marks={marks}
        isFound={isFound}
        onFind={(replacing) => setFinding(replacing ? 'replace' : 'find')}
        onFinding={(row) => {
          const [first] = marks.get(row)?.findings ?? []
          if (first !== undefined) showFinding(first)
        }}
      />
      <TableFindings findings={wide} />
      <Group gap="sm" className={styles['foot'] ?? ''} wrap="nowrap">
        <Button
          flex="none"
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            state.edit((now) => addRows(now, now.rows.length, 1))
            state.select({
              active: { row: state.bounds.rows, column: 0 },
              extent: { row: state.bounds.rows, column: 0 },
            })
            focusGrid()
          }}
        >
          {t('addRow')}
        </Button>
        <span className={styles['quiet']} id={`hint-${part.id}`}>
          {t('tableHint')}
        </span>
      </Group>
    </div>
  )
}

import { useRef, type KeyboardEvent } from 'react'
import { ActionIcon, Button, Group, Select, Tooltip } from '@mantine/core'
import { IconColumnInsertRight, IconPlus } from '@tabler/icons-react'
import { decisionPart } from '#core/graph/decision.ts'
import { ColumnHead } from './ColumnHead.tsx'
import { changePart } from '../edit.ts'
import { addColumn, addRow, moveRow, type Side, type Table } from './edit-table.ts'
import { useEditor } from '../editor-context.ts'
import { t } from './messages.ts'
import { TableRow } from './TableRow.tsx'
import { useReorder } from '../use-reorder.ts'
import styles from './Table.module.css'

const hitPolicies = decisionPart.options[1].shape.hitPolicy.options
const aggregates = ['none', 'sum', 'min', 'max', 'count'] as const

/** A decision table as a grid of texts: Tab sideways, Enter down, the last Enter adds a row. */
export function TableEditor({ part }: { readonly part: Table }) {
  const { change } = useEditor()
  const grid = useRef<HTMLTableElement>(null)
  const edit = (next: (table: Table) => Table, gesture?: string): void =>
    change((all) => changePart(all, part, next), gesture)
  const reorder = useReorder(part.rows.length, (from, to) => edit((now) => moveRow(now, from, to)))

  const onKeyDown = (event: KeyboardEvent): void => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['cell'] : undefined
    if (event.key !== 'Enter' || place === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const [row, column] = splitPlace(place)
    const next = row + (event.shiftKey ? -1 : 1)
    if (next === part.rows.length) edit((now) => addRow(now))
    // The row that was just added is there after the next paint.
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>(`[data-cell="${next}:${column}"]`)?.focus(),
    )
  }

  return (
    <div className={styles['table']}>
      <HitPolicy part={part} edit={edit} />
      <div className={styles['scroll']}>
        <table ref={grid} className={styles['grid']} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th className={styles['corner']} aria-label="#" />
              {part.inputs.map((column, index) => (
                <ColumnHead key={column.id} part={part} side="inputs" index={index} edit={edit} />
              ))}
              <AddColumn side="inputs" edit={edit} />
              {part.outputs.map((column, index) => (
                <ColumnHead key={column.id} part={part} side="outputs" index={index} edit={edit} />
              ))}
              <AddColumn side="outputs" edit={edit} />
              <th className={styles['noteHead']}>{t('note')}</th>
            </tr>
          </thead>
          <tbody>
            {part.rows.map((row, index) => (
              <TableRow
                key={row.id}
                part={part}
                index={index}
                edit={edit}
                row={reorder.row(index)}
                handle={reorder.handle(index)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Group gap="sm" p={8}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => edit((now) => addRow(now))}
        >
          {t('addRow')}
        </Button>
        <span className={styles['hint']}>{t('tableHint')}</span>
      </Group>
    </div>
  )
}

const splitPlace = (place: string): [number, string] => {
  const at = place.indexOf(':')
  return [Number(place.slice(0, at)), place.slice(at + 1)]
}

export type EditTable = (next: (table: Table) => Table, gesture?: string) => void

function AddColumn({ side, edit }: { readonly side: Side; readonly edit: EditTable }) {
  const label = side === 'inputs' ? t('addInput') : t('addOutput')
  return (
    <th className={styles['addColumn']} data-side={side}>
      <Tooltip label={label}>
        <ActionIcon
          size={22}
          aria-label={label}
          onClick={() => edit((now) => addColumn(now, side))}
        >
          <IconColumnInsertRight size={14} />
        </ActionIcon>
      </Tooltip>
    </th>
  )
}

function HitPolicy({ part, edit }: { readonly part: Table; readonly edit: EditTable }) {
  return (
    <Group gap="xs" className={styles['policy'] ?? ''}>
      <Select
        aria-label={t('hitPolicy')}
        data={hitPolicies.map((policy) => ({ value: policy, label: t(`hit_${policy}`) }))}
        value={part.hitPolicy}
        onChange={(next) => {
          const hitPolicy = hitPolicies.find((policy) => policy === next)
          if (hitPolicy !== undefined) edit((now) => ({ ...now, hitPolicy }))
        }}
        allowDeselect={false}
        w={260}
      />
      {part.hitPolicy === 'collect' && (
        <Select
          aria-label={t('aggregate')}
          data={aggregates.map((kind) => ({ value: kind, label: t(`agg_${kind}`) }))}
          value={part.aggregate ?? 'none'}
          onChange={(next) =>
            edit(({ aggregate: _old, ...rest }) => {
              const aggregate = aggregates.find((kind) => kind === next)
              return aggregate === undefined || aggregate === 'none' ? rest : { ...rest, aggregate }
            })
          }
          allowDeselect={false}
          w={120}
        />
      )}
    </Group>
  )
}

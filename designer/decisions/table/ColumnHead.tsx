import { useRef } from 'react'
import {
  Autocomplete,
  Button,
  Divider,
  Input,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import {
  IconChevronDown,
  IconFilter,
  IconFilterFilled,
  IconPin,
  IconTrash,
} from '@tabler/icons-react'
import { tableColumn } from '#core/graph/decision.ts'
import { describe } from '#core/logic/describe.ts'
import { fieldPath } from '../../inspector/expression.ts'
import { FieldSelect } from '../../inspector/condition-builder/FieldSelect.tsx'
import { changeColumn, removeColumn, type Column, type Side, type Table } from './edit-table.ts'
import { useFields } from '../editor-context.ts'
import { t as shared } from '../messages.ts'
import { t } from './messages.ts'
import { cellId, type PlacedColumn } from './GridRow.tsx'
import type { Slot } from './slots.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface ColumnHeadProps {
  readonly state: SheetState
  readonly column: PlacedColumn
  readonly selected: boolean
  readonly active: boolean
}

const acting = ['outcome', 'reason', 'reason_text', 'condition', 'flag']
const types = tableColumn.shape.type.unwrap().options

const sourceOf = (side: Side, column: Column): string => {
  if (side === 'outputs')
    return typeof column.expression === 'string' && column.expression !== ''
      ? column.expression
      : column.id
  return column.expression === null ? t('columnEmpty') : describe(column.expression)
}

/** A column's title and what it tests or gives. The arrow opens both for editing; the edge sets the width. */
export function ColumnHead({ state, column: placed, selected, active }: ColumnHeadProps) {
  const { table, filters, resize } = state
  const { slot, index, left, width, frozen } = placed
  const column = slot.side === 'note' ? undefined : table[slot.side][slot.at]
  const source = column === undefined || slot.side === 'note' ? '' : sourceOf(slot.side, column)
  const name = column === undefined ? slot.name : column.name || source
  const filtered = filters[slot.id] !== undefined
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      id={cellId(table.id, -1, index)}
      className={styles['head']}
      data-row={-1}
      data-column={index}
      data-side={slot.side}
      data-first={slot.at === 0 || undefined}
      data-frozen={frozen || undefined}
      data-selected={selected || undefined}
      data-active={active || undefined}
      style={frozen ? { left, width } : { position: 'absolute', left, width }}
    >
      <div className={styles['headText']} title={source === name ? name : `${name} — ${source}`}>
        <b>{name}</b>
        <span>{source}</span>
      </div>
      <Popover position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton
            data-head
            tabIndex={-1}
            className={styles['headButton'] ?? ''}
            data-filtered={filtered || undefined}
            aria-label={t('column', { name })}
          >
            {filtered ? <IconFilterFilled size={12} /> : <IconChevronDown size={14} />}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <FilterFields state={state} slot={slot} />
            <Divider />
            {column !== undefined && slot.side !== 'note' && (
              <ColumnForm
                part={table}
                side={slot.side}
                index={slot.at}
                column={column}
                edit={state.edit}
              />
            )}
            <Button
              variant="subtle"
              color="gray"
              justify="flex-start"
              leftSection={<IconPin size={14} />}
              onClick={() => state.freeze(state.layout.frozen === index + 1 ? 0 : index + 1)}
            >
              {state.layout.frozen === index + 1 ? t('unfreeze') : t('freeze')}
            </Button>
            {column !== undefined && slot.side !== 'note' && (
              <Button
                variant="subtle"
                color="red"
                justify="flex-start"
                leftSection={<IconTrash size={14} />}
                disabled={table[slot.side].length === 1}
                onClick={() => state.edit((now) => removeColumn(now, slot.side as Side, slot.at))}
              >
                {t('columnDelete')}
              </Button>
            )}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Resizer name={name} width={width} onResize={(next) => resize(slot.id, next)} />
    </div>
  )
}

/** The right edge of a head: dragged, or moved with the arrows. */
function Resizer({
  name,
  width,
  onResize,
}: {
  readonly name: string
  readonly width: number
  readonly onResize: (width: number) => void
}) {
  const begun = useRef<{ x: number; width: number } | null>(null)
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t('resize', { name })}
      className={styles['resizer']}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        begun.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (begun.current !== null) onResize(begun.current.width + event.clientX - begun.current.x)
      }}
      onPointerUp={() => {
        begun.current = null
      }}
    />
  )
}

const ways = ['contains', 'equals'] as const

function FilterFields({ state, slot }: { readonly state: SheetState; readonly slot: Slot }) {
  const filter = state.filters[slot.id]
  const by = filter?.by ?? 'contains'
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        mb={4}
        aria-label={t('filter')}
        data={ways.map((way) => ({ value: way, label: t(`filter_${way}`) }))}
        value={by}
        onChange={(next) =>
          state.setFilter(slot.id, {
            by: ways.find((way) => way === next) ?? 'contains',
            text: filter?.text ?? '',
          })
        }
      />
      <TextInput
        size="xs"
        data-autofocus
        aria-label={t('filterText')}
        placeholder={t('filterText')}
        leftSection={<IconFilter size={12} />}
        value={filter?.text ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value
          state.setFilter(slot.id, text === '' ? null : { by, text })
        }}
      />
    </div>
  )
}

function ColumnForm({
  part,
  side,
  index,
  column,
  edit,
}: {
  readonly part: Table
  readonly side: Side
  readonly index: number
  readonly column: Column
  readonly edit: SheetState['edit']
}) {
  const fields = useFields(part.id)
  const set = (change: Partial<Column>, gesture: string): void =>
    edit(
      (now) => changeColumn(now, side, index, change),
      `column:${part.id}:${column.id}:${gesture}`,
    )
  const titleOf = (path: string): string =>
    fields.find((field) => field.path === path)?.title ?? path
  return (
    <Stack gap="sm">
      {side === 'inputs' ? (
        <Input.Wrapper label={t('columnTests')}>
          <FieldSelect
            path={fieldPath(column.expression) ?? ''}
            fields={fields}
            onChange={(path) =>
              set(
                {
                  expression: path === '' ? null : { var: path },
                  ...(column.name === '' ? { name: titleOf(path) } : {}),
                },
                'expression',
              )
            }
          />
        </Input.Wrapper>
      ) : (
        <Autocomplete
          size="xs"
          label={t('columnGives')}
          description={t('columnGivesHint')}
          data={acting}
          value={typeof column.expression === 'string' ? column.expression : ''}
          onChange={(expression) => set({ expression }, 'expression')}
        />
      )}
      <TextInput
        label={t('columnName')}
        value={column.name}
        onChange={(event) => set({ name: event.currentTarget.value }, 'name')}
      />
      <Select
        label={shared('columnType')}
        data={types.map((type) => ({ value: type, label: shared(`type_${type}`) }))}
        value={column.type}
        onChange={(next) => set({ type: types.find((type) => type === next) ?? 'any' }, 'type')}
        allowDeselect={false}
      />
    </Stack>
  )
}

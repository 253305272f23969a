import {
  Autocomplete,
  Button,
  Input,
  Popover,
  Select,
  Stack,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { tableColumn } from '#core/graph/decision.ts'
import { describe } from '#core/logic/describe.ts'
import { fieldPath } from '../../inspector/expression.ts'
import { FieldSelect } from '../../inspector/condition-builder/FieldSelect.tsx'
import { changeColumn, removeColumn, type Column, type Side, type Table } from './edit-table.ts'
import { useFields } from '../editor-context.ts'
import { t as shared } from '../messages.ts'
import { t } from './messages.ts'
import type { EditTable } from './TableEditor.tsx'
import styles from './Table.module.css'

export interface ColumnHeadProps {
  readonly part: Table
  readonly side: Side
  readonly index: number
  readonly edit: EditTable
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

/** A column's title and what it tests or gives; a click opens both for editing. */
export function ColumnHead({ part, side, index, edit }: ColumnHeadProps) {
  const column = part[side][index]
  if (column === undefined) return null
  const source = sourceOf(side, column)
  return (
    <th className={styles['head']} data-side={side}>
      <Popover position="bottom-start" width={280} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton
            className={styles['headButton'] ?? ''}
            aria-label={t('column', { name: column.name || source })}
          >
            <b>{column.name || source}</b>
            <span>{source}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <ColumnForm part={part} side={side} index={index} column={column} edit={edit} />
        </Popover.Dropdown>
      </Popover>
    </th>
  )
}

function ColumnForm({
  part,
  side,
  index,
  column,
  edit,
}: ColumnHeadProps & { readonly column: Column }) {
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
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={14} />}
        disabled={part[side].length === 1}
        onClick={() => edit((now) => removeColumn(now, side, index))}
      >
        {t('columnDelete')}
      </Button>
    </Stack>
  )
}

import { useState } from 'react'
import {
  Autocomplete,
  Button,
  Group,
  Input,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { tableColumn } from '#core/graph/decision.ts'
import { FieldSelect } from '../../inspector/condition-builder/FieldSelect.tsx'
import { fieldPath } from '../../inspector/expression.ts'
import { useFields } from '../editor-context.ts'
import { LogicInput } from '../LogicInput.tsx'
import { t as shared } from '../messages.ts'
import { outputText, readBare } from './cell-value.ts'
import { changeColumn, type Column, type Side } from './edit-table.ts'
import { t } from './messages.ts'
import type { SheetState } from './use-sheet.ts'

const acting = ['outcome', 'reason', 'reason_text', 'condition', 'flag']
const types = tableColumn.shape.type.unwrap().options

export interface ColumnFormProps {
  readonly state: SheetState
  readonly side: Side
  readonly at: number
}

type Set = (change: Partial<Column>, gesture: string) => void

/** What a column tests or gives, its title, its type, and the values that it may give. */
export function ColumnForm({ state, side, at }: ColumnFormProps) {
  const { table, edit } = state
  const column = table[side][at]
  if (column === undefined) return null
  const set: Set = (change, gesture) =>
    edit((now) => changeColumn(now, side, at, change), `column:${table.id}:${column.id}:${gesture}`)
  return (
    <Stack gap="sm">
      {side === 'inputs' ? (
        <Tested table={table.id} column={column} set={set} />
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
      <Group gap={8} grow align="end">
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
      </Group>
      {side === 'outputs' && (
        <TagsInput
          label={t('columnValues')}
          description={t('columnValuesHint')}
          value={(column.values ?? []).flatMap((value) => outputText(value) ?? [])}
          onChange={(texts) =>
            set({ values: texts.map((text) => readBare(text) ?? text) }, 'values')
          }
        />
      )}
    </Stack>
  )
}

/** The field that a column tests, or what is worked out from fields. */
function Tested({
  table,
  column,
  set,
}: {
  readonly table: string
  readonly column: Column
  readonly set: Set
}) {
  const fields = useFields(table)
  const path = fieldPath(column.expression)
  const [writing, setWriting] = useState(path === null && column.expression !== null)
  const titleOf = (name: string): string =>
    fields.find((field) => field.path === name)?.title ?? name
  return (
    <Input.Wrapper label={t('columnTests')}>
      {writing ? (
        <LogicInput
          label={t('columnExpression')}
          value={column.expression}
          onChange={(expression) => set({ expression }, 'expression')}
        />
      ) : (
        <FieldSelect
          path={path ?? ''}
          fields={fields}
          onChange={(next) =>
            set(
              {
                expression: next === '' ? null : { var: next },
                ...(column.name === '' ? { name: titleOf(next) } : {}),
              },
              'expression',
            )
          }
        />
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        mt={4}
        disabled={writing && path === null && column.expression !== null}
        onClick={() => setWriting(!writing)}
      >
        {writing ? t('columnByField') : t('columnByText')}
      </Button>
    </Input.Wrapper>
  )
}

import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Logic } from '#core/graph/flow.ts'
import { ExpressionInput } from '../../inspector/ExpressionInput.tsx'
import { useFields } from '../editor-context.ts'
import { t } from './messages.ts'
import styles from './Parts.module.css'

export interface NamedField {
  readonly name: string
  readonly value: Logic
}

export interface FieldListProps {
  readonly part: string
  readonly fields: readonly NamedField[]
  readonly add: string
  readonly onChange: (fields: NamedField[], gesture?: string) => void
}

/** Fields with the expressions that give their values. */
export function FieldList({ part, fields, add, onChange }: FieldListProps) {
  const scope = useFields(part)
  const put = (index: number, field: NamedField, gesture: string): void =>
    onChange(fields.with(index, field), `${index}:${gesture}`)
  return (
    <>
      {fields.map((field, index) => (
        // A field's place is what one edits; its name changes with every letter.
        <div key={index} className={styles['field']}>
          <TextInput
            label={t('fieldName')}
            value={field.name}
            onChange={(event) => put(index, { ...field, name: event.currentTarget.value }, 'name')}
          />
          <ExpressionInput
            label={t('value')}
            schema={{}}
            required
            value={field.value ?? undefined}
            fields={scope}
            onChange={(next) => put(index, { ...field, value: next ?? null }, 'value')}
          />
          <ActionIcon
            mt={24}
            aria-label={t('removeField', { name: field.name })}
            onClick={() => onChange(fields.toSpliced(index, 1))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...fields, { name: '', value: null }])}
        >
          {add}
        </Button>
      </div>
    </>
  )
}

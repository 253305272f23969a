import { Stack, Text } from '@mantine/core'
import { isObject, type Json } from '#core/json.ts'
import { Field } from './Field.tsx'
import type { SchemaFormProps } from './field-props.ts'
import { t } from './messages.ts'
import { propertiesOf } from './schema-kind.ts'

/** A form made from a JSON Schema. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, onChange, errors = {}, hidden = [], at = '' } = props
  const record: Record<string, Json> = isObject(value) ? (value as Record<string, Json>) : {}
  const required = Array.isArray(schema['required']) ? (schema['required'] as Json[]) : []
  const shown = propertiesOf(schema).filter(
    ([name, each]) => !hidden.includes(name) && each['const'] === undefined,
  )
  if (shown.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {t('nothing')}
      </Text>
    )
  return (
    <Stack gap={12}>
      {shown.map(([name, each]) => (
        <Field
          key={name}
          name={name}
          at={`${at}/${name}`}
          schema={each}
          required={required.includes(name)}
          Form={SchemaForm}
          value={record[name]}
          errors={errors}
          onChange={(next, path) => {
            const { [name]: _, ...rest } = record
            onChange(next === undefined ? rest : { ...record, [name]: next }, path)
          }}
        />
      ))}
    </Stack>
  )
}

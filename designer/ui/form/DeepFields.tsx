import { Fieldset, Input } from '@mantine/core'
import type { Json } from '#core/json.ts'
import { ConditionBuilder } from '../../inspector/condition-builder/ConditionBuilder.tsx'
import { JsonInput } from '../JsonInput.tsx'
import { t } from '../../inspector/condition-builder/messages.ts'
import { labelProps, type FieldProps } from './field-props.ts'
import { useForm } from './form-context.ts'
import { titleOf } from './schema-kind.ts'

const wrapper = (props: FieldProps) => {
  const { name: _, ...rest } = labelProps(props)
  return { ...rest, size: 'xs', labelElement: 'div' } as const
}

export function LogicField(props: FieldProps) {
  const { fields } = useForm()
  const { value, onChange, at, required } = props
  return (
    <Input.Wrapper {...wrapper(props)}>
      <ConditionBuilder
        value={value ?? null}
        onChange={(next) => onChange(next === null && !required ? undefined : next, at)}
        fields={fields}
        {...(required ? {} : { whenEmpty: t('always') })}
      />
    </Input.Wrapper>
  )
}

const anySchema = { type: 'object' }

export function SchemaField(props: FieldProps) {
  const { value, onChange, at } = props
  return (
    <Input.Wrapper {...wrapper(props)}>
      <JsonInput
        value={value ?? { type: 'object', properties: {} }}
        schema={anySchema}
        lines={12}
        onChange={(next) => onChange(next, at)}
      />
    </Input.Wrapper>
  )
}

export function JsonField(props: FieldProps) {
  const { schema, value, onChange, at } = props
  return (
    <Input.Wrapper {...wrapper(props)}>
      <JsonInput
        value={value ?? (schema['type'] === 'array' ? [] : schema['type'] === 'object' ? {} : null)}
        schema={schema}
        lines={6}
        onChange={(next) => onChange(next, at)}
      />
    </Input.Wrapper>
  )
}

export function ObjectField(props: FieldProps) {
  const { schema, name, value, errors, onChange, at, Form } = props
  return (
    <Fieldset legend={titleOf(schema, name)} p={12} radius="sm">
      <Form
        schema={schema}
        value={(value ?? {}) as Json}
        errors={errors}
        at={at}
        onChange={(next, path) => onChange(next, path)}
      />
    </Fieldset>
  )
}

import type { ComponentType } from 'react'
import type { FieldProps } from './field-props.ts'
import {
  ChoiceField,
  DateField,
  DurationField,
  LongTextField,
  NumberField,
  RefField,
  SwitchField,
  TextField,
  TextsField,
} from './PlainFields.tsx'
import { FileField } from './FileField.tsx'
import { ItemsField } from './ItemsField.tsx'
import { JsonField, LogicField, ObjectField, SchemaField } from './DeepFields.tsx'
import { kindOf, type FieldKind } from './schema-kind.ts'

const fields: Record<FieldKind, ComponentType<FieldProps>> = {
  logic: LogicField,
  schema: SchemaField,
  ref: RefField,
  file: FileField,
  choice: ChoiceField,
  switch: SwitchField,
  number: NumberField,
  duration: DurationField,
  date: DateField,
  text: TextField,
  longText: LongTextField,
  texts: TextsField,
  items: ItemsField,
  object: ObjectField,
  json: JsonField,
}

/** One value of a form, shown as its schema asks. */
export function Field(props: FieldProps) {
  const Component = fields[kindOf(props.schema)]
  return <Component {...props} />
}

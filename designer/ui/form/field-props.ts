import type { ComponentType } from 'react'
import type { Json, JsonSchema } from '#core/json.ts'
import { titleOf } from './schema-kind.ts'

export interface SchemaFormProps {
  /** Of type object. */
  readonly schema: JsonSchema
  readonly value: Json
  /** Called with the whole value at every change; `path` names the field that changed. */
  readonly onChange: (value: Record<string, Json>, path: string) => void
  /** By path, `/loan/amount`: what is wrong with it. */
  readonly errors?: Readonly<Record<string, string>>
  /** Fields that are shown elsewhere. */
  readonly hidden?: readonly string[]
  /** Where the form's value lies in the whole. @default '' */
  readonly at?: string
}

export interface FieldProps {
  readonly name: string
  /** JSON pointer from the form's root. */
  readonly at: string
  readonly schema: JsonSchema
  readonly required: boolean
  /** undefined where it is not set */
  readonly value: Json | undefined
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (value: Json | undefined, path: string) => void
  /** The form itself, for what lies inside this field. */
  readonly Form: ComponentType<SchemaFormProps>
}

/** What every input of a field says of itself. */
export const labelProps = ({ schema, name, required, errors, at }: FieldProps) => ({
  label: titleOf(schema, name),
  description: typeof schema['description'] === 'string' ? schema['description'] : undefined,
  withAsterisk: required,
  error: errors[at],
  name: at,
})

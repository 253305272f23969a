import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { plainText, type Json } from '#core/json.ts'
import { labelProps, type FieldProps } from './field-props.ts'
import { useForm } from './form-context.ts'
import { t } from './messages.ts'
import { wordsOf } from './schema-kind.ts'

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const hint = (schema: FieldProps['schema']): string => {
  const example: Json | undefined = Array.isArray(schema['examples'])
    ? (schema['examples'] as Json[])[0]
    : schema['default']
  return typeof example === 'string' || typeof example === 'number' ? String(example) : ''
}

export function TextField(props: FieldProps) {
  const { value, onChange, at, schema } = props
  return (
    <TextInput
      {...labelProps(props)}
      placeholder={hint(schema)}
      value={text(value)}
      onChange={(event) => {
        const next = event.currentTarget.value
        onChange(next === '' && !props.required ? undefined : next, at)
      }}
    />
  )
}

export function LongTextField(props: FieldProps) {
  const { value, onChange, at } = props
  return (
    <Textarea
      {...labelProps(props)}
      autosize
      minRows={3}
      maxRows={12}
      value={text(value)}
      onChange={(event) => onChange(event.currentTarget.value, at)}
    />
  )
}

const isDuration = (value: string): boolean => /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(value)

export function DurationField(props: FieldProps) {
  const { value, onChange, at, schema } = props
  const label = labelProps(props)
  const wrong = text(value) !== '' && !isDuration(text(value))
  return (
    <TextInput
      {...label}
      placeholder={hint(schema) || t('durationHint')}
      error={label.error ?? (wrong ? t('durationWrong') : undefined)}
      value={text(value)}
      onChange={(event) => {
        const next = event.currentTarget.value.trim()
        onChange(next === '' ? undefined : next, at)
      }}
    />
  )
}

export function DateField(props: FieldProps) {
  const { value, onChange, at } = props
  return (
    <TextInput
      {...labelProps(props)}
      type="date"
      value={text(value)}
      onChange={(event) => onChange(event.currentTarget.value || undefined, at)}
    />
  )
}

export function NumberField(props: FieldProps) {
  const { schema, value, onChange, at } = props
  const bound = (key: string) =>
    typeof schema[key] === 'number' ? { [key.slice(0, 3)]: schema[key] } : {}
  return (
    <NumberInput
      {...labelProps(props)}
      {...bound('minimum')}
      {...bound('maximum')}
      placeholder={hint(schema)}
      allowDecimal={schema['type'] !== 'integer'}
      thousandSeparator=","
      thousandsGroupStyle="lakh"
      hideControls
      clampBehavior="none"
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined, at)}
    />
  )
}

export function SwitchField(props: FieldProps) {
  const { schema, value, onChange, at } = props
  const { withAsterisk: _, ...label } = labelProps(props)
  return (
    <Switch
      {...label}
      checked={value === undefined ? schema['default'] === true : value === true}
      onChange={(event) => onChange(event.currentTarget.checked, at)}
    />
  )
}

export function ChoiceField(props: FieldProps) {
  const { schema, value, required, onChange, at } = props
  const options = schema['enum'] as readonly Json[]
  return (
    <Select
      {...labelProps(props)}
      placeholder={hint(schema) || t('choose')}
      clearable={!required}
      allowDeselect={!required}
      value={value === undefined ? null : plainText(value)}
      data={options.map((option) => ({
        value: plainText(option),
        label: wordsOf(plainText(option)),
      }))}
      onChange={(next) =>
        onChange(
          options.find((option) => plainText(option) === next),
          at,
        )
      }
    />
  )
}

export function RefField(props: FieldProps) {
  const { schema, value, required, onChange, at } = props
  const { choices } = useForm()
  const known = choices(plainText(schema['x-ref'] ?? null))
  const current = text(value)
  const lost = current !== '' && !known.some((choice) => choice.value === current)
  return (
    <Select
      {...labelProps(props)}
      searchable
      placeholder={t('choose')}
      nothingFoundMessage={t('refNone')}
      clearable={!required}
      value={current === '' ? null : current}
      data={lost ? [...known, { value: current, label: current }] : [...known]}
      onChange={(next) => onChange(next ?? undefined, at)}
    />
  )
}

export function TextsField(props: FieldProps) {
  const { value, onChange, at } = props
  return (
    <TagsInput
      {...labelProps(props)}
      size="xs"
      placeholder={t('textsHint')}
      value={Array.isArray(value) ? (value as Json[]).map(String) : []}
      onChange={(next) => onChange(next, at)}
    />
  )
}

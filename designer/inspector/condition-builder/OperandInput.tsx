import { ActionIcon, NumberInput, Select, TagsInput, TextInput, Tooltip } from '@mantine/core'
import { IconAbc, IconVariable } from '@tabler/icons-react'
import { plainText, type Json } from '#core/json.ts'
import type { Operand } from './condition.ts'
import { FieldSelect } from './FieldSelect.tsx'
import { LogicText } from './LogicText.tsx'
import { t } from './messages.ts'
import type { ScopeField } from './scope-field.ts'
import styles from './ConditionBuilder.module.css'

export interface OperandInputProps {
  readonly operand: Operand
  /** The field that it is compared with: its type chooses the input. */
  readonly against: ScopeField | undefined
  readonly fields: readonly ScopeField[]
  readonly disabled: boolean
  readonly onChange: (operand: Operand) => void
}

const typed = (text: string, against: ScopeField | undefined): Json => {
  if (text === '') return null
  const number = Number(text)
  const wantsNumber = against === undefined || against.type === 'any' || against.type === 'number'
  return wantsNumber && Number.isFinite(number) ? number : text
}

function ValueInput({
  value,
  against,
  disabled,
  onChange,
}: {
  readonly value: Json
  readonly against: ScopeField | undefined
  readonly disabled: boolean
  readonly onChange: (value: Json) => void
}) {
  const common = { 'aria-label': t('value'), disabled, className: styles['value'] ?? '' }
  if (Array.isArray(value))
    return (
      <TagsInput
        {...common}
        size="xs"
        placeholder={value.length === 0 ? t('listPlaceholder') : ''}
        value={value.map(String)}
        data={(against?.options ?? []).map(String)}
        onChange={(tags) => onChange(tags.map((tag) => typed(tag, against)))}
      />
    )
  if (against?.type === 'boolean')
    return (
      <Select
        {...common}
        value={value === null ? null : plainText(value)}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        onChange={(next) => onChange(next === null ? null : next === 'true')}
      />
    )
  if (against?.options !== undefined)
    return (
      <Select
        {...common}
        searchable
        value={value === null ? null : plainText(value)}
        data={against.options.map(plainText)}
        onChange={(next) =>
          onChange(against.options?.find((option) => plainText(option) === next) ?? null)
        }
      />
    )
  if (against?.type === 'number')
    return (
      <NumberInput
        {...common}
        placeholder={t('valuePlaceholder')}
        hideControls
        thousandSeparator=","
        thousandsGroupStyle="lakh"
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      />
    )
  return (
    <TextInput
      {...common}
      placeholder={t('valuePlaceholder')}
      type={against?.type === 'date' ? 'date' : 'text'}
      value={
        value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : plainText(value)
      }
      onChange={(event) => onChange(typed(event.currentTarget.value, against))}
    />
  )
}

/** What a test compares with: a value of the field's type, another field, or a calculation. */
export function OperandInput({ operand, against, fields, disabled, onChange }: OperandInputProps) {
  if (operand.kind === 'logic')
    return (
      <LogicText
        value={operand.logic}
        fields={fields}
        sample={null}
        onChange={(logic) => onChange({ kind: 'logic', logic })}
      />
    )
  const isField = operand.kind === 'field'
  const label = isField ? t('useValue') : t('useField')
  return (
    <div className={styles['operand']}>
      {isField ? (
        <FieldSelect
          path={operand.path}
          fields={fields}
          disabled={disabled}
          onChange={(path) => onChange({ kind: 'field', path })}
        />
      ) : (
        <ValueInput
          value={operand.value}
          against={against}
          disabled={disabled}
          onChange={(value) => onChange({ kind: 'value', value })}
        />
      )}
      {!disabled && (
        <Tooltip label={label}>
          <ActionIcon
            size={24}
            aria-label={label}
            onClick={() =>
              onChange(isField ? { kind: 'value', value: null } : { kind: 'field', path: '' })
            }
          >
            {isField ? <IconAbc size={14} /> : <IconVariable size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}

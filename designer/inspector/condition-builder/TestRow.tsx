import { useState } from 'react'
import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { printFeel } from '#core/logic/feel/print.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import { fitOperands, fromCondition, testsFor, type Condition, type Operand } from './condition.ts'
import { FieldSelect } from './FieldSelect.tsx'
import { LogicText } from './LogicText.tsx'
import { t } from './messages.ts'
import { OperandInput } from './OperandInput.tsx'
import type { ScopeField } from './scope-field.ts'
import styles from './ConditionBuilder.module.css'

export interface TestRowProps {
  readonly condition: Exclude<Condition, { kind: 'group' }>
  readonly fields: readonly ScopeField[]
  readonly disabled: boolean
  readonly onChange: (condition: Condition) => void
  readonly onRemove: () => void
}

/** One comparison: a field, an operator, and what it is compared with. */
export function TestRow({ condition, fields, disabled, onChange, onRemove }: TestRowProps) {
  const remove = !disabled && (
    <ActionIcon size={24} aria-label={t('removeTest')} onClick={onRemove}>
      <IconX size={14} />
    </ActionIcon>
  )
  // What is begun as a text stays one while it is written, though it reads as a comparison meanwhile.
  const [asText] = useState(condition.kind === 'logic')
  if (asText || condition.kind === 'logic')
    return (
      <div className={styles['test']}>
        <div className={styles['parts']}>
          <LogicText
            value={fromCondition(condition)}
            fields={fields}
            sample={null}
            onChange={(logic) => onChange({ kind: 'logic', logic })}
          />
        </div>
        {remove}
      </div>
    )
  const { operator, operands } = condition
  const [left, ...right] = operands
  const field = left?.kind === 'field' ? fields.find((each) => each.path === left.path) : undefined
  const setOperand = (index: number, operand: Operand): void =>
    onChange({ ...condition, operands: operands.with(index, operand) })
  const choices = testsFor(field?.type ?? 'any')
  const offered = choices.includes(operator) ? choices : [operator, ...choices]
  return (
    <div className={styles['test']}>
      <div className={styles['parts']}>
        {left?.kind === 'field' ? (
          <FieldSelect
            path={left.path}
            fields={fields}
            disabled={disabled}
            onChange={(path) => setOperand(0, { kind: 'field', path })}
          />
        ) : (
          <code className={styles['calculation']} title={t('calculation')}>
            {printFeel(plain(left)) ?? JSON.stringify(plain(left))}
          </code>
        )}
        <div className={styles['line']}>
          <Select
            className={styles['operator'] ?? ''}
            aria-label={t('operator')}
            disabled={disabled}
            allowDeselect={false}
            value={operator}
            data={offered.map((id) => ({ value: id, label: operators[id].title }))}
            comboboxProps={{ width: 180, position: 'bottom-start' }}
            onChange={(next) => {
              const id = (next ?? operator) as OperatorId
              onChange({ kind: 'test', operator: id, operands: fitOperands(id, operands) })
            }}
          />
          {right.map((operand, index) => (
            <OperandInput
              key={index}
              operand={operand}
              against={field}
              fields={fields}
              disabled={disabled}
              onChange={(next) => setOperand(index + 1, next)}
            />
          ))}
        </div>
      </div>
      {remove}
    </div>
  )
}

const plain = (operand: Operand | undefined) => {
  if (operand === undefined) return null
  if (operand.kind === 'logic') return operand.logic
  return operand.kind === 'value' ? operand.value : { var: operand.path }
}

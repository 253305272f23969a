import { useState } from 'react'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconForms, IconFunction } from '@tabler/icons-react'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonObject } from '#core/json.ts'
import { LogicText } from './LogicText.tsx'
import { GroupRow } from './GroupRow.tsx'
import { fromCondition, toCondition, type Condition } from './condition.ts'
import { t } from './messages.ts'
import type { ScopeField } from './scope-field.ts'
import styles from './ConditionBuilder.module.css'

export interface ConditionBuilderProps {
  /** Stored logic; null for none yet. */
  readonly value: Logic
  readonly onChange: (value: Logic) => void
  /** What can be read here. */
  readonly fields: readonly ScopeField[]
  readonly disabled?: boolean
  /** What no condition means here. @default it is never met */
  readonly whenEmpty?: string
  /** What the names are for a chosen sample, for the value beside a text. @default null */
  readonly sample?: JsonObject | null
}

const asGroup = (condition: Condition): Condition & { readonly kind: 'group' } => {
  if (condition.kind === 'group') return condition
  const none = condition.kind === 'logic' && condition.logic === null
  return { kind: 'group', join: 'all_of', items: none ? [] : [condition] }
}

/** A group of one test is stored as that test alone, an empty one as null. */
const trimmed = (group: Condition & { readonly kind: 'group' }): Logic => {
  const [only, ...more] = group.items
  if (only === undefined) return null
  return more.length === 0 ? fromCondition(only) : fromCondition(group)
}

/** Writes a condition by picking fields and operators; as FEEL text where one prefers it. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { value, onChange, fields, disabled = false, whenEmpty = t('never'), sample = null } = props
  const [asText, setAsText] = useState(false)
  const [join, setJoin] = useState<'all_of' | 'any_of'>('all_of')
  const condition = toCondition(value)
  const whole = asGroup(condition)
  const group = condition.kind === 'group' ? whole : { ...whole, join }
  const label = asText ? t('asForm') : t('asText')
  return (
    <div className={styles['builder']}>
      <Tooltip label={label}>
        <ActionIcon
          className={styles['mode'] ?? ''}
          size={24}
          aria-label={label}
          onClick={() => setAsText(!asText)}
        >
          {asText ? <IconForms size={14} /> : <IconFunction size={14} />}
        </ActionIcon>
      </Tooltip>
      {asText ? (
        <LogicText value={value} fields={fields} sample={sample} onChange={onChange} />
      ) : (
        <GroupRow
          group={group}
          fields={fields}
          top
          disabled={disabled}
          whenEmpty={whenEmpty}
          onChange={(next) => {
            setJoin(next.join)
            onChange(trimmed(next))
          }}
        />
      )}
    </div>
  )
}

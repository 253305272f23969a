import { ActionIcon, Button, Group, SegmentedControl } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Condition } from './condition.ts'
import { t } from './messages.ts'
import type { ScopeField } from './scope-field.ts'
import { TestRow } from './TestRow.tsx'
import styles from './ConditionBuilder.module.css'

type GroupCondition = Condition & { readonly kind: 'group' }

export interface GroupRowProps {
  readonly group: GroupCondition
  readonly fields: readonly ScopeField[]
  readonly top: boolean
  readonly disabled: boolean
  readonly whenEmpty: string
  readonly onChange: (group: GroupCondition) => void
  readonly onRemove?: () => void
}

const emptyTest: Condition = {
  kind: 'test',
  operator: 'eq',
  operands: [
    { kind: 'field', path: '' },
    { kind: 'value', value: null },
  ],
}

/** Conditions that hold together: all of them, or any. */
export function GroupRow(props: GroupRowProps) {
  const { group, fields, top, disabled, whenEmpty, onChange, onRemove } = props
  const { items, join } = group
  const put = (index: number, next: Condition): void =>
    onChange({ ...group, items: items.with(index, next) })
  const remove = (index: number): void => onChange({ ...group, items: items.toSpliced(index, 1) })
  return (
    <div className={top ? styles['top'] : styles['group']}>
      {(items.length > 1 || !top) && (
        <Group gap={4} wrap="nowrap" mb={4}>
          <SegmentedControl
            size="xs"
            aria-label={t('join')}
            disabled={disabled}
            value={join}
            onChange={(next) => onChange({ ...group, join: next as GroupCondition['join'] })}
            data={[
              { value: 'all_of', label: t('all') },
              { value: 'any_of', label: t('any') },
            ]}
          />
          {onRemove !== undefined && (
            <ActionIcon size={24} aria-label={t('removeGroup')} onClick={onRemove} ml="auto">
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
      )}
      {items.length === 0 && <p className={styles['none']}>{whenEmpty}</p>}
      {items.map((item, index) =>
        item.kind === 'group' ? (
          <GroupRow
            // Conditions have no identity but their place.
            key={index}
            group={item}
            fields={fields}
            top={false}
            disabled={disabled}
            whenEmpty={whenEmpty}
            onChange={(next) => put(index, next)}
            onRemove={() => remove(index)}
          />
        ) : (
          <TestRow
            key={index}
            condition={item}
            fields={fields}
            disabled={disabled}
            onChange={(next) => put(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      {!disabled && (
        <Group gap={4} mt={4}>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={12} />}
            onClick={() => onChange({ ...group, items: [...items, emptyTest] })}
          >
            {t('addTest')}
          </Button>
          {items.length > 0 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              onClick={() =>
                onChange({
                  ...group,
                  items: [
                    ...items,
                    {
                      kind: 'group',
                      join: join === 'all_of' ? 'any_of' : 'all_of',
                      items: [emptyTest],
                    },
                  ],
                })
              }
            >
              {t('addGroup')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}

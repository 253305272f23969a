import { Group, Input, NumberInput, TextInput } from '@mantine/core'
import type { Rule } from '#core/graph/decision.ts'
import { ConditionBuilder } from '../inspector/condition-builder/ConditionBuilder.tsx'
import { ActionList } from './ActionList.tsx'
import { changePart, type Part } from './edit.ts'
import { changeRule } from './edit-rules.ts'
import { useEditor, useFields, useScope } from './editor-context.ts'
import { t } from './messages.ts'
import styles from './Rules.module.css'

export interface RuleFormProps {
  readonly part: Part<'rules'>
  readonly rule: Rule
  readonly onChange: (part: Partial<Rule>) => void
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** What a day field shows, where its text is no day, which the field itself leaves empty, or the days are turned round. */
function dayProblem({ validFrom, validTo }: Rule, key: 'validFrom' | 'validTo'): string | null {
  const text = key === 'validFrom' ? validFrom : validTo
  if (text === undefined) return null
  if (!isDay(text)) return t('dayBad', { text })
  return key === 'validTo' && validFrom !== undefined && isDay(validFrom) && text < validFrom
    ? t('dayBefore')
    : null
}

/** Everything of one rule: its condition, what it does, and from when to when it holds. */
export function RuleForm({ part, rule, onChange }: RuleFormProps) {
  const { change } = useEditor()
  const fields = useFields(part.id)
  const scope = useScope()
  const typed = (field: string, next: (rule: Rule) => Rule): void =>
    change(
      (all) => changePart(all, part, (now) => changeRule(now, rule.id, next)),
      `rule:${part.id}:${rule.id}:${field}`,
    )
  return (
    <div className={styles['form']}>
      <Group gap="sm" align="start">
        <TextInput
          label={t('ruleName')}
          value={rule.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            typed('name', (each) => ({ ...each, name }))
          }}
          style={{ flex: 1, minWidth: 200 }}
        />
        <NumberInput
          label={t('rulePriority')}
          title={t('rulePriorityHint')}
          value={rule.priority}
          onChange={(value) =>
            typed('priority', (each) => ({ ...each, priority: Math.trunc(Number(value) || 0) }))
          }
          allowDecimal={false}
          w={90}
        />
        {(['validFrom', 'validTo'] as const).map((key) => (
          <TextInput
            key={key}
            type="date"
            label={key === 'validFrom' ? t('ruleFrom') : t('ruleTo')}
            title={t('ruleDays')}
            value={rule[key] ?? ''}
            error={dayProblem(rule, key)}
            onChange={(event) => {
              const day = event.currentTarget.value
              typed(key, (each) => {
                const { [key]: _old, ...rest } = each
                return day === '' ? rest : { ...rest, [key]: day }
              })
            }}
            w={150}
          />
        ))}
        <TextInput
          label={t('ruleTenant')}
          placeholder={t('ruleTenantAll')}
          title={t('ruleTenantHint')}
          value={rule.tenant ?? ''}
          onChange={(event) => {
            const tenant = event.currentTarget.value.trim()
            typed('tenant', ({ tenant: _old, ...rest }) =>
              tenant === '' ? rest : { ...rest, tenant },
            )
          }}
          w={120}
        />
      </Group>
      <Input.Wrapper label={t('ruleWhen')}>
        <ConditionBuilder
          value={rule.when}
          onChange={(when) => typed('when', (each) => ({ ...each, when }))}
          fields={fields}
          sample={scope}
        />
      </Input.Wrapper>
      <ActionList
        actions={rule.then}
        name={`${part.id}:${rule.id}`}
        onChange={(then) => onChange({ then })}
        onType={(then) => typed('then', (each) => ({ ...each, then }))}
      />
    </div>
  )
}

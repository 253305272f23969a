import type { ReactNode } from 'react'
import { Select, TextInput } from '@mantine/core'
import { outcomes } from '#core/decision/severity.ts'
import type { RuleAction } from '#core/graph/decision.ts'
import { LogicInput } from './LogicInput.tsx'
import { t } from './messages.ts'

type Fields = {
  readonly [K in RuleAction['do']]: (
    action: Extract<RuleAction, { do: K }>,
    onChange: (action: RuleAction) => void,
  ) => ReactNode
}

const text = (
  label: string,
  value: string,
  set: (value: string) => void,
  width?: number,
): ReactNode => (
  <TextInput
    aria-label={label}
    placeholder={label}
    value={value}
    onChange={(event) => set(event.currentTarget.value)}
    style={width === undefined ? { flex: 1 } : { width }}
  />
)

const fieldsOf: Fields = {
  outcome: (action, onChange) => (
    <Select
      aria-label={t('do_outcome')}
      data={outcomes.map((outcome) => ({ value: outcome, label: t(`outcome_${outcome}`) }))}
      value={action.outcome}
      onChange={(next) => {
        const outcome = outcomes.find((each) => each === next)
        if (outcome !== undefined) onChange({ ...action, outcome })
      }}
      allowDeselect={false}
      w={220}
    />
  ),
  reason: (action, onChange) => (
    <>
      {text(t('reasonCode'), action.code, (code) => onChange({ ...action, code }), 220)}
      {text(t('reasonText'), action.text, (words) => onChange({ ...action, text: words }))}
    </>
  ),
  condition: (action, onChange) =>
    text(t('conditionText'), action.text, (words) => onChange({ ...action, text: words })),
  set: (action, onChange) => (
    <>
      {text(t('setField'), action.field, (field) => onChange({ ...action, field }), 160)}
      <LogicInput
        label={t('setValue')}
        value={action.value}
        onChange={(value) => onChange({ ...action, value })}
      />
    </>
  ),
  adjust: (action, onChange) => (
    <>
      <Select
        aria-label={t('adjustTarget')}
        data={[
          { value: 'limit', label: t('adjustLimit') },
          { value: 'rate', label: t('adjustRate') },
        ]}
        value={action.target}
        onChange={(target) => onChange({ ...action, target: target === 'rate' ? 'rate' : 'limit' })}
        allowDeselect={false}
        w={140}
      />
      <LogicInput
        label={t('setValue')}
        value={action.by}
        onChange={(by) => onChange({ ...action, by })}
      />
    </>
  ),
  flag: (action, onChange) =>
    text(t('flagName'), action.flag, (flag) => onChange({ ...action, flag }), 220),
}

export interface ActionFieldsProps {
  readonly action: RuleAction
  readonly onChange: (action: RuleAction) => void
}

/** What one action needs to know. */
export function ActionFields({ action, onChange }: ActionFieldsProps): ReactNode {
  // The kind selects the fields of that kind; the compiler cannot see that the two belong together.
  const fields = fieldsOf[action.do] as (
    action: RuleAction,
    onChange: (action: RuleAction) => void,
  ) => ReactNode
  return fields(action, onChange)
}

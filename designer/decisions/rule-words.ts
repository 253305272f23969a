import type { Rule, RuleAction } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { describe, type FieldName } from '#core/logic/describe.ts'
import { t } from './messages.ts'

/** A rule's condition as a plain sentence; empty where it has none. */
export const conditionWords = (rule: Pick<Rule, 'when'>, nameOf?: FieldName): string =>
  rule.when === null ? '' : rule.when === true ? t('ruleAlways') : describe(rule.when, nameOf)

type Say = { readonly [K in RuleAction['do']]: (action: Extract<RuleAction, { do: K }>) => string }

const say: Say = {
  outcome: ({ outcome }) => t(`outcome_${outcome}`),
  reason: ({ code }) => t('say_reason', { code: code || '…' }),
  condition: ({ text }) => t('say_condition', { text: text || '…' }),
  set: ({ field, value }) => t('say_set', { field: field || '…', value: describe(value) }),
  adjust: ({ target, by }) => t(`say_adjust_${target}`, { by: signed(by) }),
  flag: ({ flag }) => t('say_flag', { flag: flag || '…' }),
}

const signed = (by: Logic): string =>
  typeof by === 'number'
    ? by > 0
      ? `+${by}`
      : String(by)
    : by === null
      ? '…'
      : `by ${describe(by)}`

/** What a rule does, in a few words. */
export const actionWords = (actions: readonly RuleAction[]): string =>
  // The kind selects the words of that kind; the compiler cannot see that the two belong together.
  actions.map((action) => (say[action.do] as (action: RuleAction) => string)(action)).join(', ')

/** Whether each of the words stands in what is shown of a rule. */
export function hasWords(rule: Rule, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return true
  const texts = rule.then.flatMap((action) =>
    'text' in action ? [action.text] : 'flag' in action ? [action.flag] : [],
  )
  const shown = [
    rule.name,
    conditionWords(rule),
    actionWords(rule.then),
    rule.enabled ? '' : t('ruleOff'),
    rule.tenant ?? '',
    ...texts,
  ]
    .join(' ')
    .toLowerCase()
  return wanted.every((word) => shown.includes(word))
}

import { expect, it } from 'vitest'
import type { Rule } from '#core/graph/decision.ts'
import { hasWords } from './rule-words.ts'

const rule: Rule = {
  id: 'young',
  name: 'Too young',
  when: { lt: [{ var: 'applicant.age' }, 21] },
  then: [
    { do: 'outcome', outcome: 'decline' },
    { do: 'reason', code: 'AGE_LOW', text: 'Younger than 21' },
  ],
  priority: 0,
  enabled: false,
  tenant: 'north',
}

it('[R696] finds a rule by all words that are shown of it: name, condition, actions, reason, tenant, and that it is off', () => {
  for (const words of ['', '  ', 'young', 'AGE applicant', 'age_low', 'decline 21', 'north', 'off'])
    expect(hasWords(rule, words), words).toBe(true)
  expect(hasWords(rule, 'young approve')).toBe(false)
  expect(hasWords({ ...rule, enabled: true }, 'off')).toBe(false)
})

import { describe, expect, it } from 'vitest'
import { fillLetter } from './letter.ts'

const values = {
  name: 'Rahul',
  offer: { amount: 512345.5, rate: 0.145, whole: 1_00_00_000 },
  reasons: [
    { code: 'A', text: 'Income too low' },
    { code: 'B', text: 'Loan too large' },
  ],
  none: null,
}

describe('fillLetter', () => {
  it.each([
    ['Dear {{name}},', 'Dear Rahul,'],
    ['{{ offer.amount | rupees }}', '₹ 5,12,345.50'],
    ['{{offer.whole|rupees}}', '₹ 1,00,00,000'],
    ['at {{offer.rate | percent}}', 'at 14.5 %'],
    ['{{reasons | list}}', '- Income too low\n- Loan too large'],
    ['{{offer.rate}} of {{name}}', '0.145 of Rahul'],
    ['no placeholder { {x} }', 'no placeholder { {x} }'],
  ])('%s', (template, text) => expect(fillLetter(template, values)).toBe(text))

  it.each([
    '{{nobody}}',
    '{{none}}',
    '{{offer}}',
    '{{offer.amount | shout}}',
    '{{name | rupees}}',
    '{{offer.amount.toFixed}}',
    '{{constructor.name}}',
    '{{__proto__}}',
    '{{name()}}',
    '{{}}',
  ])('[R128] sends no letter with %s', (template) =>
    expect(() => fillLetter(template, values)).toThrow('has no value'),
  )

  it('fills what a value holds only once', () => {
    expect(fillLetter('{{name}}', { name: '{{secret}}', secret: 'x' })).toBe('{{secret}}')
  })
})

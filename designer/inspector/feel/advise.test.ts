import { describe, expect, it } from 'vitest'
import type { ScopeField } from '../condition-builder/scope-field.ts'
import { advise, mended } from './advise.ts'

const field = (path: string, more: Partial<ScopeField> = {}): ScopeField => ({
  path,
  title: path,
  type: 'number',
  certain: true,
  ...more,
})
const fields = [
  field('bureau', { type: 'any' }),
  field('bureau.score'),
  field('income'),
  field('employment', { type: 'text', options: ['SALARIED', 'SELF'] }),
  field('documents', { type: 'list' }),
  field('extra', { type: 'any' }),
]
/** The text after the first thing that is offered for its first problem. */
const first = (text: string): string | null => {
  const fix = advise(text, fields)[0]?.fixes[0]
  return fix === undefined ? null : mended(text, fix)
}

describe('advice on a FEEL text', () => {
  it('[R642] writes the signs of other languages as FEEL does', () => {
    expect(first('bureau.score == 700')).toBe('bureau.score = 700')
    expect(first('bureau.score !== 700')).toBe('bureau.score != 700')
    expect(first('income <> 3')).toBe('income != 3')
    expect(first('income => 3')).toBe('income >= 3')
    expect(first('income > 3&&bureau.score > 1 && income < 9')).toBe(
      'income > 3 and bureau.score > 1 and income < 9',
    )
    expect(first('income > 3 || income < 1')).toBe('income > 3 or income < 1')
    expect(advise('employment = "a == b"', fields)).toEqual([])
  })

  it('[R642] puts texts into the quotes that FEEL knows', () => {
    expect(first("employment = 'SELF'")).toBe('employment = "SELF"')
    expect(first('employment = “SELF”')).toBe('employment = "SELF"')
    expect(first('employment = self')).toBe('employment = "SELF"')
    expect(first('employment = FREELANCE')).toBe('employment = "FREELANCE"')
  })

  it('[R642] closes what is open at the end', () => {
    expect(first('max(income, bureau.score')).toBe('max(income, bureau.score)')
    expect(first('if income > 3 then 1')).toBe('if income > 3 then 1 else null')
    expect(first('employment = "SELF')).toBe('employment = "SELF"')
  })

  it('[R642] names what is not in scope at its place, and offers what may be meant', () => {
    expect(advise('income > 2 and bureau.scor > 700', fields)).toMatchObject([
      { from: 15, to: 26, severity: 'warning' },
    ])
    expect(first('bureau.scor > 700')).toBe('bureau.score > 700')
    expect(first('incme > 700')).toBe('income > 700')
    expect(first('sun(documents)')).toBe('sum(documents)')
  })

  it('[R642] knows the names that a text gives itself, and what it cannot know', () => {
    for (const text of [
      'some d in documents satisfies d.ok',
      'for d in documents return d.amount * income',
      '{ rate: 2, twice: income }.twice',
      'documents[amount > 3]',
      'documents[item.amount > income]',
      'input.income > 3',
      'extra.anything = 1',
      'round(income, 2)',
      'bureau.score in [650..700]',
    ])
      expect(advise(text, fields)).toEqual([])
    expect(advise('whatever > 3', [])).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { fill } from './catalogue.ts'

describe('a sentence', () => {
  it('takes its parameters, and leaves those that are not given in sight', () => {
    expect(fill('{name} has {count}.', { name: 'a {count}' })).toBe('a {count} has {count}.')
  })

  it('has the word for one, and the word for none or many', () => {
    const of = (count: number | string) => fill('{count} {count|row is|rows are} hidden', { count })
    expect([0, 1, '1', 2].map(of)).toEqual([
      '0 rows are hidden',
      '1 row is hidden',
      '1 row is hidden',
      '2 rows are hidden',
    ])
    expect(fill('{count|row|rows}', {})).toBe('{count|row|rows}')
  })
})

import { expect, it } from 'vitest'
import { shownMode } from './expression.ts'

it('[R643] an expression stays in the way in which it is written, though it reads as another meanwhile', () => {
  // "b" on the way to "bureau.score > 700" is a field, and "1" on the way to "1 + income" a value.
  for (const meanwhile of [{ var: 'b' }, 1, 'x', null, { gt: [{ var: 'a' }, 1] }])
    expect(shownMode('text', meanwhile, {})).toBe('text')
  expect(shownMode('condition', { var: 'b' }, {})).toBe('condition')
})

it('[R643] what undo brings back is shown in a way that can show it', () => {
  expect(shownMode('field', { gt: [{ var: 'a' }, 1] }, {})).toBe('condition')
  expect(shownMode('value', { var: 'a' }, {})).toBe('field')
  expect(shownMode('object', 3, {})).toBe('value')
  expect(shownMode(null, { plus: [{ var: 'a' }, 1] }, {})).toBe('text')
})

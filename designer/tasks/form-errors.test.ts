import { describe, expect, it } from 'vitest'
import { errorsOf, missingOf } from './form-errors.ts'

describe('errorsOf', () => {
  it('puts each sentence at its field', () =>
    expect(
      errorsOf([
        {
          code: 'INPUT_INVALID',
          severity: 'error',
          params: { detail: 'must be at most 500000' },
          place: { path: '/value/amount' },
        },
        {
          code: 'NOT_FOUND',
          severity: 'error',
          params: { what: 'flow', id: 'x' },
          place: { path: '/note' },
        },
      ]),
    ).toEqual({ '/amount': 'must be at most 500000', '/note': 'There is no flow "x".' }))
})

describe('missingOf', () => {
  it('names required fields that are empty, and takes false and 0 for answers', () =>
    expect(
      missingOf(
        { required: ['note', 'amount', 'agreed'] },
        { note: '', amount: 0, agreed: false },
        'Needed',
      ),
    ).toEqual({ '/note': 'Needed' }))
})

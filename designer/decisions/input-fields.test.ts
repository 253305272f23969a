import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '#core/json.ts'
import { inputFields, isFieldPath, putField, removeField } from './input-fields.ts'

const schema: JsonSchema = {
  type: 'object',
  properties: {
    age: { type: 'integer', title: 'Age', minimum: 18 },
    bureau: { type: 'object', properties: { score: { type: 'number' } }, required: ['score'] },
  },
  required: ['age', 'bureau'],
}

describe('input fields', () => {
  it('are the leaves of the schema', () =>
    expect(inputFields(schema)).toEqual([
      { path: 'age', type: 'number' },
      { path: 'bureau.score', type: 'number' },
    ]))

  it('are added at any depth and found again', () =>
    expect(
      inputFields(putField(putField({}, 'loan.amount', 'number'), 'loan.from', 'date')),
    ).toEqual([
      { path: 'loan.amount', type: 'number' },
      { path: 'loan.from', type: 'date' },
    ]))

  it('keep their title and bounds with another type', () =>
    expect(putField(schema, 'age', 'string')['properties']).toMatchObject({
      age: { type: 'string', title: 'Age', minimum: 18 },
    }))

  it('go with the objects that they leave empty, and are asked for no more', () =>
    expect(removeField(schema, 'bureau.score')).toEqual({
      type: 'object',
      properties: { age: { type: 'integer', title: 'Age', minimum: 18 } },
      required: ['age'],
    }))

  it.each([
    ['bureau.score', true],
    ['monthlyIncome', true],
    ['a..b', false],
    ['2nd', false],
    ['a.__proto__', false],
  ])('%s can be read: %s', (path, ok) => expect(isFieldPath(path)).toBe(ok))
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSchema, fitsSchema } from '#core/graph/json-schema-check.ts'
import type { Json, JsonSchema } from '#core/json.ts'

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 6 }),
  fc.constantFrom('', 'a', 'ab', 'abc', 'é'),
  fc.boolean(),
  fc.constant(null),
)
const value = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).any

const types = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'] as const
const limit = fc.integer({ min: 0, max: 3 })
const schema = fc.letrec<{ any: JsonSchema | boolean }>((tie) => {
  const some = fc.array(tie('any'), { minLength: 1, maxLength: 3 })
  return {
    any: fc.oneof(
      { depthSize: 'small', maxDepth: 2 },
      fc.record(
        {
          type: fc.oneof(
            fc.constantFrom(...types),
            fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 }),
          ),
          enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
          minimum: limit,
          exclusiveMaximum: limit,
          multipleOf: fc.constantFrom(1, 2, 3),
          minLength: limit,
          maxLength: limit,
          pattern: fc.constantFrom('^a', 'b$', '^.$'),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), {
            maxKeys: 3,
            noNullPrototype: true,
          }),
          required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
          additionalProperties: tie('any'),
          minProperties: limit,
          propertyNames: fc.constant({ maxLength: 1 }),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          items: tie('any'),
          prefixItems: some,
          minItems: limit,
          maxItems: limit,
          uniqueItems: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        { allOf: some, anyOf: some, oneOf: some, not: tie('any'), const: scalar },
        { requiredKeys: [] },
      ),
      fc.boolean(),
    ) as fc.Arbitrary<JsonSchema | boolean>,
  }
}).any

describe('checkSchema', () => {
  it('[R4] accepts exactly what ajv accepts', () => {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false })
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 1, maxLength: 5 }), (given, values) => {
        const accepts = ajv.compile(given as never)
        for (const each of values) expect(fitsSchema({ allOf: [given] }, each)).toBe(accepts(each))
      }),
      { numRuns: 200 },
    )
  })
  it('names the place and the rule, not the value', () => {
    const problems = checkSchema(
      {
        type: 'object',
        properties: { 'a/b': { type: 'array', items: { type: 'integer', minimum: 1 } } },
        required: ['x'],
        additionalProperties: false,
      },
      { 'a/b': [1, 'secret', 0], y: 1 },
    )
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      '/a~1b/1 must be integer',
      '/a~1b/2 must be at least 1',
      '/x “x” is missing',
      '/y “y” is not known here',
    ])
  })
  it('follows local references, also recursive ones', () => {
    const tree: JsonSchema = {
      $ref: '#/$defs/tree',
      $defs: {
        tree: {
          type: 'object',
          properties: { below: { type: 'array', items: { $ref: '#/$defs/tree' } } },
          required: ['below'],
        },
      },
    }
    expect(fitsSchema(tree, { below: [{ below: [] }] })).toBe(true)
    expect(checkSchema(tree, { below: [{ below: [{}] }] })[0]?.path).toBe('/below/0/below/0/below')
    expect(fitsSchema({ $ref: '#' }, 1)).toBe(true)
  })
  it('of alternatives it reports the closest', () => {
    const option = (kind: string, field: string): JsonSchema => ({
      type: 'object',
      properties: { kind: { const: kind }, [field]: { type: 'number' } },
      required: ['kind', field],
    })
    const problems = checkSchema(
      { anyOf: [option('a', 'x'), option('b', 'y')] },
      { kind: 'b', y: '1' },
    )
    expect(problems.map(({ path }) => path)).toEqual(['/y'])
  })
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { schemaFaults } from '#core/graph/schema-faults.ts'
import type { Json, JsonSchema } from '#core/json.ts'

const compiles = (schema: JsonSchema): boolean => {
  try {
    new Ajv2020({ strict: false, logger: false }).compile(schema)
    return true
  } catch {
    return false
  }
}

/** Values that are right for one keyword or another, and for most of them wrong. */
const anything = fc.constantFrom<Json>(
  null,
  true,
  -1,
  0,
  2,
  1.5,
  '',
  'a',
  '(',
  'string',
  '#',
  '#/$defs/a',
  '#/nowhere',
  'https://example.com/x',
  [],
  ['a'],
  ['a', 'a'],
  ['string', 'null'],
  [7],
  {},
  [{}],
  { a: {} },
  { a: { type: 'number' } },
  { '(': {} },
)
const named = `
  type enum required dependentRequired pattern format $ref $defs multipleOf minimum
  exclusiveMaximum minLength maxItems minProperties uniqueItems properties
  patternProperties items prefixItems contains not additionalProperties propertyNames
  allOf anyOf oneOf if then $schema description default x-personal dependentSchemas
  unevaluatedProperties
`
  .trim()
  .split(/\s+/)
const schema: fc.Arbitrary<JsonSchema> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.dictionary(
    fc.constantFrom(...named),
    fc.oneof({ maxDepth: 3 }, anything, tie('any'), fc.array(tie('any'), { maxLength: 2 })),
    { maxKeys: 2 },
  ),
})).any as fc.Arbitrary<JsonSchema>

it('what it passes compiles', () => {
  let passed = 0
  fc.assert(
    fc.property(schema, (given) => {
      fc.pre(schemaFaults(given).length === 0)
      passed += 1
      expect(compiles(given)).toBe(true)
    }),
    { numRuns: 600 },
  )
  expect(passed).toBeGreaterThan(100)
})

it('names the keyword and its place', () => {
  const given = { type: 'object', properties: { amount: { type: 'money', pattern: '(' } } }
  expect(schemaFaults(given)).toEqual([
    {
      path: '/properties/amount/type',
      message: expect.stringMatching(/^“type” at \/properties\/amount must be one or more of null/),
    },
    {
      path: '/properties/amount/pattern',
      message: '“pattern” at /properties/amount must be a regular expression',
    },
  ])
})

it('takes a field named like a keyword, and a reference to itself', () => {
  const tree = {
    properties: { type: {}, $ref: {}, next: { $ref: '#' }, list: { $ref: '#/$defs/l' } },
  }
  expect(schemaFaults({ ...tree, $defs: { l: { items: { $ref: '#' } } } })).toEqual([])
})

it('takes nothing that leaves values unchecked or leads elsewhere', () => {
  for (const given of [
    { $async: true },
    { $dynamicRef: '#a' },
    { items: { $id: 'https://x.example/' } },
  ])
    expect(schemaFaults(given)).toHaveLength(1)
})

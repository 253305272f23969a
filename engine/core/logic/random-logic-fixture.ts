import fc from 'fast-check'
import type { Json, JsonObject } from '#core/json.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('', 'a', 'ab', 'B', '5', '2026-01-31', '2025-02-28', '2026-02-30'),
  fc.boolean(),
  fc.constant(null),
)
export const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
)
/** Data that has what random logic reads, sometimes. */
export const scope = fc
  .record({
    a: value,
    b: fc.record({ c: value, d: fc.array(scalar, { maxLength: 3 }) }),
    list: fc.array(fc.oneof(scalar, fc.record({ q: scalar })), { maxLength: 4 }),
  })
  // Objects as JSON.parse makes them, with the usual prototype.
  .map((data) => JSON.parse(JSON.stringify(data)) as JsonObject)
export const path = fc
  .constantFrom('a', 'b.c', 'b.d', 'b.d.0', 'list', 'list.0.q', 'none', 'none.x', 'b', '')
  .map((name): Json => ({ var: name }))

/** A call of an operator, with as many arguments as it takes. */
export const argumentsOf = (id: OperatorId, logic: fc.Arbitrary<Json>): fc.Arbitrary<Json> => {
  if (id === 'context') return logic.map((part): Json => ({ context: ['x', part, 'y', 1] }))
  const { min, max, form } = operators[id]
  if (form.kind === 'scoped') {
    const element = fc.constantFrom<Json>({ var: 'x' }, { var: 'x.q' }, { gt: [{ var: 'x' }, 1] })
    const body = fc.oneof(
      element,
      logic,
      fc.tuple(element, logic).map(([a, b]): Json => ({ eq: [a, b] })),
    )
    const name = fc.constantFrom('x', 'a')
    return fc
      .tuple(fc.oneof(fc.constant<Json>({ var: 'list' }), logic), name, body)
      .map(([list, as, part]): Json => ({ [id]: [list, { as, do: part }] }))
  }
  return fc
    .array(logic, { minLength: min, maxLength: Math.min(max, min + 3) })
    .map((args): Json => ({ [id]: args }))
}

export const authored = fc.letrec<{ logic: Json }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    value,
    path,
    ...(Object.keys(operators) as OperatorId[]).map((id) => argumentsOf(id, tie('logic'))),
  ),
})).logic

const eager = [
  '==',
  '===',
  '!=',
  '!==',
  '>',
  '>=',
  '<',
  '<=',
  '!!',
  '!',
  '%',
  '+',
  '-',
  '/',
  'min',
  'max',
  'merge',
  'cat',
  'substr',
  'in',
  'if',
  '?:',
]
/** Logic of JsonLogic's own operators. */
export const importedLogic = fc.letrec<{ logic: Json }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    value,
    path,
    fc
      .tuple(fc.constantFrom(...eager), fc.array(tie('logic'), { minLength: 0, maxLength: 4 }))
      .map(([operator, args]): Json => ({ [operator]: args })),
    // Of nothing, json-logic-js gives undefined for and/or, and throws for *.
    fc
      .tuple(
        fc.constantFrom('and', 'or', '*'),
        fc.array(tie('logic'), { minLength: 1, maxLength: 4 }),
      )
      .map(([operator, args]): Json => ({ [operator]: args })),
    fc
      .tuple(fc.constantFrom('map', 'filter', 'all', 'some', 'none'), tie('logic'), tie('logic'))
      .map(([operator, list, body]): Json => ({ [operator]: [list, body] })),
    fc.tuple(tie('logic'), tie('logic')).map(([list, initial]): Json => ({
      reduce: [list, { '+': [{ var: 'accumulator' }, { var: 'current' }] }, initial],
    })),
    fc
      .tuple(fc.constantFrom('a', 'b.c', 'none', 'b.d.9'), tie('logic'))
      .map(([name, fallback]): Json => ({ var: [name, fallback] })),
    fc.subarray(['a', 'b.c', 'none', 'b.d']).map((keys): Json => ({ missing: keys })),
    fc
      .tuple(
        fc.constantFrom('val', 'exists'),
        fc.constantFrom(['a'], ['b', 'c'], ['b', 'd', 0], ['x']),
      )
      .map(([operator, keys]): Json => ({ [operator]: keys })),
    fc.array(tie('logic'), { maxLength: 3 }).map((args): Json => ({ '??': args })),
    fc
      .tuple(fc.nat(3), fc.subarray(['a', 'b.c', 'none']))
      .map(([need, keys]): Json => ({ missing_some: [need, keys] })),
  ),
})).logic

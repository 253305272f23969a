import fc from 'fast-check'
import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#core/json.ts'
import { toJson } from '#core/logic/coerce.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import { checkLogic } from '#core/logic/parse.ts'
import {
  argumentsOf,
  authored,
  importedLogic as imported,
  scope,
  value,
} from '#core/logic/random-logic-fixture.ts'
import { registerOperators } from '#core/logic/register.ts'

const at = Date.UTC(2026, 10, 23, 20)
registerOperators(jsonLogic, () => ({ at }))

const there = (logic: Json, data: Json): Json =>
  // The types of json-logic-js know only its own operators.
  toJson(jsonLogic.apply(logic as never, data) as Json | undefined)
const here = (logic: Json, data: Json): Json =>
  // -0 and 0 are one number in JSON.
  JSON.parse(JSON.stringify(compileLogic(logic)(data as JsonObject, { at }))) as Json

describe('json-logic-js', () => {
  it('[R13] gives the same results for our operators', () => {
    fc.assert(
      fc.property(authored, scope, (logic, data) => {
        // Two texts that happen to be no regular expression do not compile.
        fc.pre(checkLogic(logic).length === 0)
        expect(here(logic, data)).toEqual(JSON.parse(JSON.stringify(there(logic, data))))
      }),
      { numRuns: 3000 },
    )
  })
  it('[R605] gives the same result for each operator, on values of every kind', () => {
    const any = fc.oneof(
      { weight: 3, arbitrary: value },
      fc.constantFrom<Json>(
        'ABCPS1234F',
        '27AAPFU0939F1ZV',
        '2345 6789 0124',
        'a@b.in',
        '1,000.5',
        '(a)|b',
        'P1M',
        'i',
        '2026-04-01T09:30:00+05:30',
        { a: 1 },
        { key: 'k', value: 2 },
        { start: 1, end: 5, 'start included': true, 'end included': false },
      ),
    )
    for (const id of Object.keys(operators) as OperatorId[])
      fc.assert(
        fc.property(argumentsOf(id, any), scope, (logic, data) => {
          if (checkLogic(logic).length > 0) return
          expect(here(logic, data), id).toEqual(JSON.parse(JSON.stringify(there(logic, data))))
        }),
        { numRuns: 60 },
      )
  })
  it.each<Json>([[[-5e-324]], ['-1'], [-0.5], [-1], [-1.5], [[-1]], [true], [null], ['x']])(
    'cuts texts alike by %j',
    (length) => {
      const logic: Json = { substr: [{ var: 'a' }, 1, length] }
      const data = { a: 'abcdef' }
      expect(here(logic, data)).toEqual(there(logic, data))
    },
  )
  it('[R13] gives the same results for its own operators', () => {
    fc.assert(
      fc.property(imported, scope, (logic, data) => {
        expect(here(logic, data)).toEqual(JSON.parse(JSON.stringify(there(logic, data))))
      }),
      { numRuns: 3000 },
    )
  })
})

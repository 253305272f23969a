import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { readSuite, suitesFolder } from './suites.ts'

interface Case {
  readonly description: string
  readonly rule: Json
  readonly data?: Json
  readonly result: Json
}

const path = 'jsonlogic/suites/compatible.json'
const suite = readSuite(path) as readonly (string | Case)[] | null
const cases = (suite ?? []).filter((entry) => typeof entry !== 'string')

describe.skipIf(suite === null)(
  `[R14] JsonLogic: ${path} in ${suitesFolder} (or METIS_SUITES)`,
  () => {
    it('has 278 cases', () => expect(cases).toHaveLength(278))
    it.each(cases.map((entry, index) => [index, entry.description, entry] as const))(
      '%i %s',
      (_index, _description, { rule, data, result }) => {
        // The suite's data may be a scalar; a scope is an object, but paths start from any value.
        expect(compileLogic(rule)((data ?? null) as JsonObject, { at: 0 })).toEqual(result)
      },
    )
  },
)

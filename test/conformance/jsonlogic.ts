import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { conformance, readSuite, type Conformance } from './suites.ts'

export interface Case {
  readonly name: string
  readonly rule: Json
  readonly data: Json
  /** Undefined where an error is expected. */
  readonly result: Json | undefined
}

type Written = string | { description: string; rule: Json; data?: Json; result?: Json }

function casesOf(file: string): readonly Case[] {
  const written = (readSuite(`jsonlogic/suites/${file}`) ?? []) as readonly Written[]
  return written
    .filter((each) => typeof each !== 'string')
    .map(({ description, rule, data = null, result }, index) => ({
      name: `${file} ${index}: ${description}`,
      rule,
      data,
      result,
    }))
}

export const compatibleCases = (): readonly Case[] => casesOf('compatible.json')

export const allCases = (): readonly Case[] =>
  ((readSuite('jsonlogic/suites/index.json') ?? []) as readonly string[]).flatMap(casesOf)

/** Whether an evaluation gives the case's result, or throws where it expects an error. */
export function holds({ rule, data, result }: Case, evaluate: (rule: Json, data: Json) => unknown) {
  try {
    // −0 and 0 are one number in JSON.
    return isDeepStrictEqual(JSON.parse(JSON.stringify(evaluate(rule, data))), result)
  } catch {
    return result === undefined
  }
}

/** The suite's data may be a scalar; a scope is an object, but paths start from any value. */
export const evaluateHere = (rule: Json, data: Json): Json =>
  compileLogic(rule)(data as JsonObject, { at: 0 })

const measure = (suite: string, cases: readonly Case[]): Conformance =>
  conformance(
    suite,
    cases.map((each) => ({ name: each.name, passed: holds(each, evaluateHere) })),
  )

export const runJsonLogic = (): readonly Conformance[] => [
  measure('jsonlogic/compatible', compatibleCases()),
  measure('jsonlogic/all', allCases()),
]

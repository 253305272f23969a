import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import {
  allCases,
  compatibleCases,
  evaluateHere,
  holds,
  runJsonLogic,
  type Case,
} from './jsonlogic.ts'
import { suitesFolder } from './suites.ts'

const compatible = compatibleCases()
const absent = compatible.length === 0

describe.skipIf(absent)(`JsonLogic suites in ${suitesFolder} (or METIS_SUITES)`, () => {
  it('[R14] holds all 278 cases of the original suite', () => {
    expect(compatible).toHaveLength(278)
    expect(compatible.filter((each) => !holds(each, evaluateHere))).toEqual([])
  })

  it('[R460] holds of all 1,138 cases those that do not contradict json-logic-js', () => {
    const [, all] = runJsonLogic()
    expect(all?.total).toBe(1138)
    expect(all?.passed).toBeGreaterThanOrEqual(943)
  })

  it('[R460] gives every result that json-logic-js gives', () => {
    const there = (rule: unknown, data: unknown): unknown =>
      jsonLogic.apply(rule as jsonLogic.RulesLogic, data)
    const lost = allCases()
      .filter(({ result }) => result !== undefined)
      .filter((each) => holds(each, there) && !holds(each, evaluateHere))
    expect(lost).toEqual([])
  })

  it('[R460] lacks only what json-logic-js contradicts, and arguments or scopes that it has no way to write', () => {
    const contradicted = ({ rule, data }: Case): boolean => {
      try {
        jsonLogic.apply(rule as jsonLogic.RulesLogic, data)
        return true
      } catch {
        return false
      }
    }
    const others = allCases()
      .filter((each) => !holds(each, evaluateHere) && !contradicted(each))
      .map(({ name }) => name.replace(/ .*/, ''))
    expect(new Set(others)).toEqual(
      new Set([
        // Arguments that are worked out: `{ "+": { "val": "list" } }`.
        ...['plus', 'minus', 'multiply', 'divide'].map((name) => `arithmetic/${name}.extra.json`),
        'chained.json',
        'arithmetic/plus.json',
        // Paths that climb out of an iteration: `{ "val": [[2], "name"] }`.
        'scopes.json',
        'val.extra.json',
        'try.extra.json',
      ]),
    )
  })
})

import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import { allCases, compatibleCases, evaluateHere, holds, runJsonLogic } from './jsonlogic.ts'
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
    expect(all?.passed).toBeGreaterThanOrEqual(914)
  })

  it('[R460] gives every result that json-logic-js gives, save in rules that throw', () => {
    const there = (rule: unknown, data: unknown): unknown =>
      jsonLogic.apply(rule as jsonLogic.RulesLogic, data)
    const lost = allCases()
      .filter(({ result }) => result !== undefined)
      .filter((each) => holds(each, there) && !holds(each, evaluateHere))
    expect(lost.filter(({ rule }) => !JSON.stringify(rule).includes('"throw"'))).toEqual([])
  })
})

import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import { registerOperators } from '#core/logic/register.ts'
import { allCases, compatibleCases, evaluateHere, holds, runJsonLogic } from './jsonlogic.ts'
import gaps from './jsonlogic-gaps.json' with { type: 'json' }
import { suitesFolder } from './suites.ts'

const there = (rule: unknown, data: unknown): unknown =>
  jsonLogic.apply(rule as jsonLogic.RulesLogic, data)
const compatible = compatibleCases()
const absent = compatible.length === 0

describe.skipIf(absent)(`JsonLogic suites in ${suitesFolder} (or METIS_SUITES)`, () => {
  it('[R14] holds all 278 cases of the original suite', () => {
    expect(compatible).toHaveLength(278)
    expect(compatible.filter((each) => !holds(each, evaluateHere))).toEqual([])
  })

  it('[R460] lacks of all 1,138 cases those that are listed with their reasons, and no others', () => {
    const [, all] = runJsonLogic()
    expect(all?.total).toBe(1138)
    expect(all?.gaps.toSorted()).toEqual(Object.values(gaps).flat().toSorted())
  })

  it('[R460] gives every result that json-logic-js gives', () => {
    const lost = allCases()
      .filter(({ result }) => result !== undefined)
      .filter((each) => holds(each, there) && !holds(each, evaluateHere))
    expect(lost).toEqual([])
  })

  it('[R460] lacks only what json-logic-js contradicts, or would if it had the operators of later dialects', () => {
    registerOperators(jsonLogic)
    const agreeing = allCases()
      .filter((each) => !holds(each, evaluateHere))
      .filter((each) => holds(each, there))
    expect(agreeing).toEqual([])
  })
})

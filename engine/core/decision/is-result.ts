import { outcomes } from '#core/decision/severity.ts'
import { isObject } from '#core/json.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => Number.isFinite(value)
const isListOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)
/** These fields and no others; those of `optional` may be missing. */
const isRecordOf =
  (
    fields: Readonly<Record<string, Check>>,
    optional: Readonly<Record<string, Check>> = {},
  ): Check =>
  (value) => {
    if (!isObject(value)) return false
    for (const name in fields) if (!fields[name]?.(value[name])) return false
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name))
        if (!Object.hasOwn(optional, name) || !optional[name]?.(value[name])) return false
    return true
  }
const isJson: Check = (value) => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson)
  )
}
const outcomeNames: ReadonlySet<unknown> = new Set([...outcomes, null])
const isTextList = isListOf(isText)

/**
 * What `decisionResultSchema` takes and leaves as it is, told in a fraction of the time: it is asked at every step that
 * evaluates rules. False says only that the schema has to be asked.
 */
export const isDecisionResult: Check = isRecordOf(
  {
    outcome: (value) => outcomeNames.has(value),
    reasons: isListOf(
      isRecordOf({ code: isText, text: isText, source: isText }, { contribution: isNumber }),
    ),
    conditions: isTextList,
    flags: isTextList,
    adjust: isRecordOf({ limit: isNumber, rate: isNumber }),
    values: (value) => isObject(value) && isJson(value),
    fired: isListOf(isRecordOf({ part: isText, rule: isText, name: isText })),
    unknown: isListOf(isRecordOf({ part: isText, rule: isText, missing: isTextList })),
  },
  { decision: isRecordOf({ id: isText, version: isText }), output: isJson },
)

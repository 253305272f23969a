import { isObject, type Json } from '#core/json.ts'
import { isOperator, operators, type OperatorId } from '#core/logic/operators.ts'
import { toDate, toDateTime, toDuration, toTime } from '#core/logic/times.ts'

const durations = new Set(['to_duration', 'months_duration'])

const operatorOf = (logic: Json): string => (isObject(logic) ? (Object.keys(logic)[0] ?? '') : '')

/** Whether the logic is known to give a duration. */
export const isDuration = (logic: Json): boolean => durations.has(operatorOf(logic))

/**
 * Whether the logic is known to give a day, a time or a duration: `+` and `-` reckon with the calendar then. Of a field
 * alone it is not known; `date(opened)` makes it so.
 */
export function isTime(logic: Json): boolean {
  if (typeof logic === 'string') return toDate(logic) !== null || toTime(logic) !== null
  const operator = operatorOf(logic)
  return isDuration(logic) || (isOperator(operator) && operators[operator].result === 'date')
}

const read: Partial<Record<OperatorId, (text: string) => string | null>> = {
  to_date: toDate,
  to_date_time: toDateTime,
  to_time: toTime,
  to_duration: toDuration,
}

/**
 * What a written text means to one of them: the text itself where it is one already, else the operation; a duration
 * always stays an operation. Null where the text is no time of that kind.
 */
export function writtenTime(operator: OperatorId, text: string): Json {
  const value = read[operator]?.(text) ?? null
  if (value === null) return null
  return operator === 'to_duration' || value !== text ? { [operator]: [text] } : text
}

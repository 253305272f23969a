import { arithmetic } from '#core/logic/operators/arithmetic.ts'
import { comparison } from '#core/logic/operators/comparison.ts'
import { calendar } from '#core/logic/operators/calendar.ts'
import { date } from '#core/logic/operators/date.ts'
import { identifier } from '#core/logic/operators/identifier.ts'
import { lending } from '#core/logic/operators/lending.ts'
import { logical } from '#core/logic/operators/logical.ts'
import type { Operator } from '#core/logic/operators/operator.ts'
import { iterate } from '#core/logic/operators/iterate.ts'
import { kind } from '#core/logic/operators/kind.ts'
import { listChange } from '#core/logic/operators/list-change.ts'
import { list } from '#core/logic/operators/list.ts'
import { number } from '#core/logic/operators/number.ts'
import { objects } from '#core/logic/operators/object.ts'
import { patterns } from '#core/logic/operators/pattern.ts'
import { range } from '#core/logic/operators/range.ts'
import { rounding } from '#core/logic/operators/rounding.ts'
import { sequence } from '#core/logic/operators/sequence.ts'
import { statistics } from '#core/logic/operators/statistics.ts'
import { text } from '#core/logic/operators/text.ts'
import { time } from '#core/logic/operators/time.ts'

const table = {
  ...comparison,
  ...logical,
  ...arithmetic,
  ...number,
  ...list,
  ...sequence,
  ...text,
  ...date,
  ...time,
  ...calendar,
  ...iterate,
  ...kind,
  ...lending,
  ...rounding,
  ...statistics,
  ...listChange,
  ...objects,
  ...patterns,
  ...range,
  ...identifier,
}
export type OperatorId = keyof typeof table

/**
 * Our own operators, for authored logic, with the meaning of FEEL: null propagates, and/or/not have three values,
 * values of unlike type compare to null. They never throw. One difference from FEEL: `eq` and `ne` with null
 * are null; whether a value is there is asked with `is_missing` and `is_present`.
 */
export const operators: Readonly<Record<OperatorId, Operator>> = table

export const isOperator = (id: string): id is OperatorId => Object.hasOwn(operators, id)

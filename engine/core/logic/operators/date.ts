import { addMonths, daysBetween, monthsBetween, today, yearsBetween } from '#core/logic/dates.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const span = {
  group: 'date',
  arguments: [
    { name: 'from', type: 'date' },
    { name: 'to', type: 'date' },
  ],
  min: 2,
  max: 2,
  result: 'number',
} as const
const nulls = 'Dates as YYYY-MM-DD, a time behind them is not looked at. Null where one is no date.'

export const date = {
  today: {
    group: 'date',
    arguments: [],
    min: 0,
    max: 0,
    result: 'date',
    title: 'today',
    symbol: 'today()',
    phrase: 'today',
    help: "The day of the step's time, in the tenant's zone.",
    form: { kind: 'clock', call: today },
  },
  days_between: {
    ...span,
    title: 'days between',
    symbol: 'days between',
    phrase: 'the days from {0} to {1}',
    help: nulls,
    form: { kind: 'binary', call: daysBetween },
  },
  months_between: {
    ...span,
    title: 'months between',
    symbol: 'months between',
    phrase: 'the months from {0} to {1}',
    help: `Whole months, towards zero. ${nulls}`,
    form: { kind: 'binary', call: monthsBetween },
  },
  years_between: {
    ...span,
    title: 'years between',
    symbol: 'years between',
    phrase: 'the years from {0} to {1}',
    help: `Whole years, towards zero: an age. ${nulls}`,
    form: { kind: 'binary', call: yearsBetween },
  },
  add_months: {
    ...span,
    arguments: [
      { name: 'date', type: 'date' },
      { name: 'months', type: 'number' },
    ],
    result: 'date',
    title: 'months later',
    symbol: 'add months',
    phrase: '{1} months after {0}',
    help: `The same day of the month, or its last. ${nulls}`,
    form: { kind: 'binary', call: addMonths },
  },
} as const satisfies Record<string, Operator>

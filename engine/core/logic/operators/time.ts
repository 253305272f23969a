import {
  dateOf,
  durationSize,
  minusTime,
  monthsDuration,
  now,
  plusTime,
  timePart,
  toDate,
  toDateTime,
  toDuration,
  toTime,
} from '#core/logic/times.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const two = {
  group: 'date',
  arguments: [
    { name: 'time', type: 'any' },
    { name: 'duration', type: 'text' },
  ],
  min: 2,
  max: 2,
  result: 'date',
} as const
const one = {
  ...two,
  arguments: [{ name: 'value', type: 'text' }],
  min: 1,
  max: 1,
} as const

/** Days and times as ISO texts, and durations. */
export const time = {
  plus_time: {
    ...two,
    title: 'later by',
    symbol: '+',
    phrase: '{0} plus {1}',
    help: 'A day or a time and a duration such as P6M or P10D, or two durations of one kind. The same day of a month, or its last. Null where one is missing or neither.',
    form: { kind: 'binary', call: plusTime },
  },
  minus_time: {
    ...two,
    title: 'earlier by',
    symbol: '-',
    phrase: '{0} minus {1}',
    help: 'A day or a time without a duration; of two days or times the duration between them. Null where one is missing or neither.',
    form: { kind: 'binary', call: minusTime },
  },
  to_date: {
    ...one,
    arguments: [
      { name: 'year', type: 'any' },
      { name: 'month', type: 'number' },
      { name: 'day', type: 'number' },
    ],
    max: 3,
    title: 'as a day',
    symbol: 'date',
    phrase: 'the day of {*, }',
    help: 'Of a text, of a time on a day, or of year, month and day. Null where the calendar has no such day.',
    form: {
      kind: 'list',
      call: ([value = null, month, day]) =>
        month === undefined && day === undefined
          ? toDate(value)
          : dateOf(value, month ?? null, day ?? null),
    },
  },
  to_date_time: {
    ...one,
    arguments: [
      { name: 'day', type: 'any' },
      { name: 'time', type: 'text' },
    ],
    max: 2,
    title: 'as a day and time',
    symbol: 'date and time',
    phrase: 'the time {*, }',
    help: 'Of a text such as 2026-01-31T09:30:00Z, or of a day and a time. Null for anything else.',
    form: {
      kind: 'list',
      call: ([value = null, ...rest]) =>
        rest.length > 0 && rest[0] === null ? null : toDateTime(value, rest[0] ?? null),
    },
  },
  to_time: {
    ...one,
    title: 'as a time of the day',
    symbol: 'time',
    phrase: 'the time of the day of {0}',
    help: 'Of a text such as 09:30:00, or of a day and time. Null for anything else.',
    form: { kind: 'unary', call: toTime },
  },
  to_duration: {
    ...one,
    result: 'text',
    title: 'as a duration',
    symbol: 'duration',
    phrase: 'the duration {0}',
    help: 'Of a text such as P1Y6M or P10DT2H; in its shortest form. Null for anything else.',
    form: { kind: 'unary', call: toDuration },
  },
  months_duration: {
    ...two,
    arguments: [
      { name: 'from', type: 'date' },
      { name: 'to', type: 'date' },
    ],
    result: 'text',
    title: 'years and months between',
    symbol: 'years and months duration',
    phrase: 'the years and months from {0} to {1}',
    help: 'Whole months, as a duration such as P1Y2M. Null where one is no date.',
    form: { kind: 'binary', call: monthsDuration },
  },
  duration_size: {
    ...one,
    result: 'number',
    title: 'size of a duration',
    symbol: 'duration size',
    phrase: 'the size of {0}',
    help: 'Months of one in years and months, seconds of one in days and time: what durations compare by. Null for anything else.',
    form: { kind: 'unary', call: durationSize },
  },
  time_part: {
    ...two,
    arguments: [
      { name: 'time', type: 'any' },
      { name: 'part', type: 'text' },
    ],
    result: 'number',
    title: 'part of a date',
    symbol: '.',
    phrase: 'the {1} of {0}',
    help: 'year, month, day, weekday (1 is Monday), hour, minute, second; of a duration years, months, days, hours, minutes, seconds. Null where there is none.',
    form: { kind: 'binary', call: timePart },
  },
  now: {
    group: 'date',
    arguments: [],
    min: 0,
    max: 0,
    result: 'date',
    title: 'now',
    symbol: 'now()',
    phrase: 'now',
    help: "The step's time, in the tenant's zone.",
    form: { kind: 'clock', call: now },
  },
} as const satisfies Record<string, Operator>

import type { Json } from '#core/json.ts'
import { dayOfYear, monthOf, weekdayOf, weekOfYear } from '#core/logic/dates.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const ofDay = (
  result: 'number' | 'text',
  words: Pick<Operator, 'title' | 'symbol' | 'help'>,
  call: (date: Json) => Json,
) =>
  ({
    group: 'date',
    arguments: [{ name: 'date', type: 'date' }],
    min: 1,
    max: 1,
    result,
    ...words,
    phrase: `the ${words.symbol} of {0}`,
    help: `${words.help} Null where it is no date.`,
    form: { kind: 'unary', call },
  }) as const satisfies Operator

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const named = (names: readonly string[], number: number | null): Json =>
  number === null ? null : (names[number - 1] ?? null)

/** Where a day stands in its week and year. */
export const calendar = {
  weekday_name: ofDay(
    'text',
    { title: 'day of the week', symbol: 'day of week', help: '“Monday” to “Sunday”.' },
    (date) => named(weekdays, weekdayOf(date)),
  ),
  day_of_year: ofDay(
    'number',
    { title: 'day of the year', symbol: 'day of year', help: '1 to 366.' },
    dayOfYear,
  ),
  month_name: ofDay(
    'text',
    { title: 'name of the month', symbol: 'month of year', help: '“January” to “December”.' },
    (date) => named(months, monthOf(date)),
  ),
  week_of_year: ofDay(
    'number',
    {
      title: 'week of the year',
      symbol: 'week of year',
      help: 'By ISO 8601: weeks begin on Monday, and the first has the year’s first Thursday.',
    },
    weekOfYear,
  ),
} as const satisfies Record<string, Operator>

import { isObject, type Json } from '#core/json.ts'
import type { Operator } from '#core/logic/operators/operator.ts'
import { durationSize, toDate, toDateTime, toDuration, toTime } from '#core/logic/times.ts'

/** Days, times and durations are texts that write one; an instant is a day with a time. */
const kinds: Readonly<Record<string, (value: Json) => boolean>> = {
  Any: () => true,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  context: (value) => isObject(value),
  date: (value) => typeof value === 'string' && value.length === 10 && toDate(value) === value,
  time: (value) => typeof value === 'string' && toTime(value) === value,
  'date and time': (value) => value !== null && toDateTime(value) === value,
  'years and months duration': (value) => monthly(value) === true,
  'days and time duration': (value) => monthly(value) === false,
}

/** Names that a value can be asked for. */
export const kindNames: readonly string[] = Object.keys(kinds)

function monthly(value: Json): boolean | null {
  if (durationSize(value) === null) return null
  return /^-?P(\d+Y)?(\d+M)?$/.test(toDuration(value) ?? '')
}

export const kind = {
  is_kind: {
    group: 'value',
    arguments: [
      { name: 'value', type: 'any' },
      { name: 'kind', type: 'text' },
    ],
    min: 2,
    max: 2,
    result: 'boolean',
    title: 'is of kind',
    symbol: 'instance of',
    phrase: '{0} is a {1}',
    help: `${kindNames.join(', ')}. A missing value is of no kind; a day is a text too. Null for any other name.`,
    form: {
      kind: 'binary',
      call: (value, name) => {
        const test =
          typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined
        if (test === undefined) return null
        return value !== null && value !== undefined && test(value)
      },
    },
  },
} as const satisfies Record<string, Operator>

import type { Json } from '#core/json.ts'
import { roundBy, type RoundingMode } from '#core/logic/math.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

const rounded = {
  group: 'arithmetic',
  arguments: [
    { name: 'n', type: 'number' },
    { name: 'scale', type: 'number' },
  ],
  min: 1,
  max: 2,
  result: 'number',
} as const
const nulls =
  'On the number as written. Digits from −15 to 15, else null. Null where the argument is missing or no number.'

const to = (mode: RoundingMode): OperatorForm => ({
  kind: 'list',
  call: ([value = null, scale = 0]: readonly Json[]) =>
    typeof value === 'number' && isScale(scale) ? finite(roundBy(value, scale, mode)) : null,
})
const isScale = (scale: Json): scale is number =>
  typeof scale === 'number' && Number.isInteger(scale) && Math.abs(scale) <= 15

/** Other ways to round than the usual one. */
export const rounding = {
  round_up: {
    ...rounded,
    title: 'rounded away from zero',
    symbol: 'round up',
    phrase: '{0} rounded away from zero',
    help: `5.01 is 6, −5.01 is −6. ${nulls}`,
    form: to('up'),
  },
  round_down: {
    ...rounded,
    title: 'rounded towards zero',
    symbol: 'round down',
    phrase: '{0} rounded towards zero',
    help: `5.99 is 5, −5.99 is −5. ${nulls}`,
    form: to('down'),
  },
  round_half_down: {
    ...rounded,
    title: 'rounded, halves towards zero',
    symbol: 'round half down',
    phrase: '{0} rounded, halves towards zero',
    help: `2.5 is 2. ${nulls}`,
    form: to('half down'),
  },
  round_half_even: {
    ...rounded,
    title: 'rounded, halves to even',
    symbol: 'decimal',
    phrase: '{0} rounded, halves to even',
    help: `Bankers’ rounding: 2.5 is 2, 3.5 is 4. ${nulls}`,
    form: to('half even'),
  },
} as const satisfies Record<string, Operator>

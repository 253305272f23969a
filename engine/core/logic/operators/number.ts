import { exp, ln } from '#core/logic/math.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'
import type { Json } from '#core/json.ts'

const one = {
  group: 'arithmetic',
  arguments: [{ name: 'value', type: 'number' }],
  min: 1,
  max: 1,
  result: 'number',
} as const

const unary = (call: (a: number) => Json): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'number' ? call(a) : null),
})
const nulls = 'Null where the argument is missing or no number.'

export const number = {
  square_root: {
    ...one,
    title: 'square root',
    symbol: 'sqrt',
    phrase: 'the square root of {0}',
    help: `Of a negative number: null. ${nulls}`,
    form: unary((a) => finite(Math.sqrt(a))),
  },
  exp_of: {
    ...one,
    title: 'e to the power of',
    symbol: 'exp',
    phrase: 'e to the power of {0}',
    help: `The same on every platform. ${nulls}`,
    form: unary((a) => finite(exp(a))),
  },
  log_of: {
    ...one,
    title: 'natural logarithm',
    symbol: 'log',
    phrase: 'the natural logarithm of {0}',
    help: `The same on every platform; of zero and below: null. ${nulls}`,
    form: unary((a) => finite(ln(a))),
  },
  is_odd: {
    ...one,
    result: 'boolean',
    title: 'is odd',
    symbol: 'odd',
    phrase: '{0} is odd',
    help: `Of whole numbers. ${nulls}`,
    form: unary((a) => (Number.isInteger(a) ? a % 2 !== 0 : null)),
  },
  is_even: {
    ...one,
    result: 'boolean',
    title: 'is even',
    symbol: 'even',
    phrase: '{0} is even',
    help: `Of whole numbers. ${nulls}`,
    form: unary((a) => (Number.isInteger(a) ? a % 2 === 0 : null)),
  },
} as const satisfies Record<string, Operator>

import type { Json } from '#core/json.ts'
import { amountFor, apr, emi, outstanding } from '#core/logic/emi.ts'
import { roundTo } from '#core/logic/math.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

const loan = {
  group: 'lending',
  arguments: [
    { name: 'amount', type: 'number' },
    { name: 'annual rate %', type: 'number' },
    { name: 'months', type: 'number' },
  ],
  min: 3,
  max: 3,
  result: 'number',
} as const
const ratio = { ...loan, min: 2, max: 2 } as const
const terms =
  'Null where an argument is missing, or unless amount and rate are ≥ 0 and months whole and positive.'

/** All of them numbers, or null. */
const numbers = (call: (...values: number[]) => number): OperatorForm => ({
  kind: 'list',
  call: (values) =>
    values.every((value) => typeof value === 'number') ? finite(call(...values)) : null,
})

const percent = (part: number, whole: number): number =>
  whole > 0 ? roundTo((part / whole) * 100, 2) : NaN

/** Indian grouping, the last three digits and then twos: 1,00,102.03. */
function rupees([amount = null, digits = 2]: readonly Json[]): Json {
  const isScale = typeof digits === 'number' && Number.isInteger(digits)
  if (typeof amount !== 'number' || !isScale || digits < 0 || digits > 4) return null
  const rounded = roundTo(amount, digits)
  if (Math.abs(rounded) >= 1e15) return null
  const [whole = '', fraction = ''] = Math.abs(rounded).toFixed(digits).split('.')
  const grouped = whole.replace(/(\d)(?=(\d\d)*\d{3}$)/g, '$1,')
  return `${rounded < 0 ? '-' : ''}₹${grouped}${fraction && `.${fraction}`}`
}

/** What lenders reckon with. */
export const lending = {
  emi: {
    ...loan,
    title: 'monthly instalment',
    symbol: 'emi',
    phrase: 'the EMI of {0} at {1} % for {2} months',
    help: 'P·r(1+r)ⁿ / ((1+r)ⁿ−1) to two decimals, r per month. Null unless amount and rate are ≥ 0 and months whole and positive.',
    form: {
      kind: 'ternary',
      call: (amount, rate, months) =>
        typeof amount === 'number' && typeof rate === 'number' && typeof months === 'number'
          ? finite(emi(amount, rate, months))
          : null,
    },
  },
  loan_for_emi: {
    ...loan,
    arguments: [{ name: 'instalment', type: 'number' }, loan.arguments[1], loan.arguments[2]],
    title: 'loan for an instalment',
    symbol: 'loan amount',
    phrase: 'the loan that an EMI of {0} repays at {1} % in {2} months',
    help: `The amount of which this is the instalment, to two decimals. ${terms}`,
    form: numbers((payment, rate, months) =>
      payment >= 0 ? roundTo(amountFor(payment, rate, months), 2) : NaN,
    ),
  },
  outstanding: {
    ...loan,
    arguments: [...loan.arguments, { name: 'instalments paid', type: 'number' }],
    min: 4,
    max: 4,
    title: 'outstanding principal',
    symbol: 'outstanding',
    phrase: 'what is owed of {0} at {1} % for {2} months after {3} instalments',
    help: `To two decimals. ${terms}`,
    form: numbers((amount, rate, months, paid) => outstanding(amount, rate, { months, paid })),
  },
  apr: {
    ...loan,
    arguments: [...loan.arguments, { name: 'fees', type: 'number' }],
    min: 4,
    max: 4,
    title: 'annual percentage rate',
    symbol: 'apr',
    phrase: 'the APR of {0} at {1} % for {2} months with fees of {3}',
    help: `In percent, to two decimals: the rate at which the instalments are worth the amount less the fees. ${terms}`,
    form: numbers((amount, rate, months, fees) => apr(amount, rate, months, fees)),
  },
  foir: {
    ...loan,
    arguments: [
      { name: 'obligations', type: 'number' },
      { name: 'instalment', type: 'number' },
      { name: 'net income', type: 'number' },
    ],
    title: 'FOIR',
    symbol: 'foir',
    phrase: 'the FOIR of {0} and {1} to {2}',
    help: 'Obligations and the new instalment as a percentage of net income, to two decimals. Null where one is missing, or without income.',
    form: numbers((obligations, instalment, income) => percent(obligations + instalment, income)),
  },
  ltv: {
    ...ratio,
    arguments: [
      { name: 'loan', type: 'number' },
      { name: 'value', type: 'number' },
    ],
    title: 'LTV',
    symbol: 'ltv',
    phrase: 'the LTV of {0} to {1}',
    help: 'The loan as a percentage of the value of what secures it, to two decimals. Null where one is missing, or without value.',
    form: numbers(percent),
  },
  rupees: {
    ...ratio,
    arguments: [
      { name: 'amount', type: 'number' },
      { name: 'decimals', type: 'number' },
    ],
    min: 1,
    result: 'text',
    title: 'as rupees',
    symbol: 'rupees',
    phrase: '{0} in rupees',
    help: 'As text in lakhs, ₹1,00,102.03: rounded to two decimals, or to 0 to 4. Null where the amount is missing or no number.',
    form: { kind: 'list', call: rupees },
  },
} as const satisfies Record<string, Operator>

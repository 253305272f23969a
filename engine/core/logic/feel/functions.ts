import { operators, type OperatorId } from '#core/logic/operators.ts'

/** A function of FEEL text: how it is called, for completion and hover. */
export interface FeelFunction {
  readonly name: string
  /** `substring(text, from, length)` */
  readonly signature: string
  readonly help: string
}

/** FEEL's name of each operator that is written as a function; the first of several is the one that is printed. */
const names: Partial<Record<OperatorId, readonly string[]>> = {
  abs: ['abs'],
  add_months: ['add months'],
  append_to: ['append'],
  ceiling: ['ceiling'],
  coalesce: ['coalesce'],
  concat: ['concat'],
  contains: ['contains'],
  count_of: ['count'],
  days_between: ['days until'],
  distinct_of: ['distinct values'],
  emi: ['emi'],
  ends_with: ['ends with'],
  field_of: ['get value'],
  floor: ['floor'],
  item_of: ['item'],
  join_lists: ['concatenate'],
  length: ['string length'],
  lower: ['lower case'],
  max_of: ['max'],
  mean_of: ['mean'],
  min_of: ['min'],
  modulo: ['modulo'],
  months_between: ['months until'],
  part_of_text: ['substring'],
  reversed: ['reverse'],
  round: ['round', 'round half up'],
  starts_with: ['starts with'],
  sum_of: ['sum'],
  text_after: ['substring after'],
  text_before: ['substring before'],
  to_number: ['number'],
  to_text: ['string'],
  duration_size: ['duration size'],
  entries_of: ['get entries'],
  exp_of: ['exp'],
  flattened: ['flatten'],
  is_even: ['even'],
  is_odd: ['odd'],
  join_texts: ['string join'],
  log_of: ['log'],
  median_of: ['median'],
  minus_time: ['minus time'],
  months_duration: ['years and months duration'],
  now: ['now'],
  numbers_from: ['numbers'],
  part_of_list: ['sublist'],
  places_of: ['index of'],
  plus_time: ['plus time'],
  product_of: ['product'],
  sorted: ['sort'],
  split_text: ['split text'],
  square_root: ['sqrt'],
  time_part: ['time part'],
  to_date: ['date'],
  to_date_time: ['date and time'],
  to_duration: ['duration'],
  to_time: ['time'],
  union_of: ['union'],
  today: ['today'],
  upper: ['upper case'],
  years_between: ['years until'],
  apr: ['apr'],
  coincides: ['coincides'],
  day_of_year: ['day of year'],
  deviation_of: ['stddev'],
  during: ['during'],
  exchanged: ['list replace'],
  finished_by: ['finished by'],
  finishes: ['finishes'],
  foir: ['foir'],
  includes: ['includes'],
  inserted: ['insert before'],
  is_aadhaar: ['is aadhaar'],
  is_after: ['after'],
  is_before: ['before'],
  is_email: ['is email'],
  is_gstin: ['is gstin'],
  is_ifsc: ['is ifsc'],
  is_mobile: ['is mobile'],
  is_pan: ['is pan'],
  is_pincode: ['is pincode'],
  is_tan: ['is tan'],
  loan_for_emi: ['loan amount'],
  ltv: ['ltv'],
  matches: ['matches'],
  meets: ['meets'],
  merged: ['context merge'],
  met_by: ['met by'],
  modes_of: ['mode'],
  month_name: ['month of year'],
  object_from: ['context'],
  outstanding: ['outstanding'],
  overlaps: ['overlaps'],
  overlaps_after: ['overlaps after'],
  overlaps_before: ['overlaps before'],
  range_of: ['range of'],
  removed: ['remove'],
  replaced: ['replace'],
  round_down: ['round down'],
  round_half_down: ['round half down'],
  round_half_even: ['decimal', 'round half even'],
  round_up: ['round up'],
  rupees: ['rupees'],
  same_as: ['is'],
  split_pattern: ['split'],
  started_by: ['started by'],
  starts: ['starts'],
  week_of_year: ['week of year'],
  weekday_name: ['day of week'],
  with_entry: ['context put'],
}
const entries = Object.entries(names) as [OperatorId, readonly string[]][]

const byName: ReadonlyMap<string, OperatorId> = new Map(
  entries.flatMap(([id, all]) => all.map((name): [string, OperatorId] => [name, id])),
)

export const operatorNamed = (name: string): OperatorId | undefined => byName.get(name)
export const nameOfOperator = (id: OperatorId): string | undefined => names[id]?.[0]

/**
 * The names of a function's arguments, in order; those of DMN where they differ from ours. None where it takes any
 * number of them; null where there is no such function.
 */
export function parametersOf(name: string): readonly string[] | null {
  if (Object.hasOwn(dmnNames, name)) return dmnNames[name] ?? null
  const operator = operatorNamed(name)
  if (operator === undefined) return null
  if (operators[operator].max === Infinity) return []
  return operators[operator].arguments.map((each) => each.name)
}

const dmnNames: Readonly<Record<string, readonly string[]>> = {
  not: ['negand'],
  'is defined': ['value'],
  'list contains': ['list', 'element'],
  all: ['list'],
  any: ['list'],
  substring: ['string', 'start position', 'length'],
  'string length': ['string'],
  'upper case': ['string'],
  'lower case': ['string'],
  'substring before': ['string', 'match'],
  'substring after': ['string', 'match'],
  contains: ['string', 'match'],
  'starts with': ['string', 'match'],
  'ends with': ['string', 'match'],
  'string join': ['list', 'delimiter'],
  string: ['from'],
  number: ['from', 'grouping separator', 'decimal separator'],
  floor: ['n'],
  ceiling: ['n'],
  abs: ['n'],
  round: ['n', 'scale'],
  'round half up': ['n', 'scale'],
  modulo: ['dividend', 'divisor'],
  sqrt: ['number'],
  log: ['number'],
  exp: ['number'],
  odd: ['number'],
  even: ['number'],
  min: ['list'],
  max: ['list'],
  sum: ['list'],
  mean: ['list'],
  median: ['list'],
  product: ['list'],
  count: ['list'],
  flatten: ['list'],
  'index of': ['list', 'match'],
  sublist: ['list', 'start position', 'length'],
  'get value': ['m', 'key'],
  'get entries': ['m'],
  time: ['from'],
  duration: ['from'],
  'years and months duration': ['from', 'to'],
  'insert before': ['list', 'position', 'newItem'],
  'list replace': ['list', 'position', 'newItem'],
}

const special: readonly FeelFunction[] = [
  {
    name: 'not',
    signature: 'not(condition)',
    help: 'The opposite; null stays null.',
  },
  {
    name: 'is defined',
    signature: 'is defined(value)',
    help: 'True where there is a value. Never null.',
  },
  {
    name: 'list contains',
    signature: 'list contains(list, value)',
    help: 'Whether the list holds an equal value.',
  },
  {
    name: 'all',
    signature: 'all(list)',
    help: 'Whether every condition of a list is true.',
  },
  {
    name: 'any',
    signature: 'any(list)',
    help: 'Whether some condition of a list is true.',
  },
]

/** Every function that a text may call, in the order of their names. */
export const feelFunctions: readonly FeelFunction[] = [
  ...special,
  ...entries.map(([id, all]) => {
    const name = all[0] as string
    const { arguments: args, max, help } = operators[id]
    const more = max > args.length ? ', …' : ''
    const written = args.map((arg) => arg.name).join(', ') + more
    return { name, signature: `${name}(${max === 0 ? '' : written})`, help }
  }),
].toSorted((a, b) => (a.name < b.name ? -1 : 1))
